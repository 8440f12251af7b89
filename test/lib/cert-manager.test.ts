import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare, type Traffic } from './reachability.ts';

const digitalocean = `{ digitalocean: { tokenSecretRef: { name: 'do', key: 'token' } } }`;
const byDNS = `acme+: { dns01: ${digitalocean} }`;

/** A cluster of cert-manager with these settings, metrics-server, and others where they are asked for. */
const clusterWith = (settings: string, extra = '{}', others = ''): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { ${settings} },
      'metrics-server': import 'metrics-server/main.libsonnet',
      ${others}
    }`,
    `{ email: 'operator@test.example' } + (${extra})`,
  );

const withCluster = (expression: string, settings = byDNS, extra = '{}', others = ''): string =>
  `local cluster = ${clusterWith(settings, extra, others)}; ${expression}`;

const rendered = new Map<string, Promise<any[]>>();

/** What the app cert-manager applies; each variant is evaluated once for all tests. */
const manifestsOf = (settings = byDNS, extra = '{}', others = ''): Promise<any[]> => {
  const code = withCluster(`cluster.manifests('cert-manager')`, settings, extra, others);
  if (!rendered.has(code)) rendered.set(code, evaluate(code));
  return rendered.get(code)!;
};

const leaves = (node: any): any[] => {
  if (node === null || typeof node !== 'object') return [];
  return node.apiVersion === undefined ? Object.values(node).flatMap(leaves) : [node];
};

/** The same of some branches of its resources only, which is quicker. */
const branchesOf = async (branches: string[], settings: string, extra = '{}', others = ''): Promise<any[]> =>
  leaves(
    await evaluate(
      withCluster(`[cluster.get('cert-manager').resources[branch] for branch in ${JSON.stringify(branches)}]`, settings, extra, others),
    ),
  );

const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(' ')}`);
  return found[0];
};

const named = (manifests: any[], kind: string): string[] => manifests.filter((m) => m.kind === kind).map((m) => m.metadata.name);

const configOf = (manifests: any[], name: string): any => JSON.parse(find(manifests, 'ConfigMap', name).data['config.yaml']);

const waveOf = (manifest: any): string | undefined => manifest.metadata.annotations?.['argocd.argoproj.io/sync-wave'];

const haCluster = `{ profile: 'highly-available' }`;
const contour = `contour: (import 'contour/main.libsonnet') { crds:: [] },`;

test('small: one pod of each program, hardened, with the probes and ports of upstream', async () => {
  const manifests = await manifestsOf();
  assert.deepEqual(named(manifests, 'PodDisruptionBudget'), []);
  assert.deepEqual(named(manifests, 'Secret'), []);
  const pods = manifests.filter((m) => ['Deployment', 'Job'].includes(m.kind));
  assert.equal(pods.length, 4);
  for (const { kind, metadata, spec } of pods) {
    assert.deepEqual(gapsOf(spec.template.spec, kind), [], metadata.name);
    if (kind === 'Deployment') assert.equal(spec.replicas, 1);
  }
  const containerOf = (name: string) => find(manifests, 'Deployment', name).spec.template.spec.containers[0];
  const summary = (name: string) => {
    const { image, args, ports, livenessProbe } = containerOf(name);
    return [image, args, ports.map((p: any) => p.containerPort), livenessProbe.httpGet.path];
  };
  const args = ['--config=/config/config.yaml'];
  assert.deepEqual(summary('cert-manager'), ['quay.io/jetstack/cert-manager-controller:v1.21.2', args, [9403, 9402], '/livez']);
  assert.deepEqual(summary('cert-manager-webhook'), ['quay.io/jetstack/cert-manager-webhook:v1.21.2', args, [6080, 10250, 9402], '/livez']);
  assert.deepEqual(summary('cert-manager-cainjector'), ['quay.io/jetstack/cert-manager-cainjector:v1.21.2', args, [9402], '/metrics']);
  assert.equal(containerOf('cert-manager-webhook').readinessProbe.httpGet.path, '/healthz');
});

