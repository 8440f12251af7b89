import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, blog, cluster, find, problemsOf, site } from './contour-cluster.ts';
import { evaluate, evaluateAll, evaluateError } from './evaluate.ts';
import { allows } from './network-policy.ts';

test('a component that exposes a host gets its certificate and its HTTPProxy in its own app', async () => {
  const { blog: manifests, contour } = await evaluateAll({
    blog: app('{}', blog(site), '{}', 'blog'),
    contour: app('{}', blog(site)),
  });
  const certificate = find(manifests, 'Certificate', 'site.test.example');
  assert.deepEqual(certificate.spec.dnsNames, ['site.test.example']);
  assert.deepEqual(certificate.spec.issuerRef, {
    group: 'cert-manager.io',
    kind: 'ClusterIssuer',
    name: 'letsencrypt-production',
  });
  const proxy = find(manifests, 'HTTPProxy', 'blog-site');
  assert.equal(proxy.metadata.namespace, 'blog');
  assert.deepEqual(proxy.spec, {
    ingressClassName: 'contour',
    virtualhost: { fqdn: 'site.test.example', tls: { secretName: certificate.spec.secretName } },
    routes: [{ conditions: [{ prefix: '/' }], services: [{ name: 'blog', port: 8080 }] }],
  });
  assert.deepEqual(
    contour.filter((m: any) => m.kind === 'HTTPProxy'),
    [],
  );
});

test('what Contour itself waits for is published by its own app, in the namespace of who exposes', async () => {
  const more = `early: echo { name: 'early', exposes:: ${site} },`;
  const early = `{ components+:: { 'cert-manager'+: { after:: ['early'] } } }`;
  const { contour, own } = await evaluateAll({ contour: app('{}', more, early), own: app('{}', more, early, 'early') });
  assert.equal(find(contour, 'HTTPProxy', 'early-site').metadata.namespace, 'early');
  assert.equal(find(contour, 'Certificate', 'site.test.example').metadata.namespace, 'early');
  assert.deepEqual(
    own.filter((m: any) => ['HTTPProxy', 'Certificate'].includes(m.kind)),
    [],
  );
});

test('policies: Envoy reaches what is exposed, users reach Envoy, and nothing else is open', async () => {
  const manifests = await evaluate(`
    local c = ${cluster('{}', `${blog(site)} quiet: echo { name: 'quiet' },`)};
    c.manifests('contour') + c.manifests('blog') + c.manifests('quiet')
  `);
  const policies = manifests.filter((m: any) => m.kind === 'NetworkPolicy');
  const pod = (namespace: string, name: string, instance = namespace) => ({
    pod: { namespace, labels: { 'app.kubernetes.io/instance': instance, 'app.kubernetes.io/name': name } },
  });
  const tcp = (port: number) => ({ port, protocol: 'TCP' });
  const envoy = pod('contour', 'contour-envoy');
  const world = { address: 'public' } as const;
  assert.ok(allows(policies, envoy, pod('blog', 'blog'), tcp(8080)));
  assert.ok(!allows(policies, envoy, pod('quiet', 'quiet'), tcp(8080)));
  assert.ok(allows(policies, world, envoy, tcp(8080)) && allows(policies, world, envoy, tcp(8443)));
  assert.ok(!allows(policies, world, envoy, tcp(8002)));
  assert.ok(allows(policies, envoy, pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, world, pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, pod('blog', 'blog'), pod('contour', 'contour'), tcp(8001)));
  assert.ok(!allows(policies, envoy, world, tcp(443)));
});

test('tokens: Envoy may fetch the keys, on the port of their URL', async () => {
  const jwt = `{ site: { host: 'site.test.example', workload: 'server', port: 'http', jwt: { issuer: 'i', jwks: 'https://id.test.example:8443/keys' } } }`;
  const manifests = await evaluate(app('{}', blog(jwt)));
  const { egress } = find(manifests, 'NetworkPolicy', 'contour-envoy').spec;
  assert.ok(
    egress.some((rule: any) => rule.ports.some((p: any) => p.port === 8443) && rule.to[0].ipBlock !== undefined),
  );
});

