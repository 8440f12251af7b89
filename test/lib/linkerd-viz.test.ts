import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapsOf } from './hardening.ts';
import { evaluate } from './evaluate.ts';
import { find, manifestsOf, podOf, withLinkerd } from './linkerd-cluster.ts';

const roles = ['metrics-api', 'tap', 'tap-injector', 'web'];
const manifests = await manifestsOf('linkerd-viz', { viz: '' });
const argsOf = (name: string): string[] => podOf(manifests, name).containers[0].args;

test('hardened, meshed, and found by the labels of upstream', () => {
  for (const role of roles) {
    assert.deepEqual(gapsOf(podOf(manifests, role), 'Deployment'), []);
    const { metadata } = find(manifests, 'Deployment', role).spec.template;
    assert.equal(metadata.annotations['linkerd.io/inject'], 'enabled');
    assert.equal(metadata.labels['linkerd.io/extension'], 'viz');
    assert.equal(metadata.labels.component, role);
  }
});

test('it asks Mimir, and brings no Prometheus', () => {
  assert.ok(argsOf('metrics-api').includes('-prometheus-url=http://mimir.mimir.svc:8080/prometheus'));
  assert.deepEqual(
    manifests.filter((m) => m.metadata.name.includes('prometheus') || m.kind === 'HTTPRoute'),
    [],
  );
});

test('where there are tenants its proxy says which, for requests of this namespace', async () => {
  const all = await manifestsOf('linkerd-viz', { viz: '', extra: `{ tenancy+: { enabled: true, tenant: 'home' } }` });
  const { metadata, spec } = find(all, 'HTTPRoute', 'mimir-tenant');
  assert.equal(metadata.namespace, 'linkerd-viz');
  const mimir = { name: 'mimir', namespace: 'mimir', port: 8080 };
  assert.deepEqual(spec.parentRefs, [{ ...mimir, group: 'core', kind: 'Service' }]);
  assert.deepEqual(spec.rules[0].backendRefs, [mimir]);
  assert.deepEqual(spec.rules[0].filters, [
    { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Scope-OrgID', value: 'home' }] } },
  ]);
});

test('tap is an API that the API server verifies, and proxies are told its identity', () => {
  const { metadata, spec } = find(manifests, 'APIService', 'v1alpha1.tap.linkerd.io');
  assert.equal(metadata.annotations['cert-manager.io/inject-ca-from'], 'linkerd-viz/tap-k8s-tls');
  assert.deepEqual(spec.service, { name: 'tap', namespace: 'linkerd-viz', port: 443 });
  assert.deepEqual(find(manifests, 'Certificate', 'tap-k8s-tls').spec.dnsNames, ['tap.linkerd-viz.svc']);
  assert.ok(
    argsOf('tap-injector').includes('-tap-service-name=tap.linkerd-viz.serviceaccount.identity.linkerd.cluster.local'),
  );
  assert.ok(argsOf('tap').includes('-ignore-headers=authorization,cookie,set-cookie,x-api-key'));
});

test('whoever reaches the page may look, and no more, unless the environment says so', async () => {
  const rights = (all: any[]): string[] =>
    all
      .filter((m) => m.kind === 'ClusterRoleBinding' && m.subjects[0].name === 'web')
      .map((m) => m.roleRef.name)
      .sort();
  assert.deepEqual(rights(manifests), []);
  assert.deepEqual(rights(await manifestsOf('linkerd-viz', { viz: 'webPrivileges: true' })), [
    'linkerd-linkerd-viz-tap-admin',
    'linkerd-linkerd-viz-web-api',
    'linkerd-linkerd-viz-web-check',
  ]);
  const host = new RegExp(
    argsOf('web')
      .find((arg) => arg.startsWith('-enforced-host='))!
      .slice(15),
  );
  for (const good of ['localhost:8084', '127.0.0.1', 'web.linkerd-viz.svc.cluster.local:8084'])
    assert.match(good, host);
  for (const bad of ['evil.example', 'webXlinkerd-viz.svc']) assert.doesNotMatch(bad, host);
});

test('tap calls every proxy, metrics-api calls Mimir, and the page calls metrics-api', async () => {
  const calls: any[] = await evaluate(withLinkerd('cluster.traffic.calls', { viz: '' }));
  const from = (role: string): string[] =>
    calls
      .filter(({ from: caller }) => caller.component === 'linkerd-viz' && caller.workload === role)
      .map(({ to, ports }) => `${to.component ?? to.peer}/${to.workload ?? ''}:${ports?.[0]?.port ?? ''}`);
  assert.ok(from('tap').includes('mimir/mimir:4190'));
  assert.ok(from('metrics-api').includes('mimir/mimir:8080'));
  assert.ok(from('web').includes('linkerd-viz/metrics-api:8085'));
});
