import assert from 'node:assert/strict';
import { test } from 'node:test';
import { find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';

const cluster = (settings = '{}', { mimir = true, extra = '{}' } = {}): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      lens: (import 'lens/main.libsonnet') + ${settings},
      mimir: (import 'mimir/main.libsonnet') { enabled: ${mimir} },
      'object-storage': import 'object-storage/main.libsonnet',
    }`,
    `{ objectStorage+: { endpoint: 's3.example.net' } } + ${extra}`,
  );
const app = (...args: Parameters<typeof cluster>): string => `(${cluster(...args)}).manifests('lens')`;
const people = `{ signIn: { issuer: 'https://id.example', clientID: 'c', adminGroups: ['admins'], viewerGroups: ['all'] } }`;

const rendered = await evaluateAll({
  small: app(),
  base: `[m for m in (${cluster()}).manifests('cluster') if m.kind == 'CustomResourceDefinition']`,
  tenants: app('{}', { extra: `{ tenancy+: { enabled: true, tenant: 'me' } }` }),
  distributed: app('{}', { extra: `{ profile: 'highly-available' }` }),
  signIn: app('{}', { extra: people }),
  prefix: app(`{ groupPrefix: 'sso-', admin: false }`, { extra: people }),
  portForward: app('{ viewerPortForward: true }'),
  noMimir: app('{}', { mimir: false }),
  problems: `local c = ${cluster('{ prometheus: true }', { mimir: false })};
    (import 'cluster/problems.libsonnet').ofComponent(c, c.get('lens'))`,
});

const subjectsOf = (manifests: any[], name: string): string[] =>
  find(manifests, 'ClusterRoleBinding', name).subjects.map((one: any) => `${one.kind} ${one.name}`);

test('the viewer sees what belongs to no namespace, changes nothing and reads no Secret', () => {
  const { rules } = find(rendered.small, 'ClusterRole', 'lens-viewer');
  for (const { apiGroups, resources, verbs, ...rest } of rules) {
    assert.deepEqual(verbs, ['get', 'list', 'watch']);
    assert.deepEqual(rest, {});
    assert.ok(![...apiGroups, ...resources].includes('*'));
    assert.ok(!resources.some((one: string) => one === 'secrets' || one.includes('/')));
  }
  assert.deepEqual(subjectsOf(rendered.small, 'lens-viewer'), ['ServiceAccount viewer']);
  assert.equal(find(rendered.small, 'ClusterRoleBinding', 'lens-view').roleRef.name, 'view');
});

test('it sees every kind that a component brings', () => {
  const { rules } = find(rendered.small, 'ClusterRole', 'lens-viewer');
  assert.ok(rendered.base.length >= 6);
  for (const { spec } of rendered.base) {
    const rule = rules.find(({ apiGroups }: any) => apiGroups[0] === spec.group);
    assert.ok(rule?.resources.includes(spec.names.plural), `${spec.names.plural}.${spec.group}`);
  }
});

test('it asks one Service for metrics, through the API server, as Lens (POST) and Headlamp (GET) do', () => {
  assert.deepEqual(find(rendered.small, 'Role', 'lens-metrics').rules, [
    {
      apiGroups: [''],
      resources: ['services/proxy'],
      resourceNames: ['lens-prometheus:9090'],
      verbs: ['create', 'get'],
    },
  ]);
  const { ports, selector } = find(rendered.small, 'Service', 'lens-prometheus').spec;
  assert.deepEqual(ports, [{ name: 'http', port: 9090, targetPort: 'http', protocol: 'TCP' }]);
  const pod = find(rendered.small, 'Deployment', 'lens-prometheus').spec.template;
  for (const [label, value] of Object.entries(selector)) assert.equal(pod.metadata.labels[label], value);
  assert.deepEqual(gapsOf(pod.spec, 'Deployment'), []);
  const { ingress } = find(rendered.small, 'NetworkPolicy', 'lens-prometheus').spec;
  assert.deepEqual(ingress, [{ ports: [{ port: 9090, protocol: 'TCP' }] }]);
});

test('Lens finds the Service by the labels of the chart of Prometheus, and asks in the way that fits our labels', () => {
  const { labels } = find(rendered.small, 'Service', 'lens-prometheus').metadata;
  assert.equal(labels['app.kubernetes.io/name'], 'prometheus');
  assert.equal(labels['app.kubernetes.io/component'], 'server');
  assert.equal(labels['app.kubernetes.io/managed-by'], 'Helm');
  // By these it would ask with the label kubernetes_node, or join node metrics with pods.
  for (const label of ['app', 'heritage', 'operated-prometheus']) assert.ok(!(label in labels), label);
});

const routesOf = (manifests: any[]): any[] =>
  JSON.parse(find(manifests, 'ConfigMap', 'lens-prometheus').data['envoy.json']).static_resources.listeners[0]
    .filter_chains[0].filters[0].typed_config.route_config.virtual_hosts[0].routes;
const upstreamOf = (manifests: any[]): any =>
  JSON.parse(find(manifests, 'ConfigMap', 'lens-prometheus').data['envoy.json']).static_resources.clusters[0]
    .load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address;

test('nothing but questions reaches Mimir, under its own path; with tenants they bear the tenant', () => {
  const routes = routesOf(rendered.small);
  assert.deepEqual(
    routes.map(({ match, route }) => [match.path, route?.prefix_rewrite]),
    [
      ['/api/v1/query', '/prometheus/api/v1/query'],
      ['/api/v1/query_range', '/prometheus/api/v1/query_range'],
      ['/ready', undefined],
    ],
  );
  assert.ok(routes.every((route) => !('request_headers_to_add' in route)));
  for (const { route, request_headers_to_add: added } of routesOf(rendered.tenants)) {
    if (route === undefined) continue;
    assert.deepEqual(added, [
      { header: { key: 'X-Scope-OrgID', value: 'me' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
    ]);
  }
  assert.deepEqual(upstreamOf(rendered.small), { address: 'mimir.mimir.svc', port_value: 8080 });
  assert.deepEqual(upstreamOf(rendered.distributed), { address: 'mimir-query-frontend.mimir.svc', port_value: 8080 });
});

test('groups of the provider have the roles of the accounts, by the name that the API server gives them', () => {
  assert.deepEqual(subjectsOf(rendered.signIn, 'lens-viewer'), ['ServiceAccount viewer', 'Group oidc:all']);
  assert.deepEqual(subjectsOf(rendered.signIn, 'lens-admin'), ['ServiceAccount admin', 'Group oidc:admins']);
  assert.equal(find(rendered.signIn, 'ClusterRoleBinding', 'lens-admin').roleRef.name, 'cluster-admin');
  assert.deepEqual(subjectsOf(rendered.prefix, 'lens-view'), ['ServiceAccount viewer', 'Group sso-all']);
  assert.ok(!rendered.prefix.some((one: any) => one.roleRef?.name === 'cluster-admin'));
});

test('accounts bear the label by which the verb finds them, and no pod runs as one', () => {
  const accounts = rendered.small.filter((one: any) => 'rekindle/account' in one.metadata.labels);
  assert.deepEqual(
    accounts.map((one: any) => [one.kind, one.metadata.name, one.metadata.labels['rekindle/account']]).sort(),
    [
      ['ServiceAccount', 'admin', 'admin'],
      ['ServiceAccount', 'viewer', 'viewer'],
    ],
  );
  assert.ok(accounts.every((one: any) => one.automountServiceAccountToken === false));
});

test('opening connections to pods is a right that is given on purpose', () => {
  const last = find(rendered.portForward, 'ClusterRole', 'lens-viewer').rules.at(-1);
  assert.deepEqual(last, { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] });
});

test('without Mimir there are accounts and nothing else', () => {
  const kinds = new Set(rendered.noMimir.map((one: any) => one.kind));
  assert.deepEqual([...kinds].sort(), ['ClusterRole', 'ClusterRoleBinding', 'ServiceAccount']);
  assert.equal(rendered.problems.length, 1);
  assert.match(rendered.problems[0], /prometheus: mimir is off/);
});
