import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkStack } from '../../scripts/core/terraform/check-stack.ts';
import { readProviderSchemas } from '../../scripts/core/terraform/provider-schemas.ts';
import { evaluate } from './evaluate.ts';
import { kindOf, nodes, stacks, targets } from './terraform-cluster.ts';

const schemas = readProviderSchemas();
const versions = JSON.parse(readFileSync(join(import.meta.dirname, '../../lib/versions.json'), 'utf8'));

const outputNames = ['context', 'endpoint', 'kubeconfig_path', 'name', 'target'];

for (const [target, extra] of Object.entries(targets)) {
  test(`${target}: both stacks fit the schemas of their providers, and give the same outputs`, async () => {
    const { cluster, storage } = await evaluate(stacks(extra));
    assert.deepEqual(checkStack(cluster, schemas), []);
    assert.deepEqual(checkStack(storage, schemas), []);
    assert.deepEqual(Object.keys(cluster.output), outputNames);
    assert.deepEqual(Object.keys(cluster.variable), ['kubeconfig_path', 'repository']);
    assert.deepEqual(Object.keys(storage.output), ['buckets', 'made']);
    assert.notDeepEqual(cluster.terraform.backend, storage.terraform.backend);
    for (const { version } of Object.values<any>(cluster.terraform.required_providers ?? {})) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
    }
  });
}

test('one node of kind runs pods, has the ports of Contour and the folder of the data', async () => {
  const server = `'object-storage'+: { server+: { enabled: true, hostPath: '/mnt/data' } },`;
  const extra = `{ infrastructure+: { target: 'kind' }, objectStorage+: { endpoint: null } }`;
  const { nodes: all, name } = await evaluate(kindOf(extra, server));
  assert.equal(name, 'test');
  assert.equal(all.length, 1);
  assert.equal(all[0].role, 'control-plane');
  assert.deepEqual(
    all[0].extraPortMappings.map((port: any) => [port.listenAddress, port.hostPort, port.containerPort]),
    [
      ['127.0.0.1', 80, 80],
      ['127.0.0.1', 443, 443],
    ],
  );
  assert.deepEqual(all[0].extraMounts, [{ containerPath: '/mnt/data', hostPath: 'state/test/object-storage' }]);
  const { cluster } = await evaluate(stacks(extra, server));
  const [node] = cluster.resource.kind_cluster.cluster.kind_config[0].node;
  assert.match(node.extra_mounts[0].host_path, /^\$\{abspath\(".*\/state\/test\/object-storage"\)\}$/);
});

test('several nodes of kind are workers beside a control plane, labelled with zones in turn', async () => {
  const extra = `{
    infrastructure+: { target: 'kind' },
    zones: ['a', 'b'],
    nodes: [{ count: 2, cpu: '1', memory: '1Gi', labels: { pool: 'x' } }, { count: 1, cpu: '1', memory: '1Gi' }],
  }`;
  const { nodes: all } = await evaluate(kindOf(extra));
  const zone = 'topology.kubernetes.io/zone';
  assert.deepEqual(
    all.map((node: any) => [node.role, node.labels ?? {}, node.extraPortMappings !== undefined]),
    [
      ['control-plane', {}, false],
      ['worker', { pool: 'x', [zone]: 'a' }, true],
      ['worker', { pool: 'x', [zone]: 'b' }, false],
      ['worker', { [zone]: 'a' }, false],
    ],
  );
});

test('node ports of Contour are what the ports of the machine lead to; a load balancer has none', async () => {
  const contour = (exposure: string) => `contour+: { exposure: '${exposure}' },`;
  const extra = `{ infrastructure+: { target: 'kind', kind+: { hostPorts: { http: 8080, https: 8443 } } } }`;
  const { nodes: all } = await evaluate(kindOf(extra, contour('node-port')));
  assert.deepEqual(
    all[0].extraPortMappings.map((port: any) => [port.hostPort, port.containerPort]),
    [
      [8080, 30080],
      [8443, 30443],
    ],
  );
  const { nodes: none } = await evaluate(kindOf(extra, contour('load-balancer')));
  assert.equal(none[0].extraPortMappings, undefined);
});

test('the image of the nodes goes with the minor of Kubernetes', async () => {
  for (const minor of ['1.34', '1.35', '1.36']) {
    const { nodes: all } = await evaluate(kindOf(`{ kubernetes: '${minor}' }`));
    const { image, tag, digest } = versions[`kind-node-${minor.replace('.', '-')}`];
    assert.equal(all[0].image, `${image}:${tag}@${digest}`);
    assert.ok(tag.startsWith(`v${minor}.`));
  }
});

test('flags of the API server reach kubeadm in the version that kind writes', async () => {
  const kind = `kind+: { apiServer+: { port: 6443, extraArgs: { v: '2' } }, featureGates: { A: true }, runtimeConfig: { 'api/alpha': 'true' } }`;
  const of = async (minor: string) =>
    await evaluate(kindOf(`{ kubernetes: '${minor}', infrastructure+: { ${kind} } }`));
  const old = await of('1.35');
  assert.equal(old.networking.apiServerPort, 6443);
  assert.deepEqual(JSON.parse(old.nodes[0].kubeadmConfigPatches[0]), {
    apiVersion: 'kubeadm.k8s.io/v1beta3',
    kind: 'ClusterConfiguration',
    apiServer: { extraArgs: { v: '2' } },
  });
  const patch = JSON.parse((await of('1.36')).nodes[0].kubeadmConfigPatches[0]);
  assert.equal(patch.apiVersion, 'kubeadm.k8s.io/v1beta4');
  // A list replaces kind's own, so it says what kind would.
  assert.deepEqual(patch.apiServer.extraArgs, [
    { name: 'feature-gates', value: 'A=true' },
    { name: 'runtime-config', value: 'api/alpha=true' },
    { name: 'v', value: '2' },
  ]);
});

