import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluate, evaluateError } from './evaluate.ts';
import { clusterOf, slice } from './fixture.ts';

const deploymentOf = async (components: string, extra?: string): Promise<any> =>
  (await evaluate(slice(`manifests('echo')`, components, extra))).find((m: any) => m.kind === 'Deployment');

test('a pod is hardened without being asked', async () => {
  const { spec, metadata } = (await deploymentOf('{ echo: echo }')).spec.template;
  assert.equal(spec.automountServiceAccountToken, false);
  assert.equal(spec.enableServiceLinks, false);
  assert.equal(spec.serviceAccountName, 'echo');
  assert.deepEqual(spec.securityContext, { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  assert.deepEqual(spec.containers[0].securityContext, {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  });
  assert.deepEqual(spec.containers[0].resources.requests, { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '10Mi' });
  assert.equal(spec.containers[0].resources.limits.memory, '16Mi');
  assert.deepEqual(metadata.labels, {
    'app.kubernetes.io/component': 'server',
    'app.kubernetes.io/instance': 'echo',
    'app.kubernetes.io/managed-by': 'argocd',
    'app.kubernetes.io/name': 'echo',
    'app.kubernetes.io/part-of': 'echo',
  });
});

test('a container without resources is refused', async () => {
  const components = `{ echo: echo { resources+:: { workload+: { deployment+: { spec+: { template+: { spec+: {
    containers+: [k.sidecar(cluster.get('echo'), 'second', { image: 'x', tag: '1' })],
  } } } } } } } }`;
  assert.match(await evaluateError(slice(`manifests('echo')`, components)), /echo: container second: set resources/);
});

test('apiAccess mounts the token and opens the way to the API server', async () => {
  const components = `{ echo: echo { workloads+:: { server+: { apiAccess: true } } } }`;
  const manifests = await evaluate(slice(`manifests('echo')`, components));
  assert.equal(
    manifests.find((m: any) => m.kind === 'Deployment').spec.template.spec.automountServiceAccountToken,
    true,
  );
  const egress = manifests.find((m: any) => m.kind === 'NetworkPolicy').spec.egress;
  assert.ok(egress.some((rule: any) => rule.ports.some((p: any) => p.port === 6443)));
});

test('images go through the mirrors of their registry, with tag and digest', async () => {
  const images = await evaluate(`
    local k = import 'kubernetes/main.libsonnet';
    local image(ref, mirrors) = k.image({ cluster: { registry: { mirrors: mirrors } } }, ref);
    local hub = { 'docker.io': 'mirror.example/hub', 'quay.io': 'mirror.example/quay' };
    [
      image({ image: 'quay.io/a/b', tag: '1' }, {}),
      image({ image: 'quay.io/a/b', tag: '1', digest: 'sha256:00' }, hub),
      image({ image: 'grafana/loki', tag: '3' }, hub),
      image({ image: 'redis', tag: '8' }, hub),
      image({ image: 'localhost:5000/x', tag: '1' }, hub),
    ]`);
  assert.deepEqual(images, [
    'quay.io/a/b:1',
    'mirror.example/quay/a/b:1@sha256:00',
    'mirror.example/hub/grafana/loki:3',
    'mirror.example/hub/library/redis:8',
    'localhost:5000/x:1',
  ]);
});

test('what the cluster says once reaches every pod', async () => {
  const { spec } = (
    await deploymentOf('{ echo: echo }', `{ architectures: ['arm64'], registry+: { pullSecrets: ['pull'] } }`)
  ).spec.template;
  assert.deepEqual(spec.imagePullSecrets, [{ name: 'pull' }]);
  const [term] = spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms;
  assert.deepEqual(term.matchExpressions, [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }]);
});

test('the config hash changes with the content and only with it', async () => {
  const [a, b, c] = await evaluate(`
    local k = import 'kubernetes/main.libsonnet';
    [k.configHash([{ data: { f: x } }]).metadata.annotations['checksum/config'] for x in ['one', 'two', 'one']]`);
  assert.notEqual(a, b);
  assert.equal(a, c);
});

test('env takes plain values and references', async () => {
  assert.deepEqual(
    await evaluate(`(import 'kubernetes/main.libsonnet').env({
      B: { secret: 's', key: 'k' }, A: 'x', C: { field: 'metadata.name' }, D: { configMap: 'c', key: 'k', optional: true },
    })`),
    [
      { name: 'A', value: 'x' },
      { name: 'B', valueFrom: { secretKeyRef: { key: 'k', name: 's' } } },
      { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'D', valueFrom: { configMapKeyRef: { key: 'k', name: 'c', optional: true } } },
    ],
  );
});

test('quantities become numbers: every suffix, rounded up', async () => {
  const factors: Record<string, number> = {
    '': 1,
    n: 1e-9,
    u: 1e-6,
    m: 1e-3,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
    Ti: 2 ** 40,
  };
  const samples = fc.sample(
    fc.record({ whole: fc.nat(999), tenths: fc.nat(9), suffix: fc.constantFrom(...Object.keys(factors)) }),
    {
      numRuns: 100,
      seed: 11,
    },
  );
  const texts = samples.map(({ whole, tenths, suffix }) => `${whole}.${tenths}${suffix}`);
  const { bytes, milli, odd } = await evaluate(`
    local quantity = (import 'kubernetes/main.libsonnet').quantity;
    local texts = ${JSON.stringify(texts)};
    {
      bytes: [quantity.bytes(t) for t in texts],
      milli: [quantity.milli(t) for t in texts],
      odd: [quantity.bytes('.5Ki'), quantity.bytes('5.'), quantity.bytes('1e3'), quantity.milli('100m'), quantity.milli(2), quantity.milli('0.1')],
    }`);
  samples.forEach(({ whole, tenths, suffix }, i) => {
    const exact = (whole + tenths / 10) * factors[suffix]!;
    assert.ok(bytes[i] >= exact - 1e-5 && bytes[i] < exact + 1 + exact * 1e-12, `${texts[i]}: ${bytes[i]}`);
    assert.ok(
      milli[i] >= exact * 1000 - 1e-5 && milli[i] < exact * 1000 + 1 + exact * 1e-9,
      `${texts[i]}: ${milli[i]}`,
    );
  });
  assert.deepEqual(odd, [512, 5, 1000, 100, 2000, 100]);
});

test('durations count in seconds, days and years included', async () => {
  const found = await evaluate(`
    local quantity = (import 'kubernetes/main.libsonnet').quantity;
    [quantity.seconds(text) for text in ['500ms', '1h30m', '2d', '1w', '1y', '1d12h']]`);
  assert.deepEqual(found, [1, 5400, 172800, 604800, 31536000, 129600]);
});

test('volumes take the StorageClass of the cluster; workloads of a group share one budget; a cache knows its size', async () => {
  const { claims, budgets, cache } = await evaluate(
    `
    local cluster = ${clusterOf(`{ echo: echo {
      workloads:: { a: { group: 'zones' }, b: { group: 'zones' }, c: {} },
      size: { [role]: { cpu: '1m', memory: '1Mi' } for role in ['a', 'b', 'c'] },
      replicas: { a: 2, b: 1, c: 2 },
      resources+:: { workload:: {} },
    } }`)};
    local echo = cluster.get('echo');
    local fast = (cluster { storageClass: 'fast' }).get('echo');
    {
      claims: [k.volumeClaim(one, 'data', '1Gi').spec for one in [echo, fast]],
      budgets: { [m.metadata.name]: m.spec.selector for m in cluster.manifests('echo') if m.kind == 'PodDisruptionBudget' },
      cache: {
        size: k.memcached.size(k, '256Mi'),
        address: k.memcached.addresses(echo, 'c'),
      },
    }
  `.replace('local cluster', `local k = import 'kubernetes/main.libsonnet';\n    local cluster`),
  );
  const claim = {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    volumeMode: 'Filesystem',
  };
  assert.deepEqual(claims, [claim, { ...claim, storageClassName: 'fast' }]);
  // A pod under two budgets could never be evicted.
  assert.deepEqual(Object.keys(budgets), ['echo-c', 'echo-zones']);
  assert.deepEqual(budgets['echo-zones'].matchExpressions[0].values, ['echo-a', 'echo-b']);
  // What it stores, a fifth for its own, and 16 MiB.
  assert.deepEqual(cache, { size: { cpu: '10m', memory: '324Mi' }, address: 'dns+echo-c.echo.svc:11211' });
});
