// What the proofs about controllers share: the rig with the manifests of the environment, and the programs that run in it.
import { readContext } from '../../context.ts';
import type { LaunchOptions, RunningPod } from '../../programs/launch.ts';
import { launch, type WorkloadName } from '../../programs/workload.ts';
import type { LiveObject } from '../../rig/api.ts';
import { renderEnvironment } from '../../rig/rendered.ts';
import { startRig, type Rig } from '../../rig/rig.ts';
import type { Manifest } from '../../../../scripts/core/types.ts';

export interface Stage {
  environment: string;
  rig: Rig;
  /** The manifests of an app; none of one that the environment doesn't have. */
  manifests(app: string): Manifest[];
  /** Every pod that runs. */
  running: RunningPod[];
  /** Runs every pod of a workload. */
  run(workload: WorkloadName, options?: LaunchOptions & { count?: number }): Promise<RunningPod[]>;
}

/** Starts the rig. `real`: pods that are run, not played. */
export async function setStage(real: readonly WorkloadName[]): Promise<Stage> {
  const { environment } = readContext();
  const apps = new Map((await renderEnvironment(environment)).map(({ app, manifests }) => [app, manifests]));
  const rig = await startRig({ real });
  const running: RunningPod[] = [];
  return {
    environment,
    rig,
    manifests: (app) => apps.get(app) ?? [],
    running,
    async run(workload, options = {}) {
      const pods = await launch(rig, workload, { count: await replicasOf(rig, workload), ...options });
      running.push(...pods);
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
export async function secretText({ api }: Rig, namespace: string, name: string, key: string): Promise<string> {
  const secret = await api.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
  const text = (secret.data as Record<string, string> | undefined)?.[key];
  if (text === undefined) throw new Error(`the Secret ${namespace}/${name} has no key ${key}`);
  return Buffer.from(text, 'base64').toString();
}
