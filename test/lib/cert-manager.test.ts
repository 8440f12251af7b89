import assert from 'node:assert/strict';
import { test } from 'node:test';
import { branchesOf, byDNS, digitalocean, find, manifestsOf, named, withCluster } from './cert-manager-cluster.ts';
import { evaluate } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

const configOf = (manifests: any[], name: string): any =>
  JSON.parse(find(manifests, 'ConfigMap', name).data['config.yaml']);

const waveOf = (manifest: any): string | undefined => manifest.metadata.annotations?.['argocd.argoproj.io/sync-wave'];

const haCluster = `{ profile: 'highly-available' }`;

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
  assert.deepEqual(summary('cert-manager'), [
    'quay.io/jetstack/cert-manager-controller:v1.21.2',
    args,
    [9403, 9402],
    '/livez',
  ]);
  assert.deepEqual(summary('cert-manager-webhook'), [
    'quay.io/jetstack/cert-manager-webhook:v1.21.2',
    args,
    [6080, 10250, 9402],
    '/livez',
  ]);
  assert.deepEqual(summary('cert-manager-cainjector'), [
    'quay.io/jetstack/cert-manager-cainjector:v1.21.2',
    args,
    [9402],
    '/metrics',
  ]);
  assert.equal(containerOf('cert-manager-webhook').readinessProbe.httpGet.path, '/healthz');
});

test('highly-available: 2 controllers, 3 webhooks, 2 cainjectors, drained one at a time and spread', async () => {
  const manifests = await manifestsOf(byDNS, haCluster);
  const deployments = manifests.filter((m) => m.kind === 'Deployment');
  assert.deepEqual(Object.fromEntries(deployments.map((m) => [m.metadata.name, m.spec.replicas])), {
    'cert-manager': 2,
    'cert-manager-cainjector': 2,
    'cert-manager-webhook': 3,
  });
  for (const { spec } of deployments) {
    assert.deepEqual(
      spec.template.spec.topologySpreadConstraints.map((c: any) => c.topologyKey),
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'],
    );
  }
  assert.deepEqual(named(manifests, 'PodDisruptionBudget').sort(), [
    'cert-manager',
    'cert-manager-cainjector',
    'cert-manager-webhook',
  ]);
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
  // What the later waves wait for comes to an end soon, so that a commit can mend it.
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment');
  assert.equal(deployments.length, 3);
  for (const { spec } of deployments) assert.ok(spec.progressDeadlineSeconds <= 180);
  assert.ok(check.spec.activeDeadlineSeconds <= 120);
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
    {
      apiGroups: [''],
      resourceNames: ['cert-manager-webhook-ca'],
      resources: ['secrets'],
      verbs: ['get', 'list', 'watch', 'update'],
    },
    { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
  ]);
  for (const kind of ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']) {
    const registration = find(manifests, kind, 'cert-manager-webhook');
    assert.equal(
      registration.metadata.annotations['cert-manager.io/inject-ca-from-secret'],
      'cert-manager/cert-manager-webhook-ca',
    );
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
    ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'].map((kind) => [
      kind,
      ['.webhooks[]?.clientConfig.caBundle'],
    ]),
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
  assert.deepEqual(
    [...namespaces].filter((n) => n !== undefined),
    ['cert-manager'],
  );
  const edit = find(manifests, 'ClusterRole', 'cert-manager-edit');
  const acme = edit.rules.filter((r: any) => r.apiGroups[0] === 'acme.cert-manager.io').flatMap((r: any) => r.verbs);
  assert.ok(!acme.includes('create'), 'a Challenge made by hand reads the credentials of a ClusterIssuer');
  for (const role of ['edit', 'admin'])
    assert.equal(edit.metadata.labels[`rbac.authorization.k8s.io/aggregate-to-${role}`], 'true');
});

test('leases are its own, signers are approved as the settings say', async () => {
  const manifests = await branchesOf(
    ['config', 'access'],
    `${byDNS}, approves: ['clusterissuers.cert-manager.io/letsencrypt-production']`,
  );
  for (const name of ['cert-manager', 'cert-manager-cainjector']) {
    assert.deepEqual(configOf(manifests, name).leaderElectionConfig, { namespace: 'cert-manager' });
    assert.equal(find(manifests, 'Role', `${name}:leaderelection`).metadata.namespace, 'cert-manager');
  }
  assert.equal(configOf(manifests, 'cert-manager').clusterResourceNamespace, 'cert-manager');
  assert.deepEqual(
    find(manifests, 'ClusterRole', 'cert-manager-controller-approve:cert-manager-io').rules[0].resourceNames,
    ['clusterissuers.cert-manager.io/letsencrypt-production'],
  );

  const left = await branchesOf(['config', 'access'], `${byDNS}, approves: []`);
  assert.deepEqual(configOf(left, 'cert-manager').controllers, ['*', '-certificaterequests-approver']);
  assert.ok(!named(left, 'ClusterRole').includes('cert-manager-controller-approve:cert-manager-io'));
});

test('the configuration files carry the settings, each gate to the programs that know it', async () => {
  const manifests = await branchesOf(
    ['config', 'workload'],
    `
    acme+: { dns01: ${digitalocean}, recursiveNameservers: ['1.1.1.1:53', 'https://1.1.1.1/dns-query'], recursiveNameserversOnly: true },
    gatewayAPI+: { enabled: true, listenerSets: true },
    featureGates: { NameConstraints: false, ServerSideApply: true },
    deleteSecrets: true,
    config+:: { controller+: { maxConcurrentChallenges: 20 } }`,
  );
  const controller = configOf(manifests, 'cert-manager');
  assert.deepEqual(controller.acmeDNS01Config, {
    recursiveNameservers: ['1.1.1.1:53', 'https://1.1.1.1/dns-query'],
    recursiveNameserversOnly: true,
  });
  assert.deepEqual(controller.gatewayAPI, { enabled: true, enableListenerSet: true });
  assert.deepEqual(controller.featureGates, { ListenerSets: true, NameConstraints: false, ServerSideApply: true });
  assert.equal(controller.enableCertificateOwnerRef, true);
  assert.equal(controller.maxConcurrentChallenges, 20);
  assert.deepEqual(controller.ingressShimConfig, {
    defaultIssuerKind: 'ClusterIssuer',
    defaultIssuerName: 'letsencrypt-production',
  });
  assert.equal(controller.acmeHTTP01Config.solverImage, 'quay.io/jetstack/cert-manager-acmesolver:v1.21.2');
  assert.deepEqual(configOf(manifests, 'cert-manager-webhook').featureGates, { NameConstraints: false });
  assert.deepEqual(configOf(manifests, 'cert-manager-cainjector').featureGates, {});

  const plain = await manifestsOf();
  assert.deepEqual(configOf(plain, 'cert-manager').gatewayAPI, { enabled: false, enableListenerSet: false });
  const hash = (list: any[]) =>
    find(list, 'Deployment', 'cert-manager').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hash(plain), hash(manifests));
});
