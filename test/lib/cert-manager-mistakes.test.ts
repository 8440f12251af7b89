import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { byDNS, contour, digitalocean, withCluster } from './cert-manager-cluster.ts';
import { evaluate, evaluateError } from './evaluate.ts';

const secret = `{ name: 's', key: 'k' }`;

const refused: [mistake: string, settings: string, messages: string[], extra?: string][] = [
  [
    'unknown provider',
    `acme+: { dns01: { digitalozean: {} } }`,
    [`acme.dns01: unknown field "digitalozean"; did you mean "digitalocean"?`],
  ],
  [
    'unknown field of a provider',
    `acme+: { dns01: { digitalocean: { tokenSecret: ${secret} } } }`,
    [
      `acme.dns01.digitalocean: unknown field "tokenSecret"; did you mean "tokenSecretRef"?`,
      `acme.dns01.digitalocean: set tokenSecretRef, API token that may read and write domains.`,
    ],
  ],
  [
    'a value where a Secret belongs',
    `acme+: { dns01: { digitalocean: { tokenSecretRef: 'dop_v1_abc' } } }`,
    [`acme.dns01.digitalocean.tokenSecretRef: expected an object, found dop_v1_abc`],
  ],
  [
    'no way to prove a domain',
    ``,
    [
      `acme: there is no way to prove a domain; set acme.dns01.<provider> or acme.http01.enabled, or turn acme.enabled off`,
    ],
  ],
  [
    'settings replaced',
    `acme: { dns01: ${digitalocean} }`,
    [`acme: this replaces all its settings; write acme+: { … } to set some of them`],
  ],
  [
    'two providers for everything',
    `acme+: { dns01: ${digitalocean} { cloudflare: { apiTokenSecretRef: ${secret} } } }`,
    [
      `acme.dns01: acme.dns01.cloudflare and acme.dns01.digitalocean each claim every domain, so only the first would be used; set their zones`,
    ],
  ],
  [
    'cloudflare without credentials',
    `acme+: { dns01: { cloudflare: {} } }`,
    [`acme.dns01.cloudflare: set apiTokenSecretRef, or else apiKeySecretRef with email`],
  ],
  [
    'cloudflare key without account',
    `acme+: { dns01: { cloudflare: { apiKeySecretRef: ${secret} } } }`,
    [`acme.dns01.cloudflare: set email, the account of apiKeySecretRef`],
  ],
  [
    'half a service principal',
    `acme+: { dns01: { azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', clientID: 'c' } } }`,
    [
      `acme.dns01.azureDNS: set clientID, clientSecretSecretRef and tenantID together and without managedIdentity, or none of them`,
    ],
  ],
  [
    'half a TSIG key',
    `acme+: { dns01: { rfc2136: { nameserver: 'ns.test', tsigKeyName: 'n' } } }`,
    [`acme.dns01.rfc2136: set tsigKeyName and tsigSecretSecretRef together`],
  ],
  [
    'half an access key',
    `acme+: { dns01: { route53: { accessKeyIDSecretRef: ${secret} } } }`,
    [`acme.dns01.route53: set accessKeyIDSecretRef and secretAccessKeySecretRef together`],
  ],
  [
    'HTTP-01 without Contour',
    `acme+: { http01+: { enabled: true } }`,
    [`acme.http01: contour is off; set acme.http01.ingressClassName, or turn acme.http01.enabled off`],
  ],
  [
    'name server without port',
    `acme+: { dns01: ${digitalocean}, recursiveNameservers: ['1.1.1.1'] }`,
    [`acme.recursiveNameservers: "1.1.1.1" is neither address:port nor https://…`],
  ],
  [
    'only which name servers',
    `acme+: { dns01: ${digitalocean}, recursiveNameserversOnly: true }`,
    [`acme.recursiveNameserversOnly: set acme.recursiveNameservers, which to ask`],
  ],
  [
    'two kinds of issuer in one',
    `${byDNS}, issuers: { x: { ca: {}, selfSigned: {} } }`,
    [`issuers.x: expected exactly one kind of issuer, found ca, selfSigned`],
  ],
  [
    'an issuer twice',
    `${byDNS}, issuers: { 'letsencrypt-staging': { selfSigned: {} } }`,
    [`issuers.letsencrypt-staging: there is a ClusterIssuer of this name already`],
  ],
  [
    'ListenerSets without Gateways',
    `${byDNS}, gatewayAPI+: { listenerSets: true }`,
    [`gatewayAPI.listenerSets: set gatewayAPI.enabled, too`],
  ],
  [
    'misspelt feature gate',
    `${byDNS}, featureGates: { ServerSideAply: true }`,
    [`featureGates: unknown key "ServerSideAply"; did you mean "ServerSideApply"?`],
  ],
  [
    'the cluster asks for another issuer',
    byDNS,
    [
      `issuers: certificates.issuer of the cluster is "letsencrypt-prod", and there is no such ClusterIssuer; known: letsencrypt-production, letsencrypt-staging`,
    ],
    `{ certificates+: { issuer: 'letsencrypt-prod' } }`,
  ],
];

const problemsOf = (settings: string, extra = '{}', others = ''): string =>
  withCluster(
    `(import 'cluster/problems.libsonnet').ofComponent(cluster, cluster.get('cert-manager'))`,
    settings,
    extra,
    others,
  );

test('mistakes are refused with their place and a way out', async () => {
  const found = await evaluate(`[${refused.map(([, settings, , extra]) => problemsOf(settings, extra)).join(',\n')}]`);
  refused.forEach(([mistake, , messages], i) =>
    assert.deepEqual(
      found[i],
      messages.map((message) => `test: components.cert-manager.${message}`),
      mistake,
    ),
  );
  assert.equal(
    await evaluateError(withCluster(`cluster.manifests('cert-manager')`, '')),
    `test: components.cert-manager.${refused.find(([mistake]) => mistake === 'no way to prove a domain')![2][0]}`,
  );
});

test('a wrong setting fails the app cert-manager alone', async () => {
  const wrong = [
    `acme: {}`,
    `acme: 'yes'`,
    `acme+: { dns01: 'digitalocean' }`,
    `acme+: { enabled: 'yes' }`,
    `acme+: { servers: 'x' }`,
    `issuers: []`,
  ];
  const program = (settings: string): string =>
    `{ problems: ${problemsOf(settings)}, others: ${withCluster(`std.length(cluster.manifests('metrics-server'))`, settings)} }`;
  const results = await evaluate(`[${wrong.map(program).join(',\n')}]`);
  results.forEach(({ problems, others }: any, i: number) => {
    assert.match(problems[0], /^test: components\.cert-manager\.(acme|issuers)/, wrong[i]);
    assert.ok(others > 5, wrong[i]);
  });
});

test('the examples of the README are sound settings', async () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../lib/cert-manager/README.md'), 'utf8');
  const examples = [...readme.matchAll(/```jsonnet settings\n(.*?)```/gs)].map(([, code]) => code!);
  assert.ok(examples.length >= 3);
  const results = await evaluate(
    `[${examples.map((code) => problemsOf(`${byDNS} } + ${code.trim()} + {`, '{}', contour)).join(',\n')}]`,
  );
  assert.deepEqual(
    results,
    examples.map(() => []),
  );
});