test('highly-available: 2 controllers, 3 webhooks, 2 cainjectors, drained one at a time and spread', async () => {
  const manifests = await manifestsOf(byDNS, haCluster);
  const deployments = manifests.filter((m) => m.kind === 'Deployment');
  assert.deepEqual(
    Object.fromEntries(deployments.map((m) => [m.metadata.name, m.spec.replicas])),
    { 'cert-manager': 2, 'cert-manager-cainjector': 2, 'cert-manager-webhook': 3 },
  );
  for (const { spec } of deployments) {
    assert.deepEqual(
      spec.template.spec.topologySpreadConstraints.map((c: any) => c.topologyKey),
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
    );
  }
  assert.deepEqual(named(manifests, 'PodDisruptionBudget').sort(), ['cert-manager', 'cert-manager-cainjector', 'cert-manager-webhook']);
});

test('the app cluster applies the six CustomResourceDefinitions, the app cert-manager none', async () => {
  const base = await evaluate(withCluster(`cluster.manifests('cluster')`));
  assert.deepEqual(named(base, 'CustomResourceDefinition'), [
    'certificaterequests.cert-manager.io',
    'certificates.cert-manager.io',
    'challenges.acme.cert-manager.io',
    'clusterissuers.cert-manager.io',
    'issuers.cert-manager.io',
    'orders.acme.cert-manager.io',
  ]);
  assert.deepEqual(named(await manifestsOf(), 'CustomResourceDefinition'), []);
});

test('webhook, startup check and ClusterIssuers come one after the other', async () => {
  const manifests = await branchesOf(
    ['webhook', 'workload', 'issuers', 'access', 'networkPolicies'],
    `${byDNS}, selfSignedCA+: { enabled: true }`,
  );
  assert.equal(waveOf(find(manifests, 'Deployment', 'cert-manager-webhook')), undefined);
  const check = find(manifests, 'Job', 'cert-manager-startup-check');
  assert.deepEqual(check.metadata.annotations, {
    'argocd.argoproj.io/hook': 'Sync',
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    'argocd.argoproj.io/sync-wave': '1',
  });
  const checked = manifests.filter((m) => m.apiVersion === 'cert-manager.io/v1');
  assert.deepEqual(checked.map((m) => `${m.kind}/${m.metadata.name}`).sort(), [
    'Certificate/self-signed-ca',
    'ClusterIssuer/letsencrypt-production',
    'ClusterIssuer/letsencrypt-staging',
    'ClusterIssuer/self-signed-ca',
    'Issuer/self-signed-root',
  ]);
  assert.ok(checked.every((m) => waveOf(m) === '2'));
  // The check calls the API server through a policy and with a role of its own.
  find(manifests, 'NetworkPolicy', 'cert-manager-startup-check');
  const { rules } = find(manifests, 'Role', 'cert-manager-startup-check:create-cert');
  assert.deepEqual(rules, [{ apiGroups: ['cert-manager.io'], resources: ['certificaterequests'], verbs: ['create'] }]);
});

test('the webhook signs its own certificate, and may read and write that Secret only', async () => {
  const manifests = await manifestsOf();
  const { tlsConfig, securePort } = configOf(manifests, 'cert-manager-webhook');
  assert.equal(securePort, 10250);
  assert.equal(tlsConfig.dynamic.secretName, 'cert-manager-webhook-ca');
  assert.ok(tlsConfig.dynamic.dnsNames.includes('cert-manager-webhook.cert-manager.svc'));
  assert.deepEqual(find(manifests, 'Role', 'cert-manager-webhook:dynamic-serving').rules, [
    { apiGroups: [''], resourceNames: ['cert-manager-webhook-ca'], resources: ['secrets'], verbs: ['get', 'list', 'watch', 'update'] },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ]);
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
    const registration = find(manifests, kind, 'cert-manager-webhook');
    assert.equal(registration.metadata.annotations['cert-manager.io/inject-ca-from-secret'], 'cert-manager/cert-manager-webhook-ca');
    assert.equal(registration.webhooks[0].failurePolicy, 'Fail');
  }
  const [validating] = find(manifests, 'ValidatingWebhookConfiguration', 'cert-manager-webhook').webhooks;
  assert.deepEqual(validating.namespaceSelector.matchExpressions, [
    { key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] },
  ]);
});

