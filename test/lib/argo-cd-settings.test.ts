import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  calledPorts,
  clusterWith,
  errorOf,
  everything,
  find,
  mainContainer,
  manifestsOf,
  parametersOf,
  settingsOf,
  withCluster,
  workloads,
} from './argo-cd-cluster.ts';
import { evaluate } from './evaluate.ts';

test('the labels by which Argo CD finds its settings', async () => {
  const manifests = await manifestsOf(`notifications: { 'service.slack': { token: '$slack-token' } }`);
  const found = manifests.filter((m) => m.kind === 'ConfigMap' || m.kind === 'Secret');
  assert.deepEqual(found.map((m) => m.metadata.name).sort(), [
    'argocd-cm',
    'argocd-cmd-params-cm',
    'argocd-gpg-keys-cm',
    'argocd-notifications-cm',
    'argocd-notifications-secret',
    'argocd-rbac-cm',
    'argocd-secret',
    'argocd-ssh-known-hosts-cm',
    'argocd-tls-certs-cm',
  ]);
  for (const { metadata } of found) {
    assert.equal(metadata.labels['app.kubernetes.io/part-of'], 'argocd');
    assert.equal(metadata.namespace, 'argocd');
  }
});

test('parameters reach the programs that read them, and restart only these', async () => {
  const before = await manifestsOf();
  const after = await manifestsOf(`parameters: { 'controller.status.processors': '5' }`);
  const hashOf = (manifests: any[], name: string): string =>
    workloads(manifests).find((m) => m.metadata.name === name).spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hashOf(before, 'argocd-application-controller'), hashOf(after, 'argocd-application-controller'));
  assert.equal(hashOf(before, 'argocd-server'), hashOf(after, 'argocd-server'));
  const { env } = mainContainer(find(after, 'StatefulSet', 'argocd-application-controller'));
  assert.deepEqual(
    env.find((e: any) => e.name === 'ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS').valueFrom.configMapKeyRef,
    {
      name: 'argocd-cmd-params-cm',
      key: 'controller.status.processors',
    },
  );
  for (const workload of workloads(before)) {
    for (const { valueFrom } of mainContainer(workload).env) {
      const key = valueFrom?.configMapKeyRef?.key;
      if (key !== undefined) assert.ok(key in parametersOf(before), `${workload.metadata.name}: ${key}`);
    }
  }
  assert.match(
    await errorOf(`parameters: { 'controler.status.processors': '5' }`),
    /unknown key "controler\.status\.processors"; did you mean "controller\.status\.processors"\?/,
  );
});

test('times reach Argo CD in its units', async () => {
  const manifests = await manifestsOf(`patience: '1h30m', syncTimeout: '2h', pollInterval: '90s'`);
  assert.equal(parametersOf(manifests)['controller.sync.timeout.seconds'], '7200');
  assert.match(
    settingsOf(manifests)['resource.customizations.health.argoproj.io_Application'] ?? '',
    /^local patience = 5400\n/,
  );
  assert.equal(settingsOf(manifests)['timeout.reconciliation'], '90s');
  for (const name of ['argocd-application-controller', 'argocd-repo-server']) {
    const { env } = mainContainer(workloads(manifests).find((m) => m.metadata.name === name));
    assert.equal(env.find((e: any) => e.name === 'ARGOCD_RECONCILIATION_TIMEOUT').value, '90s');
  }
  const { env } = mainContainer(workloads(manifests).find((m) => m.metadata.name === 'argocd-application-controller'));
  assert.equal(env.find((e: any) => e.name === 'ARGOCD_RECONCILIATION_JITTER').value, '0s');
});

test("upstream's rules for what to leave out and ignore, and ours for injected certificates", async () => {
  const settings = settingsOf(await manifestsOf());
  const excluded = JSON.parse(settings['resource.exclusions'] ?? '').flatMap((rule: any) => rule.kinds);
  for (const kind of ['Endpoints', 'EndpointSlice', 'Lease', 'CertificateRequest', 'TokenReview'])
    assert.ok(excluded.includes(kind), kind);
  assert.deepEqual(JSON.parse(settings['resource.customizations.ignoreResourceUpdates.all'] ?? ''), {
    jsonPointers: ['/status'],
  });
  for (const kind of [
    'admissionregistration.k8s.io_MutatingWebhookConfiguration',
    'admissionregistration.k8s.io_ValidatingWebhookConfiguration',
  ]) {
    assert.deepEqual(JSON.parse(settings[`resource.customizations.ignoreDifferences.${kind}`] ?? ''), {
      jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'],
    });
  }
  assert.deepEqual(
    JSON.parse(settings['resource.customizations.ignoreDifferences.apiregistration.k8s.io_APIService'] ?? ''),
    { jsonPointers: ['/spec/caBundle'] },
  );
});

