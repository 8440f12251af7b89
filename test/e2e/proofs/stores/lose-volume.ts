// A node that is lost with its disk: the pod's claim, its volume and every file on it are gone, and the StatefulSet makes anew.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import type { Pod } from '../../programs/pod.ts';
import type { Rig } from '../../rig/rig.ts';
import { onNode } from '../../rig/volumes.ts';

/** The claim of the one pod of a StatefulSet. */
const claimOf = ({ metadata: { name, namespace } }: Pod) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: `data-${name}`, namespace },
});

const folderOf = async ({ api, folder }: Rig, pod: Pod): Promise<{ uid: string; path: string }> => {
  const claim = await api.get(claimOf(pod));
  const volume = await api.get({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: claim.spec.volumeName as string },
  });
  return { uid: claim.metadata.uid, path: onNode(folder, (volume.spec as { local: { path: string } }).local.path) };
};

/** Deletes the disk of a pod that has ended, and the pod. Throws when there was nothing on it, or when the new one isn't empty. */
export async function loseVolume(rig: Rig, pod: Pod): Promise<void> {
  const old = await folderOf(rig, pod);
  if (readdirSync(old.path).length === 0) throw new Error(`there is nothing in ${old.path} to lose`);
  await rig.api.delete(claimOf(pod));
  const { name, namespace } = pod.metadata;
  await rig.api.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } });
  rmSync(old.path, { recursive: true });
  await rig.api.waitFor(
    claimOf(pod),
    (claim) => claim !== undefined && claim.metadata.uid !== old.uid && claim.status?.phase === 'Bound',
    { seconds: 120, what: `a new volume for ${namespace}/${name}` },
  );
  const made = await folderOf(rig, pod);
  if (existsSync(made.path)) throw new Error(`${made.path} is not new`);
}
