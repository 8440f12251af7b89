import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import {
  app,
  argsOf,
  cloudflare,
  cluster,
  digitalOcean,
  find,
  internal,
  podOf,
  valuesOf,
} from './external-dns-cluster.ts';
import { clusterOf } from './fixture.ts';
import { allows } from './network-policy.ts';

const root = path.resolve(import.meta.dirname, '../..');

const rendered = await evaluateAll({
  small: app('{}'),
  large: app('{}', '', `{ profile: 'highly-available' }`),
  digitalOcean: app(digitalOcean),
  rfc2136: app(`{
    provider: 'rfc2136', flags: { 'rfc2136-host': '192.0.2.1', 'rfc2136-zone': ['a.example', 'b.example'] },
    credentials: { EXTERNAL_DNS_RFC2136_TSIG_SECRET: { name: 'tsig', key: 'secret' } },
  }`),
  everything: app(`{
    excludeDomains: ['a.test.example'], serviceTypes: ['NodePort', 'LoadBalancer'], policy: 'sync', owner: 'me',
    registry+: { prefix: null, suffix: '-x', encryptionKey: { name: 'dns', key: 'aes' }, cacheInterval: '1m', wildcardReplacement: 'any' },
    interval: '1m', recordTypes: ['A', 'TXT'], labelFilter: 'a=b', ingressClasses: ['x'], defaultTargets: ['192.0.2.1'], dryRun: true,
    flags: { 'cloudflare-proxied': true, 'cloudflare-custom-hostnames': false, 'cloudflare-dns-records-per-page': 50 },
  }`),
  noop: app(`{ registry+: { kind: 'noop' } }`),
});

test('one pod that is replaced, never doubled, whatever the profile says', () => {
  for (const manifests of [rendered.small, rendered.large]) {
    const { spec } = find(manifests, 'Deployment');
    assert.equal(spec.replicas, 1);
    assert.deepEqual(spec.strategy, { type: 'Recreate' });
    assert.deepEqual(
      manifests.filter((m: any) => m.kind === 'PodDisruptionBudget'),
      [],
    );
  }
});

test('provider, domains, policy, owner and registry are said, not left to defaults', () => {
  const args = argsOf(rendered.small);
  const said = (flag: string) => valuesOf(args, flag);
  assert.deepEqual(said('provider'), ['cloudflare']);
  assert.deepEqual(said('domain-filter'), ['test.example']);
  assert.deepEqual(said('policy'), ['upsert-only']);
  assert.deepEqual(said('txt-owner-id'), ['test']);
  assert.deepEqual(said('registry'), ['txt']);
  assert.deepEqual(said('txt-prefix'), ['external-dns-%{record_type}.']);
  assert.deepEqual(said('txt-wildcard-replacement'), ['wildcard']);
  assert.ok(args.includes('--events'));
});

test('every setting becomes its flag', () => {
  const args = argsOf(rendered.everything);
  for (const arg of [
    '--exclude-domains=a.test.example',
    '--service-type-filter=NodePort',
    '--policy=sync',
    '--txt-owner-id=me',
    '--txt-suffix=-x',
    '--txt-wildcard-replacement=any',
    '--txt-cache-interval=1m',
    '--txt-encrypt-enabled',
    '--interval=1m',
    '--managed-record-types=TXT',
    '--label-filter=a=b',
    '--ingress-class=x',
    '--default-targets=192.0.2.1',
    '--dry-run',
    '--cloudflare-proxied',
    '--no-cloudflare-custom-hostnames',
    '--cloudflare-dns-records-per-page=50',
  ]) {
    assert.ok(args.includes(arg), arg);
  }
  assert.ok(!args.some((arg) => arg.startsWith('--txt-prefix')));
  assert.deepEqual(podOf(rendered.everything).containers[0].env[1], {
    name: 'EXTERNAL_DNS_TXT_ENCRYPT_AES_KEY',
    valueFrom: { secretKeyRef: { name: 'dns', key: 'aes' } },
  });
  assert.ok(!argsOf(rendered.noop).some((arg) => arg.startsWith('--txt-prefix')));
});

test('sources: with Contour its HTTPProxies, without it none of them', async () => {
  assert.deepEqual(valuesOf(argsOf(rendered.small), 'source'), ['contour-httpproxy', 'crd', 'ingress', 'service']);
  const alone = clusterOf(`{ 'external-dns': (import 'external-dns/main.libsonnet') + ${cloudflare} }`);
  const manifests = await evaluate(`(${alone}).manifests('external-dns')`);
  assert.deepEqual(valuesOf(argsOf(manifests), 'source'), ['crd', 'ingress', 'service']);
  assert.ok(!JSON.stringify(find(manifests, 'ClusterRole').rules).includes('projectcontour.io'));
});

