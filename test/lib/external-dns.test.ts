import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { evaluate, evaluateAll, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { allows } from './network-policy.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = readFileSync(path.join(root, 'lib/external-dns/README.md'), 'utf8');

const cloudflare = `{ provider: 'cloudflare', domains: ['test.example'], credentials: { CF_API_TOKEN: { name: 'cloudflare', key: 'token' } } }`;

// A cluster with external-dns and what it finds hosts by, and whatever else a test brings.
const cluster = (settings: string, more = '', extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      'external-dns': (import 'external-dns/main.libsonnet') + ${cloudflare} + ${settings},
      ${more}
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + ${extra}`,
  );
const app = (settings: string, more = '', extra = '{}', name = 'external-dns'): string =>
  `(${cluster(settings, more, extra)}).manifests('${name}')`;
const problemsOf = (code: string, name = 'external-dns'): string =>
  `local c = ${code}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;

const digitalOcean = `{ provider: 'digitalocean', credentials: { DO_TOKEN: { name: 'digitalocean', key: 'token' } } }`;
const internal = `'external-dns-internal': (import 'external-dns/main.libsonnet') + ${cloudflare} + { name: 'external-dns-internal', annotationFilter: 'dns in (internal)' },`;

const find = (manifests: any[], kind: string, name = 'external-dns'): any => {
  const found = manifests.find((m) => m.kind === kind && m.metadata.name === name);
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};
const podOf = (manifests: any[], name?: string): any => find(manifests, 'Deployment', name).spec.template.spec;
const argsOf = (manifests: any[], name?: string): string[] => podOf(manifests, name).containers[0].args;
const valuesOf = (args: string[], flag: string): string[] =>
  args.filter((arg) => arg.startsWith(`--${flag}=`)).map((arg) => arg.slice(flag.length + 3));

const rendered = await evaluateAll({
  small: app('{}'),
  large: app('{}', '', `{ profile: 'highly-available' }`),
  digitalOcean: app(digitalOcean),
  webhook: app(`{
    provider: 'webhook', credentials: { API_KEY: { name: 'provider', key: 'key' } }, environment: { LEVEL: 'info' },
    webhook: { image: { image: 'registry.example/provider', tag: '1.0.0' }, args: ['--x'], probePort: 8081 },
  }`),
  azure: app(`{ provider: 'azure', credentials: { 'azure.json': { name: 'azure', key: 'config' } } }`),
  google: app(
    `{ provider: 'google', credentials: { 'credentials.json': { name: 'google', key: 'key.json' } }, flags: { 'google-project': 'x' } }`,
  ),
  transip: app(
    `{ provider: 'transip', credentials: { 'transip-api-key': { name: 'transip', key: 'key' } }, flags: { 'transip-account': 'me' } }`,
  ),
  identity: app(`{
    provider: 'aws', credentials: {}, serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/dns' }, podLabels: { identity: 'yes' },
  }`),
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

test('credentials come from Secrets by reference, as variables', () => {
  assert.deepEqual(podOf(rendered.small).containers[0].env, [
    { name: 'CF_API_TOKEN', valueFrom: { secretKeyRef: { name: 'cloudflare', key: 'token' } } },
  ]);
});

test('credentials that are files are mounted where the provider looks, or where it is told', () => {
  const azure = podOf(rendered.azure);
  assert.deepEqual(azure.volumes, [
    { name: 'azure-json', secret: { secretName: 'azure', items: [{ key: 'config', path: 'azure.json' }] } },
  ]);
  assert.deepEqual(azure.containers[0].volumeMounts, [
    { name: 'azure-json', mountPath: '/etc/kubernetes', readOnly: true },
  ]);
  assert.deepEqual(podOf(rendered.google).containers[0].env, [
    { name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/etc/external-dns/google/credentials.json' },
  ]);
  assert.deepEqual(valuesOf(argsOf(rendered.transip), 'transip-keyfile'), [
    '/etc/external-dns/transip/transip-api-key',
  ]);
});

test('workload identity: no Secret, an annotated ServiceAccount and labelled pods', () => {
  assert.equal(podOf(rendered.identity).containers[0].env, undefined);
  assert.deepEqual(find(rendered.identity, 'ServiceAccount').metadata.annotations, {
    'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/dns',
  });
  assert.equal(find(rendered.identity, 'Deployment').spec.template.metadata.labels.identity, 'yes');
});

test('the Secrets that must exist are declared with their keys', async () => {
  const secrets = await evaluate(
    `(${cluster(`{ registry+: { encryptionKey: { name: 'cloudflare', key: 'aes' } } }`)}).secrets`,
  );
  const own = secrets.filter((s: any) => s.component === 'external-dns');
  assert.deepEqual(
    own.map((s: any) => [s.namespace, s.name, Object.keys(s.keys)]),
    [['external-dns', 'cloudflare', ['aes', 'token']]],
  );
});

test('digitalocean runs beside external-dns: it has the token, external-dns does not', () => {
  const { initContainers, containers } = podOf(rendered.digitalOcean);
  const [webhook] = initContainers;
  assert.equal(webhook.restartPolicy, 'Always');
  assert.match(webhook.image, /^ghcr\.io\/amoniacou\/external-dns-digitalocean-webhook:/);
  assert.deepEqual(webhook.env, [
    { name: 'DO_TOKEN', valueFrom: { secretKeyRef: { name: 'digitalocean', key: 'token' } } },
  ]);
  assert.equal(webhook.startupProbe.httpGet.path, '/healthz');
  assert.equal(containers[0].env, undefined);
  assert.deepEqual(valuesOf(containers[0].args, 'provider'), ['webhook']);
  assert.deepEqual(valuesOf(containers[0].args, 'webhook-provider-url'), ['http://localhost:8888']);
});

test('any other program by webhook', () => {
  const { initContainers, containers } = podOf(rendered.webhook);
  const [webhook] = initContainers;
  assert.equal(webhook.image, 'registry.example/provider:1.0.0');
  assert.deepEqual(webhook.args, ['--x']);
  assert.deepEqual(webhook.env, [
    { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'provider', key: 'key' } } },
    { name: 'LEVEL', value: 'info' },
  ]);
  assert.deepEqual(webhook.ports, [{ name: 'webhook', containerPort: 8081, protocol: 'TCP' }]);
  assert.deepEqual(containers[0].ports, [{ name: 'http', containerPort: 7979, protocol: 'TCP' }]);
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

const mistakes: [settings: string, message: string, more?: string][] = [
  [`{ provider: 'cloudflair' }`, `provider: expected one of `],
  [`{ provider: null }`, `provider: set it, where the domains are managed: one of akamai, `],
  [`{ domains: [] }`, `domains: name at least one, or it would manage every domain of the account`],
  [`{ sources: [] }`, `sources: name at least one`],
  [`{ sources: ['httpproxy'] }`, `sources[0]: expected one of `],
  [
    `{ replicas: { controller: 2 } }`,
    `replicas.controller: at most 1: external-dns elects no leader, and two of them would undo each other's changes`,
  ],
  [`{ policy: 'delete' }`, `policy: expected one of upsert-only, sync, create-only, found "delete"; `],
  [
    `{ policy: 'sync', registry+: { kind: 'noop' } }`,
    `policy: "sync" with registry.kind "noop" deletes every record of the domains that this cluster does not know`,
  ],
  [`{ owner: '' }`, `owner: it may not be empty`],
  [
    `{ owner: 'test-external-dns-internal' }`,
    `owner: "test-external-dns-internal" is the owner of external-dns-internal too: each would take the other's records for its own`,
    internal,
  ],
  [
    `{ registry+: { suffix: '-x' } }`,
    `registry.suffix: external-dns takes a prefix or a suffix; set registry.prefix to null`,
  ],
  [
    `{ registry+: { kind: 'aws-sd' } }`,
    `registry.kind: "aws-sd" keeps its notes in AWS Cloud Map, which is provider "aws-sd"`,
  ],
  [`{ provider: 'aws-sd', credentials: {} }`, `registry.kind: provider "aws-sd" has no such records; use "aws-sd"`],
  [
    `{ registry+: { kind: 'noop', encryptionKey: { name: 'a', key: 'b' } } }`,
    `registry.encryptionKey: registry.kind "noop" encrypts nothing`,
  ],
  [`{ provider: 'webhook', credentials: {} }`, `webhook: set webhook.image, the program for provider "webhook"`],
  [
    `{ webhook: { image: { image: 'a', tag: 'b' } } }`,
    `webhook: it is for provider "webhook"; cloudflare needs none of yours`,
  ],
  [`{ credentials: {} }`, `credentials: provider "cloudflare" needs CF_API_TOKEN`],
  [
    `{ credentials: { CF_API_TOKNE: { name: 'a', key: 'b' } } }`,
    `credentials: provider "cloudflare" reads no "CF_API_TOKNE"; did you mean "CF_API_TOKEN"?`,
  ],
  [
    `{ provider: 'ovh', credentials: { OVH_APPLICATION_KEY: { name: 'a', key: 'b' } } }`,
    `credentials: provider "ovh" needs OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY, too`,
  ],
  [
    `{ provider: 'pdns', credentials: { EXTERNAL_DNS_PDNS_API_KEY: { name: 'a', key: 'b' } } }`,
    `flags: provider "pdns" needs the flag pdns-server`,
  ],
  [
    `{ flags: { 'cloudflare-proxyed': true } }`,
    `flags: external-dns 0.21 has no flag "cloudflare-proxyed"; did you mean "cloudflare-proxied"?`,
  ],
  [`{ flags: { policy: 'sync' } }`, `flags.policy: say it by the setting policy`],
  [
    `{ flags: { 'aws-zone-tags': { a: 'b' } } }`,
    `flags.aws-zone-tags: expected a text, a number, true or false, or a list of them`,
  ],
];

test('refused, with the way out: what external-dns would refuse, or harm a domain with', async () => {
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([settings, , more]) => [settings, problemsOf(cluster(settings, more))])),
  );
  for (const [settings, message] of mistakes) {
    assert.equal(found[settings].length, 1, `${settings}: ${found[settings].join('\n')}`);
    assert.ok(
      found[settings][0].startsWith(`test: components.external-dns.${message}`),
      `${settings}: ${found[settings][0]}`,
    );
  }
});

test('contour-httpproxy without Contour is refused: external-dns would not start', async () => {
  const alone = clusterOf(
    `{ 'external-dns': (import 'external-dns/main.libsonnet') + ${cloudflare} + { sources: ['contour-httpproxy'] } }`,
  );
  assert.match(
    await evaluateError(`(${alone}).manifests('external-dns')`),
    /sources: contour-httpproxy needs the component contour/,
  );
});

test('what is not set fails its own app alone', async () => {
  const unset = clusterOf(`{ echo: echo, 'external-dns': import 'external-dns/main.libsonnet' }`);
  assert.match(
    await evaluateError(`(${unset}).manifests('external-dns')`),
    /provider: set it[\s\S]*domains: name at least one/,
  );
  assert.equal((await evaluate(`(${unset}).manifests('echo')`)).length, 4);
});

test('every variant is valid by the schemas of Kubernetes', () => {
  const checker = loadChecker({ root, kubernetes: '1.36' });
  assert.deepEqual(
    (Object.values(rendered) as any[][]).flat().flatMap((manifest) => checker.check(manifest)),
    [],
  );
});

test('README lists every provider with its credentials, flags and place', async () => {
  const providers = await evaluate(`
    local providers = import 'external-dns/providers.libsonnet';
    [
      local provider = providers.of(name);
      {
        name: name, expects: provider.expects, flags: provider.flags, reach: provider.reach,
        all: std.objectFields(provider.variables) + std.objectFields(provider.files),
      }
      for name in providers.names
    ]
  `);
  const code = (names: string[]) => names.map((name) => `\`${name}\``).join(', ');
  const expected = providers.map(({ name, expects, all, flags, reach }: any) => {
    const optional = all.filter((key: string) => !expects.includes(key));
    const credentials = [code(expects), optional.length > 0 ? `(${code(optional)})` : ''].filter((part) => part !== '');
    const places = reach.map((place: any) => `${place.peer} ${place.ports.join(', ')}`).join('; ');
    return [
      `\`${name}\``,
      name === 'webhook' ? 'what it reads' : credentials.join(' ') || '–',
      code(flags) || '–',
      places || '–',
    ];
  });
  const table = readme.slice(readme.indexOf('<!-- providers -->'), readme.indexOf('<!-- /providers -->'));
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  assert.deepEqual(cells, expected);
});

test('README: the examples are settings that hold', async () => {
  const examples = [...readme.matchAll(/```jsonnet\n([\s\S]*?)```/g)].map((match) => `{ ${match[1]} }`);
  assert.equal(examples.length, 2);
  const code = (example: string) => cluster('{}', '', `(${example.replace('components+:', 'components+::')})`);
  const found = await evaluateAll({
    one: problemsOf(code(examples[0]!)),
    outside: problemsOf(code(examples[1]!)),
    inside: problemsOf(code(examples[1]!), 'external-dns-internal'),
  });
  // The second example leaves the credentials to the default Secret of the instance.
  assert.deepEqual(found, { one: [], outside: [], inside: [] });
});