test('what cainjector writes is no difference to Argo CD', async () => {
  const ignored = await evaluate(withCluster(`cluster.get('cert-manager').ignoreDifferences`));
  assert.deepEqual(
    ignored.map((i: any) => [i.kind, i.jqPathExpressions]),
    ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => [kind, ['.webhooks[]?.clientConfig.caBundle']]),
  );
});

test('the roles are the 13 of upstream, all else is in its own namespace', async () => {
  const manifests = await manifestsOf();
  assert.deepEqual(named(manifests, 'ClusterRole').sort(), [
    'cert-manager-cainjector',
    'cert-manager-cluster-view',
    'cert-manager-controller-approve:cert-manager-io',
    'cert-manager-controller-certificates',
    'cert-manager-controller-certificatesigningrequests',
    'cert-manager-controller-challenges',
    'cert-manager-controller-clusterissuers',
    'cert-manager-controller-ingress-shim',
    'cert-manager-controller-issuers',
    'cert-manager-controller-orders',
    'cert-manager-edit',
    'cert-manager-view',
    'cert-manager-webhook:subjectaccessreviews',
  ]);
  const namespaces = new Set(manifests.map((m) => m.metadata.namespace));
  assert.deepEqual([...namespaces].filter((n) => n !== undefined), ['cert-manager']);
  const edit = find(manifests, 'ClusterRole', 'cert-manager-edit');
  const acme = edit.rules.filter((r: any) => r.apiGroups[0] === 'acme.cert-manager.io').flatMap((r: any) => r.verbs);
  assert.ok(!acme.includes('create'), 'a Challenge made by hand reads the credentials of a ClusterIssuer');
  for (const role of ['edit', 'admin']) assert.equal(edit.metadata.labels[`rbac.authorization.k8s.io/aggregate-to-${role}`], 'true');
});

test('leases are its own, signers are approved as the settings say', async () => {
  const manifests = await branchesOf(['config', 'access'], `${byDNS}, approves: ['clusterissuers.cert-manager.io/letsencrypt-production']`);
  for (const name of ['cert-manager', 'cert-manager-cainjector']) {
    assert.deepEqual(configOf(manifests, name).leaderElectionConfig, { namespace: 'cert-manager' });
    assert.equal(find(manifests, 'Role', `${name}:leaderelection`).metadata.namespace, 'cert-manager');
  }
  assert.equal(configOf(manifests, 'cert-manager').clusterResourceNamespace, 'cert-manager');
  assert.deepEqual(find(manifests, 'ClusterRole', 'cert-manager-controller-approve:cert-manager-io').rules[0].resourceNames, [
    'clusterissuers.cert-manager.io/letsencrypt-production',
  ]);

  const left = await branchesOf(['config', 'access'], `${byDNS}, approves: []`);
  assert.deepEqual(configOf(left, 'cert-manager').controllers, ['*', '-certificaterequests-approver']);
  assert.ok(!named(left, 'ClusterRole').includes('cert-manager-controller-approve:cert-manager-io'));
});

