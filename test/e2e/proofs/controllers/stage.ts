// What the proofs about controllers share: the rig with the manifests of the environment, and the programs that run in it.
import { readContext } from '../../context.ts';
import type { LaunchOptions, RunningPod } from '../../programs/launch.ts';
import { launch, type WorkloadName } from '../../programs/workload.ts';
import type { LiveObject } from '../../rig/api.ts';
import { renderEnvironment } from '../../rig/rendered.ts';
import { report } from '../../report.ts';
import { noteStandIn } from '../../stand-ins.ts';
import { startRig, type Rig } from '../../rig/rig.ts';
import { evaluateIn } from './evaluate.ts';
import type { Outside } from './outside.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';

export interface Stage {
  environment: string;
  rig: Rig;
  /** The manifests of an app; none of one that the environment doesn't have. */
  manifests(app: string): Manifest[];
  /** Every pod that runs: a test that ends one takes it out. */
  running: RunningPod[];
  /** Every pod that ran, whatever became of it. */
  ran: RunningPod[];
  /** What the environment asks of the world outside; undefined where it asks nothing. Set by the first test. */
  outside?: Outside;
  /** Runs every pod of a workload. */
  run(workload: WorkloadName, options?: LaunchOptions & { count?: number }): Promise<RunningPod[]>;
}

// cert-manager waits a minute for each challenge by DNS-01, the time to live of its record. So one environment with public
// issuers proves that they work as rendered; the others get issuers of the same names that need nobody.
const provesPublicIssuers = 'home';

/** Starts the rig. `real`: pods that are run, not played. */
export async function setStage(real: readonly WorkloadName[]): Promise<Stage> {
  const { environment } = readContext();
  const apps = new Map(
    (await report.timed('rendering', () => renderEnvironment(environment))).map(({ app, manifests }) => [
      app,
      manifests,
    ]),
  );
  if (environment !== provesPublicIssuers) {
    const issuers = "(import 'test/e2e/environments/issuers.libsonnet')";
    if (apps.get('cert-manager')!.some(isAcmeIssuer)) {
      noteStandIn('public issuers');
      apps.set('cert-manager', await evaluateIn(environment, `(cluster + ${issuers}).manifests('cert-manager')`));
    }
  }
  const rig = await startRig({ real });
  const running: RunningPod[] = [];
  const ran: RunningPod[] = [];
  return {
    environment,
    rig,
    manifests: (app) => apps.get(app) ?? [],
    running,
    ran,
    async run(workload, options = {}) {
      const pods = await launch(rig, workload, { count: await replicasOf(rig, workload), ...options });
      running.push(...pods);
      ran.push(...pods);
      return pods;
    },
  };
}

/** How many pods a Deployment or DaemonSet of this name asks for. */
async function replicasOf({ api }: Rig, workload: WorkloadName): Promise<number> {
  const [namespace, name] = workload.split('/') as [string, string];
  const ref = (kind: string) => ({ apiVersion: 'apps/v1', kind, metadata: { name, namespace } });
  const deployment = await api.find(ref('Deployment'));
  if (deployment !== undefined) return deployment.spec.replicas as number;
  const daemons = await api.waitFor(ref('DaemonSet'), (live) => (live?.status?.desiredNumberScheduled ?? 0) > 0);
  return daemons!.status.desiredNumberScheduled as number;
}

/** Of an issuer: whose certificates come from a public authority. */
export interface IssuerSpec {
  acme?: { solvers?: { dns01?: { digitalocean?: { tokenSecretRef: { name: string; key: string } } } }[] };
}

export function isAcmeIssuer({ kind, spec }: Manifest): boolean {
  return kind.endsWith('Issuer') && (spec as IssuerSpec).acme !== undefined;
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** A condition of an object. */
export function conditionOf(object: LiveObject | undefined, type: string): Condition | undefined {
  return ((object?.status?.conditions ?? []) as Condition[]).find((condition) => condition.type === type);
}

/** Content of a key of a Secret. */
export async function secretText(rig: Rig, namespace: string, name: string, key: string): Promise<string> {
  const text = await findSecretText(rig, namespace, name, key);
  if (text === undefined) throw new Error(`there is no key ${key} in a Secret ${namespace}/${name}`);
  return text;
}

async function findSecretText({ api }: Rig, namespace: string, name: string, key: string): Promise<string | undefined> {
  const secret = await api.find({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
  const text = (secret?.data as Record<string, string> | undefined)?.[key];
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
}

/** The authority (PEM) that the certificate of a Secret leads to: it lies beside it, unless it comes from ACME. */
export async function authorityOf({ rig, outside }: Stage, namespace: string, name: string): Promise<string> {
  const beside = await findSecretText(rig, namespace, name, 'ca.crt');
  const authority = beside ?? outside?.acmeRoot;
  if (authority === undefined)
    throw new Error(`nothing says who signed the certificate in the Secret ${namespace}/${name}`);
  return authority;
}