test('people: the local admin, OpenID Connect with its groups, or Dex', async () => {
  const local = await manifestsOf();
  assert.equal(settingsOf(local)['admin.enabled'], 'true');
  assert.equal(settingsOf(local)['oidc.config'], undefined);
  assert.equal(settingsOf(local)['url'], 'https://argocd.test.example');

  const signIn = `{ signIn: { issuer: 'https://id.example.org:8443', clientID: 'kubernetes', adminGroups: ['operators'], viewerGroups: ['developers'] } }`;
  const oidc = await manifestsOf(`policy: ['p, role:x, logs, get, */*, allow']`, signIn);
  assert.equal(settingsOf(oidc)['admin.enabled'], 'false');
  const config = JSON.parse(settingsOf(oidc)['oidc.config'] ?? '');
  assert.equal(config.issuer, 'https://id.example.org:8443');
  assert.equal(config.enablePKCEAuthentication, true);
  assert.equal(config.clientSecret, undefined);
  const policy = find(oidc, 'ConfigMap', 'argocd-rbac-cm').data;
  assert.equal(
    policy['policy.csv'],
    'g, operators, role:admin\ng, developers, role:readonly\np, role:x, logs, get, */*, allow\n',
  );
  assert.equal(policy['policy.default'], '');
  assert.ok(
    find(oidc, 'NetworkPolicy', 'argocd-server').spec.egress.some((rule: any) =>
      rule.ports.some((p: any) => p.port === 8443),
    ),
  );

  const secret = await manifestsOf(`signInSecret: { name: 'sign-in', key: 'secret' }`, signIn);
  assert.equal(JSON.parse(settingsOf(secret)['oidc.config'] ?? '').clientSecret, '$sign-in:secret');

  const dex = await manifestsOf(everything);
  assert.equal(settingsOf(dex)['admin.enabled'], 'false');
  assert.equal(JSON.parse(settingsOf(dex)['dex.config'] ?? '').connectors[0].id, 'github');

  assert.match(
    await errorOf(everything, signIn),
    /components\.argo-cd\.connectors: the cluster signs people in at https:\/\/id\.example\.org:8443 already/,
  );
  assert.match(await errorOf('admin: false'), /components\.argo-cd\.admin: nobody could sign in/);
  assert.match(
    await errorOf(`signInSecret: { name: 'x', key: 'y' }`),
    /components\.argo-cd\.signInSecret: the cluster has no signIn/,
  );
});

test('credentials and other Secrets are named with what belongs in them, and how they are found', async () => {
  const secrets = await evaluate(
    withCluster(
      `[s for s in cluster.secrets if s.component == 'argo-cd']`,
      `${everything}
     webhook: 'gitlab',
     notifications: { 'service.slack': { token: '$slack-token' }, 'service.email': 'password: $email-password\n', 'template.x': '{{ $y }}' },
     credentials: {
       'infrastructure': { kind: 'repository', url: 'git@git.example:infrastructure.git', login: 'ssh' },
       'everything-else': { kind: 'repo-creds', url: 'https://git.example:8443/', login: 'https' },
       'second-cluster': { kind: 'cluster', url: 'https://10.1.2.3:6443' },
     },`,
    ),
  );
  const keysOf = (name: string): string[] => Object.keys(secrets.find((s: any) => s.name === name).keys).sort();
  const valuesOf = (name: string): object => secrets.find((s: any) => s.name === name).values;
  const labelsOf = (name: string): object => secrets.find((s: any) => s.name === name).labels;
  assert.deepEqual(secrets.map((s: any) => s.name).sort(), [
    'argocd-notifications-secret',
    'argocd-secret',
    'everything-else',
    'github',
    'infrastructure',
    'second-cluster',
  ]);
  assert.deepEqual(keysOf('argocd-secret'), ['webhook.gitlab.secret']);
  assert.deepEqual(keysOf('argocd-notifications-secret'), ['email-password', 'slack-token']);
  assert.deepEqual(keysOf('github'), ['secret']);
  assert.deepEqual(labelsOf('github'), { 'app.kubernetes.io/part-of': 'argocd' });
  assert.deepEqual(keysOf('infrastructure'), ['sshPrivateKey']);
  assert.deepEqual(labelsOf('infrastructure'), { 'argocd.argoproj.io/secret-type': 'repository' });
  assert.deepEqual(keysOf('everything-else'), ['password', 'username']);
  assert.deepEqual(keysOf('second-cluster'), ['config', 'name']);
  // What is no secret is not asked for.
  assert.deepEqual(valuesOf('infrastructure'), { type: 'git', url: 'git@git.example:infrastructure.git' });
  assert.deepEqual(valuesOf('second-cluster'), { server: 'https://10.1.2.3:6443' });
});

