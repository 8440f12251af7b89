// The pod that comes after another one.
import type { Pod } from '../../programs/pod.ts';
import type { WorkloadName } from '../../programs/workload.ts';
import { waitUntil } from '../../rig/api.ts';
import type { Rig } from '../../rig/rig.ts';

/** A pod of a workload that is not the one with this uid, once it has a node. */
export async function nextPodOf({ api }: Rig, workload: WorkloadName, uid: string): Promise<Pod> {
  const [namespace, name] = workload.split('/') as [string, string];
  let next: Pod | undefined;
  await waitUntil(
    async () => {
      const pods = await api.list('v1', 'Pod', { namespace, labelSelector: `app.kubernetes.io/name=${name}` });
      next = pods.find(
        ({ metadata, spec }) =>
          metadata.uid !== uid && metadata.deletionTimestamp === undefined && spec.nodeName !== undefined,
      ) as unknown as Pod | undefined;
      return next !== undefined;
    },
    { seconds: 120, what: `a new pod of ${workload} with a node` },
  );
  return next!;
}