test('a wildcard certificate stays in one namespace and is delegated to who publishes below it', async () => {
  const settings = `{ wildcardDomains: ['test.example'] }`;
  const more = `${blog(site)} ${blog(`{ deep: { host: 'a.b.test.example', workload: 'server', port: 'http' } }`, 'deep')}`;
  const { contour, own, deep } = await evaluateAll({
    contour: app(settings, more),
    own: app(settings, more, '{}', 'blog'),
    deep: app(settings, more, '{}', 'deep'),
  });
  assert.deepEqual(find(contour, 'Certificate', 'wildcard.test.example').spec.dnsNames, ['*.test.example']);
  assert.deepEqual(find(contour, 'TLSCertificateDelegation', 'contour').spec.delegations, [
    { secretName: 'wildcard.test.example', targetNamespaces: ['blog', 'deep'] },
  ]);
  assert.equal(find(own, 'HTTPProxy', 'blog-site').spec.virtualhost.tls.secretName, 'contour/wildcard.test.example');
  assert.deepEqual(
    own.filter((m: any) => m.kind === 'Certificate'),
    [],
  );
  // A wildcard is good for one label, no more.
  find(deep, 'Certificate', 'a.b.test.example');
});

test('a fallback certificate is delegated, and used where it is asked for', async () => {
  const settings = `{ fallbackCertificate: { namespace: 'contour', name: 'fallback' } }`;
  const more = blog(`{ site: { host: 'site.test.example', workload: 'server', port: 'http', fallback: true } }`);
  const { contour, own } = await evaluateAll({ contour: app(settings, more), own: app(settings, more, '{}', 'blog') });
  assert.deepEqual(find(contour, 'TLSCertificateDelegation', 'contour').spec.delegations, [
    { secretName: 'fallback', targetNamespaces: ['blog'] },
  ]);
  const { tls } = find(own, 'HTTPProxy', 'blog-site').spec.virtualhost;
  assert.deepEqual(tls, { secretName: 'site.test.example', enableFallbackCertificate: true });
});

test('certificates that somebody gives are Secrets that must exist; what cert-manager makes is none', async () => {
  const secretsOf = (settings: string): string => `(${cluster(settings)}).secrets`;
  const { given, own } = await evaluateAll({
    given: secretsOf(
      `{ fallbackCertificate: { namespace: 'contour', name: 'fallback' }, clientCertificate: { namespace: 'house', name: 'client' } }`,
    ),
    own: secretsOf(
      `{ wildcardDomains: ['test.example'], fallbackCertificate: { namespace: 'contour', name: 'wildcard.test.example' } }`,
    ),
  });
  const ofContour = (rows: any[]): unknown[] =>
    rows
      .filter(({ component }) => component === 'contour')
      .map(({ namespace, name, type, keys }) => [namespace, name, type, Object.keys(keys)]);
  assert.deepEqual(ofContour(given), [
    ['house', 'client', 'kubernetes.io/tls', ['tls.crt', 'tls.key']],
    ['contour', 'fallback', 'kubernetes.io/tls', ['tls.crt', 'tls.key']],
  ]);
  assert.deepEqual(ofContour(own), []);
});

