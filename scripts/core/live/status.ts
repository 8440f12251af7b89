// How a running environment stands: its apps, what differs from Git, certificates, and what its nodes can still take.
import type { Amount } from '../types.ts';
import { rootName, type AppState } from './applications.ts';
import { lookAt } from './convergence.ts';
import type { Kubectl } from './kubectl.ts';
import type { LiveObject } from './live-object.ts';
import { amountOf, requestsOf, sum } from './requests.ts';
import type { Trouble } from './troubles.ts';

export interface CertificateState {
  namespace: string;
  name: string;
  /** Whole days until it ends; null before its first issue. */
  daysLeft: number | null;
  ready: boolean;
}

export interface Status {
  /** Version of the API server. */
  kubernetes: string;
  /** The commit that the root Application is at. */
  revision: string;
  apps: (AppState & { settled: boolean })[];
  /** Apps that the environment lists and the cluster has not. */
  missing: string[];
  troubles: Trouble[];
  certificates: CertificateState[];
  /** What the pods that there are request, and what the nodes that there are can give. */
  requested: Amount;
  allocatable: Amount;
}

/** Is everything as Git says, healthy, and certified for longer than `days`? */
export function isInOrder({ apps, missing, certificates }: Status, days = 7): boolean {
  return (
    missing.length === 0 &&
    apps.every(({ settled }) => settled) &&
    certificates.every(({ ready, daysLeft }) => ready && daysLeft !== null && daysLeft >= days)
  );
}

/** Reads all of it. `wanted`: names of the apps, the root's among them; `now`: for the days of certificates. */
export async function readStatus(
  kubectl: Kubectl,
  { namespace, wanted, now }: { namespace: string; wanted: readonly string[]; now: Date },
): Promise<Status> {
  const [look, version, certificates, nodes, pods] = await Promise.all([
    lookAt(kubectl, namespace, wanted),
    kubectl.run(['version', '--output', 'json']),
    kubectl.list('certificates.cert-manager.io', 'all'),
    kubectl.list('nodes'),
    kubectl.list('pods', 'all'),
  ]);
  const { serverVersion } = JSON.parse(version) as { serverVersion: { gitVersion: string } };
  return {
    kubernetes: serverVersion.gitVersion,
    revision: look.apps.find(({ name }) => name === rootName)?.revision ?? '',
    apps: look.apps.map((app) => ({ ...app, settled: look.settled.includes(app.name) })),
    missing: wanted.filter((name) => !look.apps.some((app) => app.name === name)),
    troubles: look.troubles,
    certificates: certificates.map((one) => certificateState(one, now)).sort(byEnd),
    requested: sum(pods.filter(({ status }) => !['Succeeded', 'Failed'].includes(status?.phase)).map(requestsOf)),
    allocatable: sum(nodes.map(({ status }) => amountOf(status?.allocatable ?? {}))),
  };
}

const day = 24 * 3600 * 1000;

function certificateState({ metadata, status = {} }: LiveObject, now: Date): CertificateState {
  const { notAfter, conditions = [] } = status as {
    notAfter?: string;
    conditions?: { type: string; status: string }[];
  };
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    daysLeft: notAfter === undefined ? null : Math.floor((Date.parse(notAfter) - now.getTime()) / day),
    ready: conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  };
}

/** Those that end first come first, those that were never issued before all. */
function byEnd(a: CertificateState, b: CertificateState): number {
  return (a.daysLeft ?? -Infinity) - (b.daysLeft ?? -Infinity) || (a.name < b.name ? -1 : 1);
}
