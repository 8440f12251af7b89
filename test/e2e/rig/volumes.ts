// Volumes: what a cloud's provisioner and the folders of nodes would give, as folders of the rig.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api, LiveObject } from './api.ts';

const className = 'rig';
/** Where the nodes have what a provisioner made. */
export const volumesFolder = '/volumes';

/** The default StorageClass, which a new cluster of a cloud has from the beginning. */
export async function addStorageClass(api: Api): Promise<void> {
  await api.apply({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: className, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'rekindle.test/folder',
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'Immediate',
  } as never);
}

/**
 * Its provisioner, for as long as this process lives: every claim that names no volume gets one. The controller manager binds
 * the two, and the scheduler waits for that.
 */
export async function provisionVolumes(api: Api): Promise<never> {
  const made = new Set<string>();
  while (true) {
    // A server that is busy is asked again.
    const claims = await api.list('v1', 'PersistentVolumeClaim', {}).catch(() => []);
    for (const claim of claims.filter(isUnbound)) {
      const { uid } = claim.metadata;
      if (made.has(uid)) continue;
      await api.create(volumeFor(claim)).then(
        () => made.add(uid),
        () => undefined,
      );
    }
    await sleep(300, undefined, { ref: false });
  }
}

function isUnbound({ metadata, spec, status }: LiveObject): boolean {
  return (
    metadata.deletionTimestamp === undefined &&
    spec.storageClassName === className &&
    spec.volumeName === undefined &&
    status?.phase !== 'Bound'
  );
}

/** A volume that is kept for a claim. */
export function volumeFor({ metadata: { name, namespace, uid }, spec }: LiveObject): LiveObject {
  const volume = `pvc-${uid}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volume },
    spec: {
      accessModes: spec.accessModes,
      capacity: { storage: (spec.resources as { requests: { storage: string } }).requests.storage },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, namespace, uid },
      local: { path: `${volumesFolder}/${volume}` },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
        },
      },
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: className,
      volumeMode: 'Filesystem',
    },
  } as unknown as LiveObject;
}

/** Where a folder of the nodes lies on this machine: they share one tree, below the folder of the rig. */
export function onNode(rigFolder: string, path: string): string {
  return join(rigFolder, 'node', path);
}