test('credentials open the way to their servers', async () => {
  const manifests = await manifestsOf(`credentials: {
    a: { kind: 'repository', url: 'git@git.example:a.git', login: 'ssh' },
    b: { kind: 'cluster', url: 'https://10.1.2.3:7443' },
  }`);
  const may = (name: string, port: number): boolean => calledPorts(manifests, name).includes(port);
  assert.ok(may('argocd-repo-server', 22));
  assert.ok(!may('argocd-repo-server', 7443));
  assert.ok(may('argocd-application-controller', 7443));
  assert.ok(may('argocd-server', 7443));
});

test('known hosts: those of upstream and your own; certificates and keys as they are', async () => {
  const manifests = await manifestsOf(`
    sshKnownHosts: ['git.example ssh-ed25519 AAAA'],
    tlsCertificates: { 'git.example': 'PEM' },
    gpgKeys: { '4AEE18F83AFDEB23': 'KEY' },
  `);
  const hosts = find(manifests, 'ConfigMap', 'argocd-ssh-known-hosts-cm').data.ssh_known_hosts;
  for (const host of ['github.com', 'gitlab.com', 'bitbucket.org', 'git.example'])
    assert.match(hosts, new RegExp(`^${host} `, 'm'));
  assert.deepEqual(find(manifests, 'ConfigMap', 'argocd-tls-certs-cm').data, { 'git.example': 'PEM' });
  assert.deepEqual(find(manifests, 'ConfigMap', 'argocd-gpg-keys-cm').data, { '4AEE18F83AFDEB23': 'KEY' });
});

test('options of argocd-cm: text as it is, objects as YAML, and ours can be overridden', async () => {
  const settings = settingsOf(
    await manifestsOf(
      `options: { 'exec.enabled': 'true', 'resource.links': [{ url: 'x' }], 'application.sync.requireOverridePrivilegeForRevisionSync': 'false' }`,
    ),
  );
  assert.equal(settings['exec.enabled'], 'true');
  assert.deepEqual(JSON.parse(settings['resource.links'] ?? ''), [{ url: 'x' }]);
  assert.equal(settings['application.sync.requireOverridePrivilegeForRevisionSync'], 'false');
});

test('the table of parameters names every key once for each program', () => {
  const file = path.resolve(import.meta.dirname, '../../lib/argo-cd/files/parameters.json');
  const table: Record<string, Record<string, string>> = JSON.parse(readFileSync(file, 'utf8'));
  for (const [role, keys] of Object.entries(table)) {
    const variables = Object.values(keys);
    assert.equal(new Set(variables).size, variables.length, role);
    for (const variable of variables) assert.match(variable, /^[A-Z][A-Z0-9_]+$/);
  }
});

test('the examples in the README are settings', async () => {
  const readme = readFileSync(path.resolve(import.meta.dirname, '../../lib/argo-cd/README.md'), 'utf8');
  const examples = [...readme.matchAll(/```jsonnet (settings|dex)\n(.*?)```/gs)];
  assert.equal(examples.length, 5);
  for (const [, kind, code] of examples) {
    const signIn = kind === 'dex' ? 'null' : `{ issuer: 'https://id.example.org', clientID: 'x' }`;
    await evaluate(
      `local cluster = ${clusterWith('', `{ signIn: ${signIn} }`)} { components+: { 'argo-cd'+: ${code} } }; cluster.manifests('argo-cd')`,
    );
  }
});
