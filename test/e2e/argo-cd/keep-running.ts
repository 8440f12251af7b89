// Runs the pods of some workloads for as long as they are there, through every rollout: what a kubelet does by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { completePod, launchPod, type RunningPod } from '../programs/launch.ts';
import type { Pod } from '../programs/pod.ts';
import { failedStatus } from '../programs/status.ts';
import type { WorkloadName } from '../programs/workload.ts';
import type { LiveObject } from '../rig/api.ts';
import type { Rig } from '../rig/rig.ts';
import { waitForReferences } from './references.ts';

/** How a pod is run. What it returns is called when the pod is gone. */
export type Runner = (rig: Rig, pod: Pod) => Promise<() => Promise<void>>;

/** Runs a pod as its template says; that of a Job to its end. */
export const asTemplate: Runner = async (rig, pod) => {
  await waitForReferences(rig, pod);
  if (isOfJob(pod)) {
    await completePod(rig, pod);
    return async () => undefined;
  }
  const running: RunningPod = await launchPod(rig, pod, { readySeconds: 120 });
  return () => running.stop(10);
};

function isOfJob(pod: Pod): boolean {
  const { ownerReferences = [] } = pod.metadata as LiveObject['metadata'];
  return ownerReferences.some(({ kind }) => kind === 'Job');
}

export interface KeptRunning {
  /** What went wrong so far: pods that did not start. Whoever owns them makes new ones. */
  failures: readonly string[];
  /** Stops looking for pods; what runs ends with the rig. */
  stop(): Promise<void>;
}

/** Starts every pod of these workloads as it gets a node, and ends it when it is deleted. */
export function keepRunning(rig: Rig, workloads: Readonly<Record<WorkloadName, Runner>>): KeptRunning {
  const failures: string[] = [];
  const started = new Map<string, Promise<(() => Promise<void>) | undefined>>();
  const namespaces = new Set(Object.keys(workloads).map((name) => name.split('/')[0]!));
  let stopped = false;

  const start = async (pod: Pod, runner: Runner): Promise<(() => Promise<void>) | undefined> => {
    try {
      return await runner(rig, pod);
    } catch (error) {
      const { name, namespace, uid } = pod.metadata;
      const ref = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } };
      // One that was deleted while it started is no failure.
      const live = await rig.api.find(ref).catch(() => undefined);
      if (live === undefined || live.metadata.uid !== uid || live.metadata.deletionTimestamp !== undefined)
        return undefined;
      failures.push(`${namespace}/${name}: ${String(error)}`);
      await rig.api
        .patch(ref, { status: failedStatus(pod, String(error)) }, { subresource: 'status' })
        .catch(() => undefined);
      return undefined;
    }
  };

  const look = async (): Promise<void> => {
    const there = new Set<string>();
    for (const namespace of namespaces) {
      for (const pod of await rig.api.list('v1', 'Pod', { namespace })) {
        const name = `${namespace}/${pod.metadata.labels?.['app.kubernetes.io/name']}` as WorkloadName;
        const runner = workloads[name];
        if (runner === undefined || pod.spec.nodeName === undefined || pod.metadata.deletionTimestamp !== undefined)
          continue;
        const { uid } = pod.metadata;
        there.add(uid);
        if (!started.has(uid)) started.set(uid, start(pod as unknown as Pod, runner));
      }
    }
    for (const [uid, running] of started) {
      if (there.has(uid)) continue;
      started.delete(uid);
      void running.then((end) => end?.()).catch((error: unknown) => failures.push(String(error)));
    }
  };

  const looking = (async () => {
    while (!stopped) {
      await look().catch((error: unknown) => failures.push(String(error)));
      await sleep(300);
    }
  })();
  return {
    failures,
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