test('HTTP-01: Envoy reaches the solver in the namespace of the certificate, and only where one is made', async () => {
  const http01 = `{ components+:: { 'cert-manager'+: { acme+: { dns01: {}, http01+: { enabled: true } } } } }`;
  const manifests = await evaluate(`
    local c = ${cluster('{}', `${blog(site)} quiet: echo { name: 'quiet' },`, http01)};
    c.manifests('contour') + c.manifests('blog') + c.manifests('quiet') + [
      m for m in c.manifests('cluster') if m.kind == 'NetworkPolicy'
    ]
  `);
  const policies = manifests.filter((m: any) => m.kind === 'NetworkPolicy');
  const envoy = {
    pod: {
      namespace: 'contour',
      labels: { 'app.kubernetes.io/instance': 'contour', 'app.kubernetes.io/name': 'contour-envoy' },
    },
  };
  const solver = (namespace: string) => ({
    pod: { namespace, labels: { 'acme.cert-manager.io/http01-solver': 'true' } },
  });
  const port = { port: 8089, protocol: 'TCP' };
  assert.ok(allows(policies, envoy, solver('blog'), port));
  assert.ok(!allows(policies, envoy, solver('quiet'), port));
  assert.ok(!allows(policies, { address: 'public' }, solver('blog'), port));
  assert.ok(!allows(policies, solver('blog'), { address: 'public' }, { port: 443, protocol: 'TCP' }));

  const dns01 = await evaluate(app('{}', blog(site), '{}', 'blog'));
  assert.ok(!dns01.some((m: any) => m.metadata.name.includes('acme-solver')));
});

test('passthrough: Envoy chooses by name, TLS ends at the workload, no certificate is made', async () => {
  const exposes = `{ site: { host: 'site.test.example', workload: 'server', port: 'http', servicePort: 443, passthrough: true } }`;
  const manifests = await evaluate(app('{}', blog(exposes), '{}', 'blog'));
  assert.deepEqual(find(manifests, 'HTTPProxy', 'blog-site').spec, {
    ingressClassName: 'contour',
    virtualhost: { fqdn: 'site.test.example', tls: { passthrough: true } },
    tcpproxy: { services: [{ name: 'blog', port: 443 }] },
  });
  assert.deepEqual(
    manifests.filter((m: any) => m.kind === 'Certificate'),
    [],
  );
});

const base = `host: 'site.test.example', workload: 'server', port: 'http'`;
const wrongExposures: [exposure: string, message: string, settings?: string][] = [
  [`{ ${base}, websocket: true }`, `exposes.site: unknown field "websocket"; did you mean "websockets"?`],
  [`{ workload: 'server', port: 'http' }`, `exposes.site: set host, Name that clients ask for.`],
  [
    `{ host: 'site.test.example', workload: 'sever', port: 'http' }`,
    `exposes.site.workload: blog has no workload "sever"; did you mean "server"?`,
  ],
  [
    `{ host: 'site.test.example', workload: 'server', port: 'htp' }`,
    `exposes.site.port: blog has no port "htp"; did you mean "http"?`,
  ],
  [`{ host: 'site.test.example', workload: 'server' }`, `exposes.site: set port, one of http`],
  [`{ host: 'site.test.example', port: 'http' }`, `exposes.site: set workload, which program serves it`],
  [
    `{ ${base}, timeout: { response: 'long' } }`,
    `exposes.site.timeout.response: expected a duration such as 30s or 1m30s, or infinity, found long`,
  ],
  [`{ ${base}, routes: [{ path: 'api' }] }`, `exposes.site.routes[0].path: a path begins with /`],
  [`{ ${base}, routes: [{ path: '/a', exact: '/a' }] }`, `exposes.site.routes[0]: choose one of path and exact`],
  [
    `{ ${base}, routes: [{ exact: '/a', rewrite: '/' }] }`,
    `exposes.site.routes[0].rewrite: it replaces a path, and here is exact`,
  ],
  [
    `{ ${base}, routes: [{ path: '/', workload: 'worker' }] }`,
    `exposes.site.routes[0].workload: blog has no workload "worker"; known: server`,
  ],
  [`{ ${base}, routes: [{ path: '/', jwt: false }] }`, `exposes.site.routes[0].jwt: the host asks for no token`],
  [`{ ${base}, fallback: true }`, `exposes.site.fallback: set contour.fallbackCertificate`],
  [
    `{ ${base}, passthrough: true, routes: [{ path: '/' }] }`,
    `exposes.site.routes: with passthrough Envoy sees no requests`,
  ],
  [
    `{ ${base}, permitInsecure: true }`,
    `exposes.site.permitInsecure: contour.disablePermitInsecure forbids it`,
    '{ disablePermitInsecure: true }',
  ],
  [
    `{ ${base}, fallback: true, clientCertificate: { caSecret: 'ca' } }`,
    `exposes.site.fallback: Contour allows no clientCertificate beside it`,
    `{ fallbackCertificate: { namespace: 'contour', name: 'fallback' } }`,
  ],
];

