// The object storage of an environment that has it in the cluster, run as its pod template says, and the Job that makes its
// buckets.
import { randomBytes } from 'node:crypto';
import type { Manifest } from '../../../../scripts/core/types.ts';
import { install } from '../../programs/install.ts';
import type { RunningPod } from '../../programs/launch.ts';
import { complete, launch, type WorkloadName } from '../../programs/workload.ts';
import { report } from '../../report.ts';
import { waitUntil } from '../../rig/api.ts';
import type { Rig } from '../../rig/rig.ts';
import { onNode } from '../../rig/volumes.ts';
import type { Keys } from './s3.ts';

export const server: WorkloadName = 'object-storage/object-storage';
export const buckets: WorkloadName = 'object-storage/object-storage-buckets';

export interface ObjectStorage {
  keys: Keys;
  pod: RunningPod;
  /** Folder with a folder for each bucket: objects are files in it. */
  folder: string;
}

/** The manifests of each app, without those of kinds whose CustomResourceDefinition another app brings. */
export type Manifests = (app: string) => Manifest[];

/** Starts the server and has the buckets made. `real` of the rig must name both workloads. */
export async function startObjectStorage(rig: Rig, manifests: Manifests): Promise<ObjectStorage> {
  await install(
    rig.api,
    manifests('cluster').filter(({ kind }) => kind === 'Namespace' || kind === 'PriorityClass'),
  );
  const keys = { accessKey: randomBytes(10).toString('hex'), secretKey: randomBytes(20).toString('hex') };
  await giveKeys(rig, 'object-storage', keys);
  await install(rig.api, manifests('object-storage'));
  const [pod] = await launch(rig, server);
  await serviceAnswers(rig);
  await report.timed('making the buckets', () => complete(rig, buckets));
  const volume = manifests('object-storage').find(({ kind }) => kind === 'PersistentVolume')!;
  const { path } = (volume.spec as { local: { path: string } }).local;
  return { keys, pod: pod!, folder: onNode(rig.folder, path) };
}

/** Waits until its Service leads to it: a Job that comes too early is tried again by Kubernetes, and here by nobody. */
async function serviceAnswers({ api }: Rig): Promise<void> {
  const { spec } = await api.get({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'object-storage', namespace: 'object-storage' },
  });
  const url = `http://${spec.clusterIP}:${spec.ports[0].port}/health`;
  await waitUntil(async () => (await fetch(url, { signal: AbortSignal.timeout(3000) })).ok, { what: `${url} answers` });
}

/** Makes or changes the Secret that the cluster's slice `secrets` asks for in a namespace. */
export async function giveKeys({ api }: Rig, namespace: string, { accessKey, secretKey }: Keys): Promise<void> {
  await api.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'object-storage', namespace },
    stringData: { 'access-key-id': accessKey, 'secret-access-key': secretKey },
  } as never);
}