test('the configuration files carry the settings, each gate to the programs that know it', async () => {
  const manifests = await branchesOf(['config', 'workload'], `
    acme+: { dns01: ${digitalocean}, recursiveNameservers: ['1.1.1.1:53', 'https://1.1.1.1/dns-query'], recursiveNameserversOnly: true },
    gatewayAPI+: { enabled: true, listenerSets: true },
    featureGates: { NameConstraints: false, ServerSideApply: true },
    deleteSecrets: true,
    config+:: { controller+: { maxConcurrentChallenges: 20 } }`);
  const controller = configOf(manifests, 'cert-manager');
  assert.deepEqual(controller.acmeDNS01Config, {
    recursiveNameservers: ['1.1.1.1:53', 'https://1.1.1.1/dns-query'],
    recursiveNameserversOnly: true,
  });
  assert.deepEqual(controller.gatewayAPI, { enabled: true, enableListenerSet: true });
  assert.deepEqual(controller.featureGates, { ListenerSets: true, NameConstraints: false, ServerSideApply: true });
  assert.equal(controller.enableCertificateOwnerRef, true);
  assert.equal(controller.maxConcurrentChallenges, 20);
  assert.deepEqual(controller.ingressShimConfig, { defaultIssuerKind: 'ClusterIssuer', defaultIssuerName: 'letsencrypt-production' });
  assert.equal(controller.acmeHTTP01Config.solverImage, 'quay.io/jetstack/cert-manager-acmesolver:v1.21.2');
  assert.deepEqual(configOf(manifests, 'cert-manager-webhook').featureGates, { NameConstraints: false });
  assert.deepEqual(configOf(manifests, 'cert-manager-cainjector').featureGates, {});

  const plain = await manifestsOf();
  assert.deepEqual(configOf(plain, 'cert-manager').gatewayAPI, { enabled: false, enableListenerSet: false });
  const hash = (list: any[]) => find(list, 'Deployment', 'cert-manager').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hash(plain), hash(manifests));
});

const secret = `{ name: 's', key: 'k' }`;
const ref = { name: 's', key: 'k' };

