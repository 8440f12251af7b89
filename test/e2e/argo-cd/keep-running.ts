// Runs the pods of some workloads for as long as they are there, through every rollout: what a kubelet does by itself.
import { setTimeout as sleep } from 'node:timers/promises';
import { completePod, launchPod, type RunningPod } from '../programs/launch.ts';
import type { Pod } from '../programs/pod.ts';
import { failedStatus } from '../programs/status.ts';
import type { WorkloadName } from '../programs/workload.ts';
import type { LiveObject } from '../rig/api.ts';
import type { Rig } from '../rig/rig.ts';
import { waitForReferences } from './references.ts';

/** A pod that runs. */
export interface Kept {
  /** Ends it as a kubelet does once the pod is deleted. */
  stop(): Promise<void>;
  /** Ends it as a node that dies does. */
  kill(): Promise<void>;
}

/** How a pod is run. */
export type Runner = (rig: Rig, pod: Pod) => Promise<Kept>;

const nothing: Kept = { stop: async () => undefined, kill: async () => undefined };

/** `stopSeconds`: its time to end; that of the template when it is left out. */
const templateRunner =
  (readySeconds: number, stopSeconds?: number): Runner =>
  async (rig, pod) => {
    await waitForReferences(rig, pod);
    if (isOfJob(pod)) {
      await completePod(rig, pod);
      return nothing;
    }
    const running: RunningPod = await launchPod(rig, pod, { readySeconds });
    return { stop: () => running.stop(stopSeconds), kill: () => running.kill() };
  };

/**
 * Runs a pod as its template says; that of a Job to its end. Nobody waits as long as templates allow for what has nothing to
 * hand on.
 */
export const asTemplate = templateRunner(120, 10);

/** As `asTemplate`, with all the time that the template gives it to end. */
export const inItsGrace = templateRunner(300);

function isOfJob(pod: Pod): boolean {
  const { ownerReferences = [] } = pod.metadata as LiveObject['metadata'];
  return ownerReferences.some(({ kind }) => kind === 'Job');
}

export interface KeptRunning {
  /** What went wrong so far: pods that did not start. Whoever owns them makes new ones. */
  failures: readonly string[];
  /** Kills all that runs at once and looks for no pods until `meanwhile` is over. */
  loseAll(meanwhile: () => Promise<void>): Promise<void>;
  /** Stops looking for pods; what runs ends with the rig. */
  stop(): Promise<void>;
}

/**
 * Starts every pod of these workloads as it gets a node, and ends it when it is deleted: one of `inTheirGrace` is there until
 * its program has ended.
 */
export function keepRunning(
  rig: Rig,
  workloads: Readonly<Record<WorkloadName, Runner>>,
  inTheirGrace: readonly WorkloadName[] = [],
): KeptRunning {
  const failures: string[] = [];
  const started = new Map<string, Promise<Kept | undefined>>();
  const namespaces = new Set(Object.keys(workloads).map((name) => name.split('/')[0]!));
  const ending = new Map<string, Promise<void>>();
  let stopped = false;
  let lost = false;

  const start = async (pod: Pod, runner: Runner): Promise<Kept | undefined> => {
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

  /** Ends a pod that was deleted, and says that it is gone, as a kubelet does. */
  const end = async (pod: LiveObject): Promise<void> => {
    const { uid } = pod.metadata;
    try {
      await (await started.get(uid))?.stop();
    } catch (error) {
      failures.push(String(error));
    }
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: { uid } };
    // Of another pod of this name by now there is nothing to say.
    await rig.api.request('DELETE', await rig.api.pathOf(pod), { body }).catch(() => undefined);
    started.delete(uid);
  };

  const look = async (): Promise<void> => {
    const there = new Set<string>();
    for (const namespace of namespaces) {
      for (const pod of await rig.api.list('v1', 'Pod', { namespace })) {
        const name = `${namespace}/${pod.metadata.labels?.['app.kubernetes.io/name']}` as WorkloadName;
        const runner = workloads[name];
        if (runner === undefined || pod.spec.nodeName === undefined) continue;
        const { uid } = pod.metadata;
        if (pod.metadata.deletionTimestamp !== undefined) {
          if (inTheirGrace.includes(name) && !ending.has(uid)) ending.set(uid, end(pod));
          if (inTheirGrace.includes(name)) there.add(uid);
          continue;
        }
        there.add(uid);
        if (!started.has(uid)) started.set(uid, start(pod as unknown as Pod, runner));
      }
    }
    for (const [uid, running] of started) {
      if (there.has(uid)) continue;
      started.delete(uid);
      void running.then((kept) => kept?.stop()).catch((error: unknown) => failures.push(String(error)));
    }
  };

  const looking = (async () => {
    while (!stopped) {
      if (!lost) await look().catch((error: unknown) => failures.push(String(error)));
      await sleep(300);
    }
  })();
  return {
    failures,
    async loseAll(meanwhile) {
      lost = true;
      const all = await Promise.all(started.values());
      started.clear();
      await Promise.all(all.map((kept) => kept?.kill()));
      await meanwhile();
      lost = false;
    },
    async stop() {
      stopped = true;
      await looking;
    },
  };
}
