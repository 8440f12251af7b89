// What a PersistentVolumeClaim of a pod leads to: a folder of the rig that outlives the pod.
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import type { Api } from '../rig/api.ts';
import { onNode } from '../rig/volumes.ts';
import { podName, type Pod } from './pod.ts';

/**
 * The folder behind a claim, made when it isn't there and given to the pod's group, as the kubelet does with a volume of the
 * type `local`. `rigFolder`: where the folders of the nodes lie.
 */
export async function claimedFolder(pod: Pod, claimName: string, api: Api, rigFolder: string): Promise<string> {
  const { namespace } = pod.metadata;
  const claim = await api.get({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName, namespace },
  });
  if (claim.status?.phase !== 'Bound')
    throw new Error(`${podName(pod)}: the claim ${claimName} is ${claim.status?.phase ?? 'new'}, not Bound`);
  const name = claim.spec.volumeName as string;
  const volume = await api.get({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name } });
  const path = (volume.spec as { local?: { path: string } }).local?.path;
  if (path === undefined)
    throw new Error(`${podName(pod)}: the volume ${name} is of a type that the launcher doesn't do yet`);
  const folder = onNode(rigFolder, path);
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
  const { fsGroup } = pod.spec.securityContext ?? {};
  if (fsGroup !== undefined) {
    chownSync(folder, 0, fsGroup);
    // pkg/volume: files in it belong to the group, too.
    chmodSync(folder, 0o2775);
  }
  return folder;
}