test('DigitalOcean gets a pool for each entry of nodes, and the addresses that policies rely on', async () => {
  const extra = `{
    infrastructure+: { target: 'digitalocean' },
    network+: { podCIDRs: ['10.1.0.0/16'] },
    nodes: [
      { count: 1, cpu: '4', memory: '8Gi', size: 's-4vcpu-8gb', labels: { of: 'a\${b}' } },
      { count: 2, cpu: '8', memory: '16Gi', size: 'c-8', name: 'fast' },
    ],
  }`;
  const { cluster } = await evaluate(stacks(extra));
  const made = cluster.resource.digitalocean_kubernetes_cluster.cluster;
  assert.equal(made.cluster_subnet, '10.1.0.0/16');
  assert.deepEqual(made.node_pool, [{ name: 'pool-0', node_count: 1, size: 's-4vcpu-8gb', labels: { of: 'a$${b}' } }]);
  assert.deepEqual(cluster.resource.digitalocean_kubernetes_node_pool, {
    fast: { cluster_id: '${digitalocean_kubernetes_cluster.cluster.id}', name: 'fast', node_count: 2, size: 'c-8' },
  });
  assert.equal(cluster.data.digitalocean_kubernetes_versions.minor.version_prefix, '1.35.');
});

test('storage at DigitalOcean makes every bucket and zone, and nothing of it can be destroyed', async () => {
  const { storage } = await evaluate(stacks(targets.digitalocean));
  const { buckets } = storage.resource.digitalocean_spaces_bucket;
  assert.equal(buckets.for_each, '${toset(["test-loki-chunks","test-loki-ruler"])}');
  assert.equal(buckets.region, 'fra1');
  assert.equal(storage.resource.digitalocean_domain.zones.for_each, '${toset(["test.example"])}');
  for (const type of Object.values<any>(storage.resource)) {
    for (const one of Object.values<any>(type)) assert.deepEqual(one.lifecycle, [{ prevent_destroy: true }]);
  }
  assert.equal(storage.removed, undefined);
  assert.deepEqual(storage.output.buckets.value, { loki: { chunks: 'test-loki-chunks', ruler: 'test-loki-ruler' } });
});

test('what storage makes no more is forgotten, not destroyed', async () => {
  const { storage } = await evaluate(
    stacks(`${targets.digitalocean} + { objectStorage+: { endpoint: 's3.example' } }`),
  );
  assert.deepEqual(Object.keys(storage.resource), ['digitalocean_domain']);
  assert.deepEqual(storage.removed, [{ from: 'digitalocean_spaces_bucket.buckets', lifecycle: [{ destroy: false }] }]);
});

test('minikube takes its size from nodes and its ports and folders from kind', async () => {
  const server = `'object-storage'+: { server+: { enabled: true, hostPath: '/mnt/data' } },`;
  const { cluster } = await evaluate(
    stacks(`{ infrastructure+: { target: 'minikube' }, ${nodes}, objectStorage+: { endpoint: null } }`, server),
  );
  const made = cluster.resource.minikube_cluster.cluster;
  assert.deepEqual([made.nodes, made.cpus, made.memory], [2, '4', '8192mb']);
  assert.deepEqual(made.ports, ['127.0.0.1:80:80', '127.0.0.1:443:443']);
  assert.match(made.mount_string, /^\$\{abspath\(.*\)\}:\/mnt\/data$/);
  assert.equal(cluster.provider.minikube.kubernetes_version, versions['kind-node-1-35'].tag);
});

test('the state is where the environment says', async () => {
  const of = async (state: string) =>
    (await evaluate(stacks(`{ infrastructure+: { state+: ${state} } }`))).cluster.terraform.backend;
  assert.deepEqual(await of('{}'), { local: { path: '../../../../state/test/cluster.tfstate' } });
  assert.deepEqual(await of(`{ folder: '/srv' }`), { local: { path: '/srv/cluster.tfstate' } });
  const { s3: own } = await of(
    `{ backend: 's3', bucket: 'b', endpoint: '127.0.0.1:7070', insecure: true, pathStyle: true }`,
  );
  assert.deepEqual([own.endpoints, own.use_path_style], [{ s3: 'http://127.0.0.1:7070' }, true]);
  const { s3 } = await of(`{ backend: 's3', bucket: 'state', lock: true }`);
  assert.deepEqual(
    [s3.bucket, s3.key, s3.endpoints, s3.use_lockfile],
    ['state', 'test/cluster.tfstate', { s3: 'https://fra1.digitaloceanspaces.com' }, true],
  );
});

test('paths are absolute, from the home folder, or from the repository', async () => {
  const of = async (path: string) =>
    (await evaluate(stacks(`{ infrastructure+: { kubeconfig: '${path}' } }`))).cluster.locals.kubeconfig_path;
  assert.ok((await of('/etc/kube')).endsWith(': "/etc/kube"}'));
  assert.ok((await of('~/.kube/config')).endsWith(': pathexpand("~/.kube/config")}'));
  assert.ok((await of('kube')).endsWith('/../../../..")}/kube")}'));
});

test('an environment adds to a stack', async () => {
  const { cluster } = await evaluate(
    stacks(`{ terraform+:: { cluster+: { output+: { more: { value: 1 } } } } } + ${targets.kind}`),
  );
  assert.deepEqual(Object.keys(cluster.output), ['context', 'endpoint', 'kubeconfig_path', 'more', 'name', 'target']);
});
