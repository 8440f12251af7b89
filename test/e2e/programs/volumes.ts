// Volumes as folders: what the kubelet would mount into the containers of a pod.
import { chownSync, chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Api } from '../rig/api.ts';
import { run } from '../rig/run.ts';
import { claimedFolder } from './claims.ts';
import { podName, type KeyToPath, type Pod, type ProjectedSource, type VolumeSource } from './pod.ts';
import { bytes, fieldOf } from './variables.ts';

/** A file of a volume. */
interface VolumeFile {
  path: string;
  content: Buffer;
  mode: number;
  owner?: number;
}

type Volume = { name: string } & VolumeSource;

/** Makes every volume of a pod in a folder, but those that it claims, and returns their paths by name. */
export async function makeVolumes(
  pod: Pod,
  folder: string,
  { api, folder: rigFolder }: { api: Api; folder: string },
): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.persistentVolumeClaim !== undefined) {
      const { claimName } = volume.persistentVolumeClaim;
      paths.set(volume.name, await claimedFolder(pod, claimName, api, rigFolder));
      continue;
    }
    const path = join(folder, volume.name);
    mkdirSync(path, { recursive: true, mode: 0o755 });
    if (volume.emptyDir !== undefined)
      await makeEmptyDir(path, volume.emptyDir.sizeLimit, pod.spec.securityContext?.fsGroup);
    else await fillVolume(pod, volume, path, api);
    paths.set(volume.name, path);
  }
  return paths;
}

/** Brings ConfigMaps, Secrets and tokens up to date, as the kubelet does about once a minute. */
export async function refreshVolumes(pod: Pod, paths: ReadonlyMap<string, string>, api: Api): Promise<void> {
  for (const volume of pod.spec.volumes ?? []) {
    if (volume.emptyDir === undefined && volume.persistentVolumeClaim === undefined)
      await fillVolume(pod, volume, paths.get(volume.name)!, api);
  }
}

async function makeEmptyDir(path: string, sizeLimit: string | undefined, fsGroup: number | undefined): Promise<void> {
  const group = fsGroup === undefined ? '' : `,gid=${fsGroup}`;
  const size = sizeLimit === undefined ? '' : `,size=${bytes(sizeLimit)}`;
  await run('mount', ['-t', 'tmpfs', '-o', `mode=0777${size}${group}`, 'tmpfs', path]);
}

async function fillVolume(pod: Pod, volume: Volume, path: string, api: Api): Promise<void> {
  const { fsGroup } = pod.spec.securityContext ?? {};
  for (const file of await filesOf(pod, volume, api)) {
    const target = join(path, file.path);
    mkdirSync(dirname(target), { recursive: true });
    // A new file in the place of the old one, so that whoever watches it notices.
    rmSync(target, { force: true });
    writeFileSync(target, file.content);
    chmodSync(target, fsGroup === undefined ? file.mode : file.mode | 0o440);
    if (fsGroup !== undefined || file.owner !== undefined) chownSync(target, file.owner ?? 0, fsGroup ?? 0);
  }
}

async function filesOf(pod: Pod, volume: Volume, api: Api): Promise<VolumeFile[]> {
  const { configMap, secret, projected } = volume;
  if (configMap !== undefined) return keysOf(pod, 'ConfigMap', configMap, configMap.defaultMode, api);
  if (secret !== undefined)
    return keysOf(pod, 'Secret', { ...secret, name: secret.secretName }, secret.defaultMode, api);
  if (projected === undefined) {
    throw new Error(`${podName(pod)}: volume ${volume.name} is of a kind that the launcher doesn't do yet`);
  }
  const parts: VolumeFile[][] = [];
  for (const source of projected.sources) parts.push(await projectedFiles(pod, source, projected.defaultMode, api));
  return parts.flat();
}

interface KeySource {
  name: string;
  items?: KeyToPath[];
  optional?: boolean;
}

async function keysOf(
  pod: Pod,
  kind: 'ConfigMap' | 'Secret',
  { name, items, optional }: KeySource,
  defaultMode = 0o644,
  api: Api,
): Promise<VolumeFile[]> {
  const object = await api.find({ apiVersion: 'v1', kind, metadata: { name, namespace: pod.metadata.namespace } });
  if (object === undefined) {
    if (optional === true) return [];
    throw new Error(`${podName(pod)}: the ${kind} ${name} of a volume isn't there`);
  }
  const content = contentOf(object as { data?: Record<string, string>; binaryData?: Record<string, string> }, kind);
  const wanted = items ?? [...content.keys()].map((key): KeyToPath => ({ key, path: key }));
  return wanted.flatMap(({ key, path, mode = defaultMode }) => {
    const found = content.get(key);
    if (found !== undefined) return [{ path, content: found, mode }];
    if (optional === true) return [];
    throw new Error(`${podName(pod)}: the ${kind} ${name} of a volume has no key ${key}`);
  });
}

function contentOf(
  { data = {}, binaryData = {} }: { data?: Record<string, string>; binaryData?: Record<string, string> },
  kind: string,
): Map<string, Buffer> {
  const encoding = kind === 'Secret' ? 'base64' : 'utf8';
  return new Map([
    ...Object.entries(data).map(([key, text]): [string, Buffer] => [key, Buffer.from(text, encoding)]),
    ...Object.entries(binaryData).map(([key, text]): [string, Buffer] => [key, Buffer.from(text, 'base64')]),
  ]);
}

async function projectedFiles(pod: Pod, source: ProjectedSource, defaultMode = 0o644, api: Api): Promise<VolumeFile[]> {
  const { serviceAccountToken, configMap, secret, downwardAPI } = source;
  if (configMap !== undefined) return keysOf(pod, 'ConfigMap', configMap, defaultMode, api);
  if (secret !== undefined) return keysOf(pod, 'Secret', secret, defaultMode, api);
  if (serviceAccountToken !== undefined) {
    const token = await boundToken(pod, serviceAccountToken, api);
    return [{ path: serviceAccountToken.path, content: Buffer.from(token), ...tokenMode(pod, defaultMode) }];
  }
  return (downwardAPI?.items ?? []).map(({ path, fieldRef }) => {
    if (fieldRef === undefined)
      throw new Error(`${podName(pod)}: ${path} of a projected volume is no field of the pod`);
    return { path, content: Buffer.from(fieldOf(pod, fieldRef.fieldPath)), mode: defaultMode };
  });
}

/** As pkg/volume/projected does: readable by the one user of the pod, or by its group, or by all. */
function tokenMode(pod: Pod, defaultMode: number): { mode: number; owner?: number } {
  const { fsGroup, runAsUser } = pod.spec.securityContext ?? {};
  if (fsGroup !== undefined) return { mode: 0o600 };
  const users = new Set(pod.spec.containers.map(({ securityContext }) => securityContext?.runAsUser ?? runAsUser));
  const [user] = users;
  return users.size === 1 && user !== undefined ? { mode: 0o600, owner: user } : { mode: defaultMode };
}

/** A token of the pod's own ServiceAccount that is good as long as the pod is there, as the kubelet asks for it. */
async function boundToken(
  pod: Pod,
  want: { audience?: string; expirationSeconds?: number },
  api: Api,
): Promise<string> {
  const { namespace, name, uid } = pod.metadata;
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${pod.spec.serviceAccountName}/token`;
  const { status } = await api.request<{ status: { token: string } }>('POST', path, {
    body: {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {
        audiences: want.audience === undefined ? undefined : [want.audience],
        expirationSeconds: want.expirationSeconds,
        boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
      },
    },
  });
  return status.token;
}
