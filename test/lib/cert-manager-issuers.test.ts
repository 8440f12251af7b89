import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchesOf, byDNS, contour, find, leaves, named, withCluster } from './cert-manager-cluster.ts';
import { evaluate, evaluateError } from './evaluate.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare, type Traffic } from './reachability.ts';

const secret = `{ name: 's', key: 'k' }`;
const ref = { name: 's', key: 'k' };

const providers: [settings: string, dns01: object][] = [
  [
    `acmeDNS: { host: 'https://auth.test.example', accountSecretRef: ${secret} }`,
    { acmeDNS: { host: 'https://auth.test.example', accountSecretRef: ref } },
  ],
  [
    `azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', managedIdentity: { clientID: 'c' } }`,
    { azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', managedIdentity: { clientID: 'c' } } },
  ],
  [
    `cloudDNS: { project: 'p', serviceAccountSecretRef: ${secret} }`,
    { cloudDNS: { project: 'p', serviceAccountSecretRef: ref } },
  ],
  [
    `cloudflare: { apiTokenSecretRef: ${secret}, cnameStrategy: 'Follow' }`,
    { cloudflare: { apiTokenSecretRef: ref }, cnameStrategy: 'Follow' },
  ],
  [`digitalocean: { tokenSecretRef: ${secret} }`, { digitalocean: { tokenSecretRef: ref } }],
  [
    `rfc2136: { nameserver: '10.0.0.1:5353', tsigAlgorithm: 'HMACSHA256', tsigKeyName: 'n', tsigSecretSecretRef: ${secret} }`,
    {
      rfc2136: { nameserver: '10.0.0.1:5353', tsigAlgorithm: 'HMACSHA256', tsigKeyName: 'n', tsigSecretSecretRef: ref },
    },
  ],
  [
    `route53: { region: 'eu-west-1', accessKeyIDSecretRef: ${secret}, secretAccessKeySecretRef: { name: 's', key: 'k2' } }`,
    { route53: { region: 'eu-west-1', accessKeyIDSecretRef: ref, secretAccessKeySecretRef: { name: 's', key: 'k2' } } },
  ],
  [
    `webhook: { groupName: 'acme.test.example', solverName: 'x', config: { a: [1] } }`,
    { webhook: { groupName: 'acme.test.example', solverName: 'x', config: { a: [1] } } },
  ],
];

test("every DNS provider becomes a solver of both of Let's Encrypt's issuers, and its Secret is declared", async () => {
  const results = await evaluate(
    `[${providers
      .map(([settings]) =>
        withCluster(
          `{ issuers: cluster.get('cert-manager').resources.issuers, secrets: cluster.secrets }`,
          `acme+: { dns01: { ${settings} } }`,
        ),
      )
      .join(',\n')}]`,
  );
  results.forEach(({ issuers, secrets }: any, i: number) => {
    const [settings, dns01] = providers[i]!;
    assert.deepEqual(
      leaves(issuers).map((m: any) => m.spec.acme),
      ['https://acme-v02.api.letsencrypt.org/directory', 'https://acme-staging-v02.api.letsencrypt.org/directory'].map(
        (server, n) => ({
          email: 'operator@test.example',
          privateKeySecretRef: { name: `letsencrypt-${n === 0 ? 'production' : 'staging'}-account` },
          server,
          solvers: [{ dns01 }],
        }),
      ),
    );
    const keys = [...settings.matchAll(/key: '(\w+)'/g)].map(([, key]) => key);
    assert.deepEqual(
      secrets.flatMap((s: any) => Object.keys(s.keys)),
      keys,
      settings,
    );
    if (keys.length > 0) assert.deepEqual([secrets[0].namespace, secrets[0].name], ['cert-manager', 's']);
  });
});

test('a solver that is a webhook may be called', async () => {
  const manifests = await branchesOf(
    ['access'],
    `acme+: { dns01: { webhook: { groupName: 'acme.test.example', solverName: 'x' } } }`,
  );
  assert.deepEqual(find(manifests, 'ClusterRole', 'cert-manager-dns-webhook').rules, [
    { apiGroups: ['acme.test.example'], resources: ['x'], verbs: ['create'] },
  ]);
});

test('HTTP-01 goes through Contour, beside DNS-01 for its own zones', async () => {
  const manifests = await branchesOf(
    ['issuers'],
    `acme+: { dns01: { digitalocean: { tokenSecretRef: ${secret}, zones: ['a.example'] } }, http01+: { enabled: true } }`,
    `{ registry+: { pullSecrets: ['pull'] } }`,
    contour,
  );
  assert.deepEqual(find(manifests, 'ClusterIssuer', 'letsencrypt-production').spec.acme.solvers, [
    { dns01: { digitalocean: { tokenSecretRef: ref } }, selector: { dnsZones: ['a.example'] } },
    {
      http01: {
        ingress: {
          ingressClassName: 'contour',
          podTemplate: { spec: { imagePullSecrets: [{ name: 'pull' }], priorityClassName: 'infrastructure' } },
          serviceType: 'ClusterIP',
        },
      },
    },
  ]);
});

test('without ACME the cluster signs with an authority of its own', async () => {
  const manifests = await branchesOf(
    ['issuers'],
    'acme+: { enabled: false }',
    `{ certificates+: { issuer: 'self-signed-ca' } }`,
  );
  assert.deepEqual(named(manifests, 'ClusterIssuer'), ['self-signed-ca']);
  const ca = find(manifests, 'Certificate', 'self-signed-ca');
  assert.deepEqual(find(manifests, 'ClusterIssuer', 'self-signed-ca').spec, { ca: { secretName: ca.spec.secretName } });
  assert.equal(ca.spec.isCA, true);
  assert.equal(ca.spec.commonName, 'test CA');
  assert.deepEqual(ca.spec.issuerRef, { group: 'cert-manager.io', kind: 'Issuer', name: 'self-signed-root' });
  assert.deepEqual(find(manifests, 'Issuer', 'self-signed-root').spec, { selfSigned: {} });
});

test('issuers of one’s own stand beside the others, and their Secrets are declared', async () => {
  const { issuers, secrets } = await evaluate(
    withCluster(
      `{ issuers: cluster.get('cert-manager').resources.issuers, secrets: cluster.secrets }`,
      `${byDNS}, issuers: { vault: { vault: { server: 'https://vault.test:8200', path: 'p', auth: { tokenSecretRef: ${secret} } } } }`,
      `{ certificates+: { issuer: 'vault' } }`,
    ),
  );
  assert.deepEqual(named(leaves(issuers), 'ClusterIssuer').sort(), [
    'letsencrypt-production',
    'letsencrypt-staging',
    'vault',
  ]);
  assert.deepEqual(
    secrets.map((s: any) => [s.name, s.keys]),
    [
      ['do', { token: 'digitalocean: API token that may read and write domains.' }],
      ['s', { k: 'issuers.vault.vault.auth.tokenSecretRef' }],
    ],
  );
});

test('certificates for other components: ECDSA with new keys, renewed when a third of their life is left', async () => {
  const { web, tree } = await evaluate(
    withCluster(`
      local cm = cluster.get('cert-manager');
      local asker = cluster.get('metrics-server');
      {
        web: cm.certificate(asker, 'web', ['a.example', 'b.example']),
        tree: cm.privateCA(asker, 'xds', { server: { secretName: 'xds-server', dnsNames: ['contour'], usages: ['server auth'] } }),
      }`),
  );
  assert.deepEqual(web.spec, {
    dnsNames: ['a.example', 'b.example'],
    issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt-production' },
    privateKey: { algorithm: 'ECDSA', rotationPolicy: 'Always', size: 256 },
    renewBeforePercentage: 33,
    secretName: 'web',
  });
  assert.equal(web.metadata.namespace, 'metrics-server');
  // Root signs the CA, the CA signs the leaves; the CA keeps its key, so that leaves outlive its renewal.
  assert.deepEqual(tree.root.spec, { selfSigned: {} });
  assert.equal(tree.ca.spec.issuerRef.name, tree.root.metadata.name);
  assert.equal(tree.ca.spec.isCA, true);
  assert.equal(tree.ca.spec.privateKey.rotationPolicy, 'Never');
  assert.deepEqual(tree.issuer.spec, { ca: { secretName: tree.ca.spec.secretName } });
  assert.equal(tree.leaves.server.spec.issuerRef.name, tree.issuer.metadata.name);
  assert.equal(tree.leaves.server.metadata.name, 'xds-server');
  assert.deepEqual(tree.leaves.server.spec.usages, ['digital signature', 'server auth']);
});

test('an issuer that is not there is refused where it is asked for', async () => {
  assert.equal(
    await evaluateError(
      withCluster(
        `cluster.get('cert-manager').certificate(cluster.get('metrics-server'), 'web', ['a.example'], 'letsencrypt-prodution')`,
      ),
    ),
    'test: metrics-server: there is no ClusterIssuer "letsencrypt-prodution"; did you mean "letsencrypt-production"?',
  );
  assert.equal(
    await evaluateError(
      withCluster(
        `cluster.get('cert-manager').certificate(cluster.get('metrics-server'), 'web', ['a.example'])`,
        byDNS,
        `{ certificates+: { issuer: 'nobody' } }`,
      ),
    ),
    'test: certificates.issuer: there is no ClusterIssuer "nobody"; known: letsencrypt-production, letsencrypt-staging',
  );
});

test('a host that nothing proves to the authority is refused where it is asked for', async () => {
  const ask = (host: string, acme: string, issuer = 'null'): string =>
    withCluster(
      `cluster.get('cert-manager').certificate(cluster.get('metrics-server'), 'web', ['${host}'], ${issuer})`,
      `acme+: { ${acme} }, selfSignedCA+: { enabled: true }`,
    );
  const zoned = `dns01: { digitalocean: { tokenSecretRef: ${secret}, zones: ['a.example'] } }`;
  const http01 = `http01+: { enabled: true, zones: ['b.example'] }`;
  const both = `${zoned}, ${http01}`;
  const sound = [
    ask('a.example', zoned),
    ask('*.x.a.example', zoned),
    ask('x.b.example', both),
    ask('*.b.example', both, `'self-signed-ca'`),
  ];
  assert.equal((await evaluate(`[${sound.join(', ')}]`)).length, 4);
  assert.equal(
    await evaluateError(ask('x.c.example', both)),
    'test: metrics-server: there is no way to prove to letsencrypt-production that x.c.example is ours; add a domain of it to the zones of acme.dns01 or acme.http01 of cert-manager',
  );
  assert.equal(
    await evaluateError(ask('*.b.example', both)),
    'test: metrics-server: there is no way to prove to letsencrypt-production that *.b.example is ours; a wildcard needs acme.dns01 of cert-manager, with zones that cover it',
  );
});

const trafficOf = (settings: string, others = ''): string =>
  withCluster(
    `{ traffic: cluster.traffic, policies: [
      policy
      for component in std.objectValues(cluster.enabled)
      for policy in std.objectValues(component.resources.networkPolicies)
    ] }`,
    settings,
    '{}',
    others,
  );

test('the controller reaches what its issuers need, and no more', async () => {
  const own = `issuers: { 'letsencrypt-production': { selfSigned: {} } }`;
  const cases: [settings: string, reached: string[]][] = [
    [byDNS, ['api-server', 'dns', 'internet 443', 'name-servers 53']],
    [
      `acme+: { dns01: { rfc2136: { nameserver: '10.0.0.1:5353' } }, servers: { home: 'https://ca.home.example:9000/acme' } }, ${own}`,
      ['api-server', 'dns', 'internet 443', 'name-servers 53 5353', 'outside 9000'],
    ],
    [`acme+: { dns01: { route53: {} } }`, ['api-server', 'dns', 'internet 443', 'name-servers 53', 'outside 80']],
    [
      `acme+: { http01+: { enabled: true } }`,
      ['api-server', 'dns', 'envoy http https', 'internet 443', 'outside 80 443'],
    ],
    [`acme+: { enabled: false }, ${own}`, ['api-server', 'dns']],
  ];
  const results = await evaluate(
    `[${cases.map(([settings]) => trafficOf(settings, settings.includes('http01') ? contour : '')).join(',\n')}]`,
  );
  results.forEach(({ traffic, policies }: any, i: number) => {
    const [settings, expected] = cases[i]!;
    const reached = traffic.calls
      .filter((call: any) => call.from.workload === 'controller' && call.from.component === 'cert-manager')
      .map((call: any) => [call.to.peer ?? call.to.workload, ...[call.port ?? []].flat()].join(' '));
    assert.deepEqual(reached.sort(), expected, settings);
    const { refused: closed, undeclared } = compare(traffic as Traffic, policies as NetworkPolicy[]);
    assert.deepEqual([closed, undeclared], [[], []], settings);
  });
});
