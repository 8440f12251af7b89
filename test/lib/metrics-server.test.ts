import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';

const certManager = `'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { dns01: { cloudflare: { apiTokenSecretRef: { name: 's', key: 'k' } } } } },`;

const withServer = (expression: string, settings = '', others = certManager, extra = '{}'): string =>
  `local cluster = ${clusterOf(`{ ${others} 'metrics-server': (import 'metrics-server/main.libsonnet') { ${settings} } }`, extra)}; ${expression}`;

const manifestsOf = (settings?: string, others?: string, extra?: string): Promise<any[]> =>
  evaluate(withServer(`cluster.manifests('metrics-server')`, settings, others, extra));

const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name}`);
  return found[0];
};

const podOf = (manifests: any[]): any => find(manifests, 'Deployment', 'metrics-server').spec.template.spec;
const argsOf = (manifests: any[]): string[] => podOf(manifests).containers[0].args;

const release = [
  '--secure-port=10250',
  '--authorization-always-allow-paths=/healthz,/livez,/metrics,/readyz',
  '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
  '--kubelet-use-node-status-port',
  '--logging-format=json',
  '--metric-resolution=15s',
];

test('with cert-manager the API server verifies the certificate', async () => {
  const manifests = await manifestsOf();
  const pod = podOf(manifests);
  assert.deepEqual(gapsOf(pod, 'Deployment'), []);
  assert.deepEqual(argsOf(manifests), [
    ...release,
    '--tls-cert-file=/tls/tls.crt',
    '--tls-private-key-file=/tls/tls.key',
  ]);
  assert.deepEqual(pod.volumes, [{ name: 'tls', secret: { secretName: 'metrics-server-tls' } }]);

  const { metadata, spec } = find(manifests, 'APIService', 'v1beta1.metrics.k8s.io');
  assert.equal(metadata.annotations['cert-manager.io/inject-ca-from'], 'metrics-server/metrics-server-tls');
  assert.deepEqual(spec, {
    group: 'metrics.k8s.io',
    groupPriorityMinimum: 100,
    service: { name: 'metrics-server', namespace: 'metrics-server', port: 443 },
    version: 'v1beta1',
    versionPriority: 100,
  });
  const certificate = find(manifests, 'Certificate', 'metrics-server-tls');
  assert.ok(certificate.spec.dnsNames.includes('metrics-server.metrics-server.svc'));
  assert.equal(certificate.spec.secretName, 'metrics-server-tls');
});

test('the CA that cainjector writes is no difference to Argo CD, and the app comes after cert-manager', async () => {
  const { ignored, waves } = await evaluate(
    withServer(`{ ignored: cluster.get('metrics-server').ignoreDifferences, waves: cluster.waves }`),
  );
  assert.deepEqual(ignored, [
    { group: 'apiregistration.k8s.io', kind: 'APIService', jsonPointers: ['/spec/caBundle'] },
  ]);
  assert.ok(waves['metrics-server'] > waves['cert-manager']);
});

test('without cert-manager it signs for itself, and its registration says so', async () => {
  const manifests = await manifestsOf('', '');
  assert.deepEqual(argsOf(manifests), [...release, '--cert-dir=/tmp']);
  assert.deepEqual(podOf(manifests).volumes, [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }]);
  const { metadata, spec } = find(manifests, 'APIService', 'v1beta1.metrics.k8s.io');
  assert.equal(metadata.annotations, undefined);
  assert.equal(spec.insecureSkipTLSVerify, true);
  assert.deepEqual(
    manifests.filter((m) => m.apiVersion.startsWith('cert-manager.io')),
    [],
  );
});

test('kind: kubelets that sign their own certificates', async () => {
  assert.ok(argsOf(await manifestsOf('insecureKubelets: true')).includes('--kubelet-insecure-tls'));
  assert.ok(!argsOf(await manifestsOf()).includes('--kubelet-insecure-tls'));
});

test('its roles are those of the release', async () => {
  const manifests = await manifestsOf();
  assert.deepEqual(find(manifests, 'ClusterRole', 'system:metrics-server').rules, [
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
  ]);
  const readers = find(manifests, 'ClusterRole', 'system:aggregated-metrics-reader');
  for (const role of ['view', 'edit', 'admin'])
    assert.equal(readers.metadata.labels[`rbac.authorization.k8s.io/aggregate-to-${role}`], 'true');
  const clientCA = find(manifests, 'RoleBinding', 'metrics-server-auth-reader');
  assert.equal(clientCA.metadata.namespace, 'kube-system');
  assert.deepEqual(clientCA.roleRef, {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'Role',
    name: 'extension-apiserver-authentication-reader',
  });
  for (const binding of manifests.filter((m) => m.kind.endsWith('RoleBinding'))) {
    assert.deepEqual(binding.subjects, [
      { kind: 'ServiceAccount', name: 'metrics-server', namespace: 'metrics-server' },
    ]);
  }
});

test('highly-available: two pods, drained one at a time', async () => {
  const manifests = await manifestsOf('', certManager, `{ profile: 'highly-available' }`);
  assert.equal(find(manifests, 'Deployment', 'metrics-server').spec.replicas, 2);
  assert.equal(find(manifests, 'PodDisruptionBudget', 'metrics-server').spec.maxUnavailable, 1);
});

test('it reaches kubelets, the API server and names; the API server and the collector reach it', async () => {
  const calls = await evaluate(withServer(`cluster.traffic.calls`));
  const own = calls.filter((c: any) => c.from.component === 'metrics-server').map((c: any) => c.to.peer);
  assert.deepEqual(own.sort(), ['api-server', 'dns', 'kubelet']);
  const callers = calls
    .filter((c: any) => c.to.component === 'metrics-server')
    .map((c: any) => [c.from.peer, c.ports[0].port]);
  assert.deepEqual(callers, [['api-server', 10250]]);
});

test('a resolution that the server refuses to start with is refused', async () => {
  const problems = (resolution: string): string =>
    withServer(`cluster.get('metrics-server').problems`, `resolution: '${resolution}'`);
  assert.deepEqual(await evaluate(`[${['11s', '12s', '1m'].map(problems).join(', ')}]`), [
    ['resolution: 11s is below 12s: a kubelet may take 10s to answer'],
    [],
    [],
  ]);
});
