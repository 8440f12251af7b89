// What the proofs about stores share: the object storage of the cluster, and a store that is run as its pod template says.
import { randomBytes } from 'node:crypto';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { readContext } from '../../context.ts';
import { install, standsAlone } from '../../programs/install.ts';
import { portNumber } from '../../programs/probes.ts';
import type { RunningPod } from '../../programs/launch.ts';
import type { WorkloadName } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { renderEnvironment } from '../../rig/rendered.ts';
import { startRig, type Rig } from '../../rig/rig.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { evaluateIn } from '../controllers/evaluate.ts';
import { buckets, giveKeys, server, startObjectStorage, type Manifests, type ObjectStorage } from './object-storage.ts';
import { forTempo2 } from './tempo-2.ts';

export type Store = 'loki' | 'mimir' | 'tempo';

/** The workload of a store, in mode "monolithic". */
export const workload = (store: Store): WorkloadName => `${store}/${store}`;

export interface Stage {
  rig: Rig;
  storage: ObjectStorage;
  manifests: Manifests;
}

/**
 * Starts a rig with the object storage and its buckets. `real`: further pods that the proof runs. `variant`: what is added to the
 * environment, in Jsonnet.
 */
export async function setStage(real: readonly WorkloadName[] = [], variant?: string): Promise<Stage> {
  const { environment } = readContext();
  const apps = await report.timed('rendering', () =>
    variant === undefined ? asRendered(environment) : varied(environment, variant),
  );
  const manifests: Manifests = (name) => apps[name]!.filter(standsAlone);
  const rig = await startRig({ real: [server, buckets, ...real] });
  noteStandIn('kubelet');
  return { rig, manifests, storage: await startObjectStorage(rig, manifests) };
}

const asRendered = async (environment: string): Promise<Record<string, Manifest[]>> =>
  Object.fromEntries((await renderEnvironment(environment)).map(({ app, manifests }) => [app, manifests]));

/** The apps that these proofs install, of an environment with something changed. */
const varied = (environment: string, variant: string): Promise<Record<string, Manifest[]>> =>
  evaluateIn(
    environment,
    `local changed = cluster + ${variant}; { [app]: changed.manifests(app) for app in ['cluster', 'object-storage', 'loki', 'mimir', 'tempo'] }`,
  );

/** Installs a store; its keys must be there. */
export async function installStore({ rig, manifests }: Stage, store: Store): Promise<void> {
  if (store === 'mimir') noteStandIn('Mimir');
  if (store === 'tempo') noteStandIn('Tempo');
  await install(rig.api, manifests(store).map(runnable));
}

/** Gives a store keys: those of the object storage, or a secret that is another. */
export async function giveStoreKeys({ rig, storage }: Stage, store: Store, which: 'right' | 'wrong'): Promise<void> {
  const { keys } = storage;
  await giveKeys(rig, store, which === 'right' ? keys : { ...keys, secretKey: randomBytes(20).toString('hex') });
}

/** What is deployed, but for the configuration of Tempo, whose version is another here. */
export function runnable(manifest: Manifest): Manifest {
  const { kind, metadata } = manifest;
  if (kind !== 'ConfigMap' || metadata.namespace !== 'tempo' || metadata.name !== 'tempo') return manifest;
  const { data } = manifest as Manifest & { data: Record<string, string> };
  const rendered = JSON.parse(data['tempo.yaml']!) as Parameters<typeof forTempo2>[0];
  return { ...manifest, data: { 'tempo.yaml': JSON.stringify(forTempo2(rendered)) } } as Manifest;
}

/** The URL of a port of a running pod, by its name in the template. */
export function urlOf({ pod, containers }: RunningPod, port: string): string {
  return `http://${pod.status.podIP}:${portNumber(pod, containers[0]!.container, port)}`;
}

/** Asks a program over HTTP, as nobody in particular. Throws what it answers from 400 on. */
export async function ask(url: string, init: RequestInit = {}): Promise<string> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${init.method ?? 'GET'} ${url} answered ${answer.status}: ${text.slice(0, 500)}`);
  return text;
}
