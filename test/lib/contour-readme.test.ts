import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { app, argsOf, cluster, find, lib, problemsOf, site, valid } from './contour-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';

test('two instances live side by side: no identity twice, one set of definitions, one default class', async () => {
  const { apps, base } = await evaluate(`
    local c = ${cluster('{}', `'contour-internal': (import 'contour/main.libsonnet') { name: 'contour-internal' },`)};
    {
      apps: c.manifests('contour') + c.manifests('contour-internal'),
      base: [m { spec:: null, group: m.spec.group } for m in c.manifests('cluster') if m.kind == 'CustomResourceDefinition'],
    }
  `);
  const identity = (m: any) => `${m.apiVersion} ${m.kind} ${m.metadata.namespace ?? ''}/${m.metadata.name}`;
  for (const manifests of [apps, base]) {
    const all = manifests.map(identity);
    assert.deepEqual(
      all.filter((id: string, i: number) => all.indexOf(id) !== i),
      [],
    );
  }
  assert.equal(base.filter((m: any) => m.group === 'projectcontour.io').length, 5);
  assert.equal(apps.filter((m: any) => m.kind === 'IngressClass' && m.metadata.annotations !== undefined).length, 1);
  const inner = find(apps, 'Deployment', 'contour-internal');
  assert.ok(argsOf(inner, 'contour').includes('--ingress-class-name=contour-internal'));
  assert.ok(argsOf(inner, 'contour').includes('--leader-election-resource-name=contour-internal'));
});

// ---- the examples of README.md ----

const readme = readFileSync(path.join(lib, 'contour/README.md'), 'utf8');
const examples = [...readme.matchAll(/```jsonnet exposes\n([\s\S]*?)```/g)].map((match) => match[1]!);

const specs: any[] = await (async () => {
  const more = (example: string) =>
    `blog: echo { name: 'blog', workloads+:: { server+: { ports+: { https: 8443 } } }, exposes:: ${example} },`;
  const manifests = await evaluateAll(
    Object.fromEntries(examples.map((example, i) => [i, app('{}', more(example), '{}', 'blog')])),
  );
  const proxies = examples.map((_, i) => manifests[i].find((m: any) => m.kind === 'HTTPProxy'));
  valid(proxies);
  return proxies.map((proxy) => proxy.spec);
})();

test('README.md has examples, and each gives an HTTPProxy by the schema of its CustomResourceDefinition', () => {
  assert.equal(specs.length, 5);
});

test('README: routes inherit from the host, and may rewrite, retry, redirect and answer', () => {
  const { routes } = specs[1];
  const services = [{ name: 'blog', port: 8080 }];
  assert.deepEqual(routes, [
    { conditions: [{ prefix: '/' }], services, timeoutPolicy: { response: '30s' } },
    {
      conditions: [{ prefix: '/api' }],
      services,
      timeoutPolicy: { response: '30s' },
      pathRewritePolicy: { replacePrefix: [{ prefix: '/api', replacement: '/' }] },
      retryPolicy: { count: 2, perTryTimeout: '5s', retryOn: ['gateway-error', 'connect-failure'] },
    },
    {
      conditions: [{ prefix: '/live' }],
      services,
      enableWebsockets: true,
      timeoutPolicy: { response: 'infinity', idle: '1h' },
    },
    {
      conditions: [{ prefix: '/downloads' }],
      services,
      timeoutPolicy: { response: 'infinity' },
      rateLimitPolicy: { local: { requests: 10, unit: 'minute' } },
    },
    {
      conditions: [{ exact: '/old' }],
      requestRedirectPolicy: { path: '/new', statusCode: 301 },
      timeoutPolicy: { response: '30s' },
    },
    {
      conditions: [{ exact: '/robots.txt' }],
      directResponsePolicy: { statusCode: 200, body: 'User-agent: *\nDisallow: /\n' },
      timeoutPolicy: { response: '30s' },
    },
  ]);
});

test('README: gRPC by a header, and a checked certificate of the workload', () => {
  const { routes } = specs[2];
  assert.deepEqual(routes[1], {
    conditions: [{ prefix: '/' }, { header: { name: 'content-type', contains: 'application/grpc' } }],
    services: [{ name: 'blog', port: 8080, protocol: 'h2c' }],
  });
  assert.deepEqual(routes[2].services, [
    {
      name: 'blog',
      port: 8443,
      protocol: 'h2',
      validation: { caSecret: 'server-tls', subjectName: 'server.blog.svc' },
    },
  ]);
});

test('README: CORS, tokens, headers and addresses', () => {
  const { virtualhost, routes } = specs[3];
  assert.deepEqual(virtualhost.corsPolicy.allowOrigin, ['https://app.example.org']);
  assert.deepEqual(virtualhost.jwtProviders, [
    {
      name: 'jwt',
      default: true,
      issuer: 'https://id.example.org',
      audiences: ['api'],
      remoteJWKS: { uri: 'https://id.example.org/keys' },
    },
  ]);
  assert.deepEqual(routes[0].responseHeadersPolicy, {
    set: [{ name: 'Strict-Transport-Security', value: 'max-age=31536000' }],
    remove: ['Server'],
  });
  assert.deepEqual(routes[1].jwtVerificationPolicy, { disabled: true });
  assert.deepEqual(routes[1].ipAllowPolicy, [{ source: 'Remote', cidr: '10.0.0.0/8' }]);
});

test('README: a patch reaches what there is no word for', () => {
  const { virtualhost } = specs[4];
  assert.deepEqual(virtualhost.rateLimitPolicy, { local: { requests: 100, unit: 'second' } });
  assert.equal(virtualhost.fqdn, 'blog.example.org');
});

test('a component may build an HTTPProxy by itself', async () => {
  const manifests = await evaluate(
    app(
      '{}',
      `blog: echo {
        local this = self, name: 'blog',
        calls:: [{ from: { component: 'contour', workload: 'envoy' }, to: 'server', port: 'http' }],
        resources+:: { site: (import 'contour/proxy.libsonnet').httpProxy(this, 'site', ${site}.site, secretName='site-tls') },
      },`,
      '{}',
      'blog',
    ),
  );
  assert.equal(find(manifests, 'HTTPProxy', 'blog-site').spec.virtualhost.tls.secretName, 'site-tls');
  const { ingress } = find(manifests, 'NetworkPolicy', 'blog').spec;
  assert.equal(ingress[0].from[0].podSelector.matchLabels['app.kubernetes.io/name'], 'contour-envoy');
});

test('README: the patch of Envoy and the second instance hold', async () => {
  const [patch, second] = [...readme.matchAll(/```jsonnet\n([\s\S]*?)```/g)].map((match) =>
    cluster('{}', '', `{ ${match[1]!.replace('components+:', 'components+::')} }`),
  );
  const { envoy, problems, inner } = await evaluateAll({
    envoy: `(${patch}).manifests('contour')`,
    problems: problemsOf(second!, 'contour-internal'),
    inner: `(${second}).manifests('contour-internal')`,
  });
  const { nodeSelector, tolerations } = find(envoy, 'DaemonSet', 'contour-envoy').spec.template.spec;
  assert.deepEqual(nodeSelector, { 'ingress-ready': 'true', 'kubernetes.io/os': 'linux' });
  assert.equal(tolerations.length, 1);
  assert.deepEqual(problems, []);
  const service = find(inner, 'Service', 'contour-internal-envoy');
  assert.deepEqual(Object.values(service.metadata.annotations), ['true']);
});