test('refused, with the way out: wrong descriptions in exposes', async () => {
  const found = await evaluateAll(
    Object.fromEntries(
      wrongExposures.map(([exposure, , settings = '{}']) => [
        exposure,
        problemsOf(cluster(settings, blog(`{ site: ${exposure} }`)), 'blog'),
      ]),
    ),
  );
  for (const [exposure, message] of wrongExposures)
    assert.deepEqual(found[exposure], [`test: components.blog.${message}`], exposure);
});

test('a mistake in what a component exposes fails its own app, not that of Contour', async () => {
  const wrong = [
    `{ host: 'site.test.example', workload: 'sever', port: 'http' }`,
    `{ hots: 'x' }`,
    `'site.test.example'`,
    `{ host: 'site.test.example', workload: 'server', port: 'http', routes: '/' }`,
    `{ host: 'site.test.example', workload: 'server', port: 'http', jwt: { issuer: 'x', jwks: 'nowhere' } }`,
  ].map((exposure) => blog(`{ site: ${exposure} }`));
  assert.match(await evaluateError(app('{}', wrong[0], '{}', 'blog')), /components\.blog\.exposes\.site/);
  const found = await evaluateAll(
    Object.fromEntries(wrong.map((more) => [more, problemsOf(cluster('{}', more), 'blog')])),
  );
  for (const more of wrong) assert.ok(found[more].length > 0, more);
  const lengths = await evaluateAll(Object.fromEntries(wrong.map((more) => [more, `std.length(${app('{}', more)})`])));
  for (const more of wrong) assert.ok(lengths[more] > 10, more);
});

test("a mistake in what is published by Contour's app fails the app of who exposes it", async () => {
  const more = `early: echo { name: 'early', exposes:: { site: { host: 'x.example', workload: 'sever', port: 'http' } } },`;
  const early = `{ components+:: { 'cert-manager'+: { after:: ['early'] } } }`;
  assert.match(await evaluateError(app('{}', more, early, 'early')), /early has no workload "sever"/);
  assert.deepEqual(
    (await evaluate(app('{}', more, early))).filter((m: any) => m.kind === 'HTTPProxy'),
    [],
  );
});

test('a host that two components publish fails both, and each names the other', async () => {
  const other = `news: echo { name: 'news', exposes:: { front: { host: 'site.test.example', workload: 'server', port: 'http' } } },`;
  const twice = `{ site: { ${base} }, again: { ${base} } }`;
  const found = await evaluateAll({
    blog: problemsOf(cluster('{}', `${blog(site)} ${other}`), 'blog'),
    news: problemsOf(cluster('{}', `${blog(site)} ${other}`), 'news'),
    twice: problemsOf(cluster('{}', blog(twice)), 'blog'),
    off: problemsOf(
      cluster('{}', `${blog(site)} ${other.replace("{ name: 'news',", "{ name: 'news', enabled: false,")}`),
      'blog',
    ),
  });
  const conflict = (at: string, component: string, theirs: string) =>
    `exposes.${at}.host: site.test.example is also that of components.${component} (exposes.${theirs}), and Contour serves a host once; give one of them another host`;
  assert.deepEqual(found.blog, [`test: components.blog.${conflict('site', 'news', 'front')}`]);
  assert.deepEqual(found.news, [`test: components.news.${conflict('front', 'blog', 'site')}`]);
  assert.deepEqual(found.twice, [
    `test: components.blog.${conflict('again', 'blog', 'site')}`,
    `test: components.blog.${conflict('site', 'blog', 'again')}`,
  ]);
  assert.deepEqual(found.off, []);
});