const providers: [settings: string, dns01: object][] = [
  [`acmeDNS: { host: 'https://auth.test.example', accountSecretRef: ${secret} }`, { acmeDNS: { host: 'https://auth.test.example', accountSecretRef: ref } }],
  [`azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', managedIdentity: { clientID: 'c' } }`, { azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', managedIdentity: { clientID: 'c' } } }],
  [`cloudDNS: { project: 'p', serviceAccountSecretRef: ${secret} }`, { cloudDNS: { project: 'p', serviceAccountSecretRef: ref } }],
  [`cloudflare: { apiTokenSecretRef: ${secret}, cnameStrategy: 'Follow' }`, { cloudflare: { apiTokenSecretRef: ref }, cnameStrategy: 'Follow' }],
  [`digitalocean: { tokenSecretRef: ${secret} }`, { digitalocean: { tokenSecretRef: ref } }],
  [`rfc2136: { nameserver: '10.0.0.1:5353', tsigAlgorithm: 'HMACSHA256', tsigKeyName: 'n', tsigSecretSecretRef: ${secret} }`, { rfc2136: { nameserver: '10.0.0.1:5353', tsigAlgorithm: 'HMACSHA256', tsigKeyName: 'n', tsigSecretSecretRef: ref } }],
  [`route53: { region: 'eu-west-1', accessKeyIDSecretRef: ${secret}, secretAccessKeySecretRef: { name: 's', key: 'k2' } }`, { route53: { region: 'eu-west-1', accessKeyIDSecretRef: ref, secretAccessKeySecretRef: { name: 's', key: 'k2' } } }],
  [`webhook: { groupName: 'acme.test.example', solverName: 'x', config: { a: [1] } }`, { webhook: { groupName: 'acme.test.example', solverName: 'x', config: { a: [1] } } }],
];

test("every DNS provider becomes a solver of both of Let's Encrypt's issuers, and its Secret is declared", async () => {
  const results = await evaluate(`[${providers
    .map(([settings]) => withCluster(
      `{ issuers: cluster.get('cert-manager').resources.issuers, secrets: cluster.secrets }`,
      `acme+: { dns01: { ${settings} } }`,
    ))
    .join(',\n')}]`);
  results.forEach(({ issuers, secrets }: any, i: number) => {
    const [settings, dns01] = providers[i]!;
    assert.deepEqual(
      leaves(issuers).map((m: any) => m.spec.acme),
      ['https://acme-v02.api.letsencrypt.org/directory', 'https://acme-staging-v02.api.letsencrypt.org/directory'].map((server, n) => ({
        email: 'operator@test.example',
        privateKeySecretRef: { name: `letsencrypt-${n === 0 ? 'production' : 'staging'}-account` },
        server,
        solvers: [{ dns01 }],
      })),
    );
    const keys = [...settings.matchAll(/key: '(\w+)'/g)].map(([, key]) => key);
    assert.deepEqual(secrets.flatMap((s: any) => Object.keys(s.keys)), keys, settings);
    if (keys.length > 0) assert.deepEqual([secrets[0].namespace, secrets[0].name], ['cert-manager', 's']);
  });
});

test('a solver that is a webhook may be called', async () => {
  const manifests = await branchesOf(['access'], `acme+: { dns01: { webhook: { groupName: 'acme.test.example', solverName: 'x' } } }`);
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
  const manifests = await branchesOf(['issuers'], 'acme+: { enabled: false }', `{ certificates+: { issuer: 'self-signed-ca' } }`);
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
  assert.deepEqual(named(leaves(issuers), 'ClusterIssuer').sort(), ['letsencrypt-production', 'letsencrypt-staging', 'vault']);
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
    await evaluateError(withCluster(`cluster.get('cert-manager').certificate(cluster.get('metrics-server'), 'web', ['a.example'], 'letsencrypt-prodution')`)),
    'test: metrics-server: there is no ClusterIssuer "letsencrypt-prodution"; did you mean "letsencrypt-production"?',
  );
  assert.equal(
    await evaluateError(withCluster(`cluster.get('cert-manager').certificate(cluster.get('metrics-server'), 'web', ['a.example'])`, byDNS, `{ certificates+: { issuer: 'nobody' } }`)),
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
  const sound = [ask('a.example', zoned), ask('*.x.a.example', zoned), ask('x.b.example', both), ask('*.b.example', both, `'self-signed-ca'`)];
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

const refused: [mistake: string, settings: string, messages: string[], extra?: string][] = [
  ['unknown provider', `acme+: { dns01: { digitalozean: {} } }`, [`acme.dns01: unknown field "digitalozean"; did you mean "digitalocean"?`]],
  ['unknown field of a provider', `acme+: { dns01: { digitalocean: { tokenSecret: ${secret} } } }`, [`acme.dns01.digitalocean: unknown field "tokenSecret"; did you mean "tokenSecretRef"?`, `acme.dns01.digitalocean: set tokenSecretRef, API token that may read and write domains.`]],
  ['a value where a Secret belongs', `acme+: { dns01: { digitalocean: { tokenSecretRef: 'dop_v1_abc' } } }`, [`acme.dns01.digitalocean.tokenSecretRef: expected an object, found dop_v1_abc`]],
  ['no way to prove a domain', ``, [`acme: there is no way to prove a domain; set acme.dns01.<provider> or acme.http01.enabled, or turn acme.enabled off`]],
  ['settings replaced', `acme: { dns01: ${digitalocean} }`, [`acme: this replaces all its settings; write acme+: { … } to set some of them`]],
  ['two providers for everything', `acme+: { dns01: ${digitalocean} { cloudflare: { apiTokenSecretRef: ${secret} } } }`, [`acme.dns01: acme.dns01.cloudflare and acme.dns01.digitalocean each claim every domain, so only the first would be used; set their zones`]],
  ['cloudflare without credentials', `acme+: { dns01: { cloudflare: {} } }`, [`acme.dns01.cloudflare: set apiTokenSecretRef, or else apiKeySecretRef with email`]],
  ['cloudflare key without account', `acme+: { dns01: { cloudflare: { apiKeySecretRef: ${secret} } } }`, [`acme.dns01.cloudflare: set email, the account of apiKeySecretRef`]],
  ['half a service principal', `acme+: { dns01: { azureDNS: { subscriptionID: 'i', resourceGroupName: 'g', clientID: 'c' } } }`, [`acme.dns01.azureDNS: set clientID, clientSecretSecretRef and tenantID together and without managedIdentity, or none of them`]],
  ['half a TSIG key', `acme+: { dns01: { rfc2136: { nameserver: 'ns.test', tsigKeyName: 'n' } } }`, [`acme.dns01.rfc2136: set tsigKeyName and tsigSecretSecretRef together`]],
  ['half an access key', `acme+: { dns01: { route53: { accessKeyIDSecretRef: ${secret} } } }`, [`acme.dns01.route53: set accessKeyIDSecretRef and secretAccessKeySecretRef together`]],
  ['HTTP-01 without Contour', `acme+: { http01+: { enabled: true } }`, [`acme.http01: contour is off; set acme.http01.ingressClassName, or turn acme.http01.enabled off`]],
  ['name server without port', `acme+: { dns01: ${digitalocean}, recursiveNameservers: ['1.1.1.1'] }`, [`acme.recursiveNameservers: "1.1.1.1" is neither address:port nor https://…`]],
  ['only which name servers', `acme+: { dns01: ${digitalocean}, recursiveNameserversOnly: true }`, [`acme.recursiveNameserversOnly: set acme.recursiveNameservers, which to ask`]],
  ['two kinds of issuer in one', `${byDNS}, issuers: { x: { ca: {}, selfSigned: {} } }`, [`issuers.x: expected exactly one kind of issuer, found ca, selfSigned`]],
  ['an issuer twice', `${byDNS}, issuers: { 'letsencrypt-staging': { selfSigned: {} } }`, [`issuers.letsencrypt-staging: there is a ClusterIssuer of this name already`]],
  ['ListenerSets without Gateways', `${byDNS}, gatewayAPI+: { listenerSets: true }`, [`gatewayAPI.listenerSets: set gatewayAPI.enabled, too`]],
  ['misspelt feature gate', `${byDNS}, featureGates: { ServerSideAply: true }`, [`featureGates: unknown key "ServerSideAply"; did you mean "ServerSideApply"?`]],
  ['the cluster asks for another issuer', byDNS, [`issuers: certificates.issuer of the cluster is "letsencrypt-prod", and there is no such ClusterIssuer; known: letsencrypt-production, letsencrypt-staging`], `{ certificates+: { issuer: 'letsencrypt-prod' } }`],
];

const problemsOf = (settings: string, extra = '{}', others = ''): string =>
  withCluster(`(import 'cluster/problems.libsonnet').ofComponent(cluster, cluster.get('cert-manager'))`, settings, extra, others);

test('mistakes are refused with their place and a way out', async () => {
  const found = await evaluate(`[${refused.map(([, settings, , extra]) => problemsOf(settings, extra)).join(',\n')}]`);
  refused.forEach(([mistake, , messages], i) =>
    assert.deepEqual(found[i], messages.map((message) => `test: components.cert-manager.${message}`), mistake),
  );
  assert.equal(
    await evaluateError(withCluster(`cluster.manifests('cert-manager')`, '')),
    `test: components.cert-manager.${refused.find(([mistake]) => mistake === 'no way to prove a domain')![2][0]}`,
  );
});

test('a wrong setting fails the app cert-manager alone', async () => {
  const wrong = [`acme: {}`, `acme: 'yes'`, `acme+: { dns01: 'digitalocean' }`, `acme+: { enabled: 'yes' }`, `acme+: { servers: 'x' }`, `issuers: []`];
  const program = (settings: string): string =>
    `{ problems: ${problemsOf(settings)}, others: ${withCluster(`std.length(cluster.manifests('metrics-server'))`, settings)} }`;
  const results = await evaluate(`[${wrong.map(program).join(',\n')}]`);
  results.forEach(({ problems, others }: any, i: number) => {
    assert.match(problems[0], /^test: components\.cert-manager\.(acme|issuers)/, wrong[i]);
    assert.ok(others > 5, wrong[i]);
  });
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
    [`acme+: { http01+: { enabled: true } }`, ['api-server', 'dns', 'envoy http https', 'internet 443', 'outside 80 443']],
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

test('the examples of the README are sound settings', async () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../lib/cert-manager/README.md'), 'utf8');
  const examples = [...readme.matchAll(/```jsonnet settings\n(.*?)```/gs)].map(([, code]) => code!);
  assert.ok(examples.length >= 3);
  const results = await evaluate(
    `[${examples.map((code) => problemsOf(`${byDNS} } + ${code.trim()} + {`, '{}', contour)).join(',\n')}]`,
  );
  assert.deepEqual(results, examples.map(() => []));
});
