import assert from 'node:assert/strict';
import { test } from 'node:test';
import { examplePod } from './example-pod.ts';
import type { Container, Pod } from './pod.ts';
import { argumentsOf, runtimeConfig, userOf } from './runtime-config.ts';

const contour = 'ghcr.io/projectcontour/contour:v1';
const envoy = 'docker.io/envoyproxy/envoy:v1';
const container = (extra: Partial<Container> = {}): Container => ({ name: 'main', image: envoy, ...extra });

interface Config {
  process: { args: string[]; capabilities: Record<string, string[]>; noNewPrivileges: boolean; env: string[] };
  root: { readonly: boolean };
  mounts: { destination: string; source: string; options: string[] }[];
  linux: { resources: { memory?: { limit: number } }; namespaces: { type: string; path?: string }[] };
}

function configOf(main: Container, pod: Pod = examplePod()): Config {
  return runtimeConfig({
    pod,
    container: main,
    variables: new Map([['A', 'b']]),
    volumes: new Map([['data', '/host/data']]),
    files: new Map([['/etc/hosts', '/host/hosts']]),
    rootfs: '/host/rootfs',
    network: '/run/netns/pod1',
    cgroup: '/any',
  }) as Config;
}

test('command and arguments: of the template, else of the image, as Kubernetes combines them', () => {
  const of = (extra: Partial<Container>): string[] => argumentsOf(container(extra), new Map([['N', '1']]));
  assert.deepEqual(of({}), ['/usr/local/bin/envoy', '-c', '/etc/envoy/envoy.yaml']);
  assert.deepEqual(of({ args: ['--n=$(N)'] }), ['/usr/local/bin/envoy', '--n=1']);
  assert.deepEqual(of({ command: ['envoy'] }), ['envoy']);
  assert.deepEqual(of({ command: ['envoy'], args: ['-c'] }), ['envoy', '-c']);
});

test('who it runs as: the container before the pod before the image', () => {
  const pod = examplePod({ securityContext: { runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000 } });
  assert.deepEqual(userOf(pod, container()), { uid: 1000, gid: 2000, additionalGids: [3000] });
  assert.equal(userOf(pod, container({ securityContext: { runAsUser: 7 } })).uid, 7);
  assert.deepEqual(userOf(examplePod(), container()), { uid: 65532, gid: 65532, additionalGids: [] });
});

test('an image that runs as root is refused under runAsNonRoot, as the kubelet refuses it', () => {
  const pod = examplePod({ securityContext: { runAsNonRoot: true } });
  assert.throws(() => userOf(pod, container({ image: contour })), /runAsNonRoot, and its image runs as root/);
});

test('a hardened container has no capability, gets no new privileges and a read-only root', () => {
  const securityContext = {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  };
  const { process, root } = configOf(container({ securityContext }));
  assert.deepEqual(
    Object.values(process.capabilities).map(({ length }) => length),
    [0, 0, 0, 0, 0],
  );
  assert.equal(process.noNewPrivileges, true);
  assert.equal(root.readonly, true);
});

test('a container that asks for nothing has what a runtime gives by default', () => {
  const { process, root } = configOf(container());
  assert.ok(process.capabilities.bounding!.includes('CAP_CHOWN'));
  assert.deepEqual(process.capabilities.effective, [], 'none in effect, as it is not root');
  assert.equal(process.noNewPrivileges, false);
  assert.equal(root.readonly, false);
});

test('limits, mounts and the network of the pod', () => {
  const { linux, mounts, process } = configOf(
    container({
      resources: { limits: { memory: '64Mi' } },
      volumeMounts: [{ name: 'data', mountPath: '/data', subPath: 'part', readOnly: true }],
    }),
  );
  assert.equal(linux.resources.memory?.limit, 64 * 1024 * 1024);
  const mounted = mounts.find(({ destination }) => destination === '/data');
  assert.equal(mounted?.source, '/host/data/part');
  assert.ok(mounted?.options.includes('ro'));
  assert.equal(linux.namespaces.find(({ type }) => type === 'network')?.path, '/run/netns/pod1');
  assert.ok(process.env.includes('A=b'));
});

test('a mount of a volume that the pod does not have is an error', () => {
  const broken = container({ volumeMounts: [{ name: 'nowhere', mountPath: '/x' }] });
  assert.throws(() => configOf(broken), /mounts nowhere, which is no volume/);
});