test('roles: what the sources need and nothing else', async () => {
  const sources = JSON.stringify([
    'contour-httpproxy',
    'crd',
    'gateway-httproute',
    'ingress',
    'node',
    'pod',
    'service',
    'traefik-proxy',
  ]);
  const { alone, together, types } = await evaluateAll({
    alone: `local s = import 'external-dns/sources.libsonnet'; { [name]: s.rules([name], ['LoadBalancer']) for name in ${sources} }`,
    together: `(import 'external-dns/sources.libsonnet').rules(['gateway-httproute', 'gateway-grpcroute', 'pod', 'node', 'ingress'], [])`,
    types: `local s = import 'external-dns/sources.libsonnet'; [s.rules(['service'], types) for types in [[], ['ClusterIP'], ['NodePort']]]`,
  });
  const kinds = (rules: any[]): string[] =>
    rules.flatMap((r) => r.resources.map((resource: string) => `${r.apiGroups[0]}/${resource}`)).sort();
  assert.deepEqual(kinds(alone['contour-httpproxy']), ['projectcontour.io/httpproxies']);
  assert.deepEqual(kinds(alone.crd), ['externaldns.k8s.io/dnsendpoints', 'externaldns.k8s.io/dnsendpoints/status']);
  assert.deepEqual(kinds(alone['gateway-httproute']), [
    '/namespaces',
    'gateway.networking.k8s.io/gateways',
    'gateway.networking.k8s.io/httproutes',
  ]);
  assert.deepEqual(kinds(alone.ingress), ['networking.k8s.io/ingresses']);
  assert.deepEqual(kinds(alone.node), ['/nodes']);
  assert.deepEqual(kinds(alone.pod), ['/nodes', '/pods']);
  assert.deepEqual(kinds(alone.service), ['/services']);
  assert.deepEqual(kinds(types[0]), ['/nodes', '/pods', '/services', 'discovery.k8s.io/endpointslices']);
  assert.deepEqual(kinds(types[1]), ['/pods', '/services', 'discovery.k8s.io/endpointslices']);
  assert.deepEqual(kinds(types[2]), ['/nodes', '/pods', '/services', 'discovery.k8s.io/endpointslices']);
  // Several sources share a rule for each group.
  assert.deepEqual(
    together.map((r: any) => r.apiGroups[0]),
    ['', 'gateway.networking.k8s.io', 'networking.k8s.io'],
  );
  // Only the status of its own kind is ever written.
  const writes = Object.values(alone)
    .flat()
    .filter((r: any) => r.verbs.some((verb: string) => !['get', 'list', 'watch'].includes(verb)));
  assert.deepEqual(writes, [
    { apiGroups: ['externaldns.k8s.io'], resources: ['dnsendpoints/status'], verbs: ['update'] },
  ]);
});

test('hardened, with probes and requests, the program beside it too', () => {
  for (const manifests of [rendered.small, rendered.digitalOcean]) {
    const pod = podOf(manifests);
    assert.equal(pod.securityContext.runAsUser, 65532);
    assert.deepEqual(pod.securityContext.seccompProfile, { type: 'RuntimeDefault' });
    for (const { securityContext, resources, livenessProbe, readinessProbe } of [
      ...pod.containers,
      ...(pod.initContainers ?? []),
    ]) {
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      });
      assert.ok(resources.requests.cpu && resources.requests.memory && resources.limits.memory);
      assert.equal(livenessProbe.httpGet.path, '/healthz');
      assert.equal(readinessProbe.httpGet.path, '/healthz');
    }
  }
});

test('policies: the API server, DNS and the provider, each where it is', () => {
  const pod = {
    pod: {
      namespace: 'external-dns',
      labels: { 'app.kubernetes.io/instance': 'external-dns', 'app.kubernetes.io/name': 'external-dns' },
    },
  };
  const policies = (manifests: any[]) => manifests.filter((m) => m.kind === 'NetworkPolicy');
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  const small = policies(rendered.small);
  assert.ok(allows(small, pod, { address: 'public' }, tcp(443)));
  assert.ok(allows(small, pod, { address: 'private' }, tcp(6443)));
  assert.ok(!allows(small, pod, { address: 'public' }, tcp(80)));
  assert.ok(!allows(small, pod, { address: 'private' }, tcp(53)));
  assert.ok(!allows(policies(rendered.digitalOcean), { address: 'private' }, pod, tcp(8888)));
  const rfc2136 = policies(rendered.rfc2136);
  assert.ok(
    allows(rfc2136, pod, { address: 'private' }, { port: 53, protocol: 'UDP' }) &&
      allows(rfc2136, pod, { address: 'private' }, tcp(53)),
  );
});

test('metrics of both programs', async () => {
  const { plain, beside } = await evaluateAll({
    plain: `(${cluster('{}')}).get('external-dns').scrape`,
    beside: `(${cluster(digitalOcean)}).get('external-dns').scrape`,
  });
  assert.deepEqual(plain, [{ workload: 'controller', port: 'http' }]);
  assert.deepEqual(
    beside.map((target: any) => target.port),
    ['http', 'webhook'],
  );
});

test('two instances live side by side, each with its owner, its Secret and its roles', async () => {
  const { apps, crds, owners } = await evaluate(`
    local c = ${cluster(`{ annotationFilter: 'dns notin (internal)' }`, internal)};
    {
      apps: c.manifests('external-dns') + c.manifests('external-dns-internal'),
      crds: [m.metadata.name for m in c.manifests('cluster') if m.kind == 'CustomResourceDefinition' && m.spec.group == 'externaldns.k8s.io'],
      owners: [c.get(name).owner for name in ['external-dns', 'external-dns-internal']],
    }
  `);
  const all = apps.map((m: any) => `${m.apiVersion} ${m.kind} ${m.metadata.namespace ?? ''}/${m.metadata.name}`);
  assert.deepEqual(
    all.filter((id: string, i: number) => all.indexOf(id) !== i),
    [],
  );
  assert.deepEqual(crds, ['dnsendpoints.externaldns.k8s.io']);
  assert.deepEqual(owners, ['test', 'test-external-dns-internal']);
  assert.deepEqual(valuesOf(argsOf(apps, 'external-dns-internal'), 'annotation-filter'), ['dns in (internal)']);
});

test('every variant is valid by the schemas of Kubernetes', () => {
  const checker = loadChecker({ root, kubernetes: '1.36' });
  assert.deepEqual(
    (Object.values(rendered) as any[][]).flat().flatMap((manifest) => checker.check(manifest)),
    [],
  );
});
