import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { compare } from './reachability.ts';

/** A cluster of Argo CD with these settings, cert-manager, Contour and a small component. */
const clusterWith = (settings = '', extra = '{}', others = ''): string =>
  clusterOf(
    `{
      'argo-cd': (import 'argo-cd/main.libsonnet') { ${settings} },
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      echo: echo,
      ${others}
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + (${extra})`,
  );

const withCluster = (expression: string, settings = '', extra = '{}', others = ''): string =>
  `local cluster = ${clusterWith(settings, extra, others)}; ${expression}`;

const manifestsOf = async (settings = '', extra = '{}', app = 'argo-cd'): Promise<any[]> =>
  evaluate(withCluster(`cluster.manifests('${app}')`, settings, extra));

const errorOf = async (settings: string, extra = '{}'): Promise<string> => evaluateError(withCluster(`cluster.manifests('argo-cd')`, settings, extra));

const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(' ')}`);
  return found[0];
};

const named = (manifests: any[], kind: string): string[] => manifests.filter((m) => m.kind === kind).map((m) => m.metadata.name).sort();
const workloads = (manifests: any[]): any[] => manifests.filter((m) => ['Deployment', 'StatefulSet'].includes(m.kind));
const mainContainer = (workload: any): any => workload.spec.template.spec.containers[0];
const settingsOf = (manifests: any[]): Record<string, string> => find(manifests, 'ConfigMap', 'argocd-cm').data;
const parametersOf = (manifests: any[]): Record<string, string> => find(manifests, 'ConfigMap', 'argocd-cmd-params-cm').data;
const annotationsOf = (manifest: any): Record<string, string> => manifest.metadata.annotations ?? {};

const highlyAvailable = `{ profile: 'highly-available' }`;
const optional = ['applicationset-controller', 'dex-server', 'notifications-controller'];
const running = (roles: Record<string, boolean>): string =>
  `run+: ${JSON.stringify(roles)}, connectors: [{ type: 'github', id: 'github', name: 'GitHub', config: { clientID: 'x', clientSecret: '$github:secret' } }],`;
const everything = running(Object.fromEntries(optional.map((role) => [role, true])));

test('small: four pods, hardened, in a quarter of a core and 700 MiB', async () => {
  const manifests = await manifestsOf();
  const pods = workloads(manifests);
  assert.deepEqual(pods.map((m) => `${m.kind}/${m.metadata.name}`).sort(), [
    'Deployment/argocd-redis',
    'Deployment/argocd-repo-server',
    'Deployment/argocd-server',
    'StatefulSet/argocd-application-controller',
  ]);
  for (const { kind, metadata, spec } of pods) {
    assert.deepEqual(gapsOf(spec.template.spec, kind), [], metadata.name);
    assert.equal(spec.replicas, 1);
  }
  assert.deepEqual(named(manifests, 'PodDisruptionBudget'), []);
  const [own] = (await evaluate(withCluster('cluster.capacity'))).components.filter((c: any) => c.name === 'argo-cd');
  assert.ok(own.cpu <= 0.25, `${own.cpu} cores`);
  assert.ok(own.memory <= 700 * 2 ** 20, `${own.memory} bytes`);
});

test('every program with everything on is hardened, and sized in both profiles', async () => {
  for (const extra of ['{}', highlyAvailable]) {
    const pods = workloads(await manifestsOf(everything, extra));
    assert.equal(pods.length, 7);
    for (const { kind, metadata, spec } of pods) assert.deepEqual(gapsOf(spec.template.spec, kind), [], metadata.name);
  }
});

test('highly-available: two of what answers, one controller, three Redis that elect a master', async () => {
  const manifests = await manifestsOf(everything, highlyAvailable);
  assert.deepEqual(Object.fromEntries(workloads(manifests).map((m) => [m.metadata.name, m.spec.replicas])), {
    'argocd-application-controller': 1,
    'argocd-applicationset-controller': 2,
    'argocd-dex-server': 1,
    'argocd-notifications-controller': 1,
    'argocd-redis-ha': 3,
    'argocd-repo-server': 2,
    'argocd-server': 2,
  });
  assert.deepEqual(named(manifests, 'PodDisruptionBudget'), [
    'argocd-applicationset-controller',
    'argocd-redis-ha',
    'argocd-repo-server',
    'argocd-server',
  ]);
  for (const { spec } of workloads(manifests)) assert.equal(spec.template.spec.topologySpreadConstraints.length, 2);
  assert.equal(parametersOf(manifests)['applicationsetcontroller.enable.leader.election'], 'true');
});

test('every program can be left out, and takes its objects with it', async () => {
  const of = (manifests: any[], role: string): string[] =>
    manifests.filter((m) => m.metadata.labels['app.kubernetes.io/component'] === role).map((m) => `${m.kind}/${m.metadata.name}`);
  for (const role of ['server', ...optional]) {
    assert.ok(of(await manifestsOf(everything), role).length >= 4, role);
    assert.deepEqual(of(await manifestsOf(running({ ...Object.fromEntries(optional.map((other) => [other, true])), [role]: false })), role), []);
  }
  const external = await manifestsOf(`redis: 'external', redisAddress: 'cache.example.org:6380'`);
  assert.deepEqual(external.filter((m) => m.metadata.name.startsWith('argocd-redis')), []);
  assert.equal(parametersOf(external)['redis.server'], 'cache.example.org:6380');
  const allowed = find(external, 'NetworkPolicy', 'argocd-repo-server').spec.egress.flatMap((rule: any) => rule.ports.map((p: any) => p.port));
  assert.ok(allowed.includes(6380));
});

test('without the controller nothing could switch it on again', async () => {
  assert.match(await errorOf(`run+: { 'application-controller': false }`), /components\.argo-cd\.run: without application-controller nothing in Git is applied/);
});

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

test('no secret is in Git: Argo CD fills its own, and the password of Redis is made once', async () => {
  for (const extra of ['{}', highlyAvailable]) {
    const manifests = await manifestsOf('', extra);
    for (const secret of manifests.filter((m) => m.kind === 'Secret')) {
      assert.equal(secret.data, undefined);
      assert.equal(secret.stringData, undefined);
      assert.match(annotationsOf(secret)['argocd.argoproj.io/sync-options'] ?? '', /Prune=false/);
    }
    const cache = workloads(manifests).find((m) => m.metadata.name.startsWith('argocd-redis'));
    const { initContainers, containers, volumes, automountServiceAccountToken } = cache.spec.template.spec;
    assert.deepEqual(initContainers[0].command, ['argocd', 'admin', 'redis-initial-password']);
    const role = find(manifests, 'Role', cache.metadata.name);
    assert.deepEqual(role.rules, [
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['argocd-redis'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    ]);
    // The token is for the one container that makes the password.
    assert.equal(automountServiceAccountToken, false);
    const token = volumes.find((v: any) => v.projected?.sources.some((s: any) => s.serviceAccountToken)).name;
    const holders = [...initContainers, ...containers].filter((c: any) => c.volumeMounts.some((m: any) => m.name === token));
    assert.deepEqual(holders.map((c: any) => c.name), ['password']);
  }
});

test('the repo-server survives a Jsonnet bomb alone: bounds, no token, nothing to write on', async () => {
  const manifests = await manifestsOf();
  const { spec } = find(manifests, 'Deployment', 'argocd-repo-server').spec.template;
  const container = spec.containers[0];
  assert.equal(container.resources.limits.memory, '1Gi');
  assert.deepEqual(container.env.find((e: any) => e.name === 'GOMEMLIMIT'), { name: 'GOMEMLIMIT', value: '921MiB' });
  assert.equal(container.securityContext.readOnlyRootFilesystem, true);
  assert.equal(spec.automountServiceAccountToken, false);
  assert.ok(Number(parametersOf(manifests)['reposerver.parallelism.limit']) > 0);
  assert.match(await errorOf('parallelism: 0'), /components\.argo-cd\.parallelism: 0 would allow any number at once/);
});

test('parameters reach the programs that read them, and restart only these', async () => {
  const before = await manifestsOf();
  const after = await manifestsOf(`parameters: { 'controller.status.processors': '5' }`);
  const hashOf = (manifests: any[], name: string): string => workloads(manifests).find((m) => m.metadata.name === name).spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(hashOf(before, 'argocd-application-controller'), hashOf(after, 'argocd-application-controller'));
  assert.equal(hashOf(before, 'argocd-server'), hashOf(after, 'argocd-server'));
  const { env } = mainContainer(find(after, 'StatefulSet', 'argocd-application-controller'));
  assert.deepEqual(env.find((e: any) => e.name === 'ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS').valueFrom.configMapKeyRef, {
    name: 'argocd-cmd-params-cm',
    key: 'controller.status.processors',
  });
  for (const workload of workloads(before)) {
    for (const { valueFrom } of mainContainer(workload).env) {
      const key = valueFrom?.configMapKeyRef?.key;
      if (key !== undefined) assert.ok(key in parametersOf(before), `${workload.metadata.name}: ${key}`);
    }
  }
  assert.match(await errorOf(`parameters: { 'controler.status.processors': '5' }`), /unknown key "controler\.status\.processors"; did you mean "controller\.status\.processors"\?/);
});

test('times reach Argo CD in its units', async () => {
  const manifests = await manifestsOf(`patience: '1h30m', syncTimeout: '2h', pollInterval: '90s'`);
  assert.equal(parametersOf(manifests)['controller.sync.timeout.seconds'], '7200');
  assert.match(settingsOf(manifests)['resource.customizations.health.argoproj.io_Application'] ?? '', /^local patience = 5400\n/);
  assert.equal(settingsOf(manifests)['timeout.reconciliation'], '90s');
  for (const name of ['argocd-application-controller', 'argocd-repo-server']) {
    const { env } = mainContainer(workloads(manifests).find((m) => m.metadata.name === name));
    assert.equal(env.find((e: any) => e.name === 'ARGOCD_RECONCILIATION_TIMEOUT').value, '90s');
  }
});

test("upstream's rules for what to leave out and ignore, and ours for injected certificates", async () => {
  const settings = settingsOf(await manifestsOf());
  const excluded = JSON.parse(settings['resource.exclusions'] ?? '').flatMap((rule: any) => rule.kinds);
  for (const kind of ['Endpoints', 'EndpointSlice', 'Lease', 'CertificateRequest', 'TokenReview']) assert.ok(excluded.includes(kind), kind);
  assert.deepEqual(JSON.parse(settings['resource.customizations.ignoreResourceUpdates.all'] ?? ''), { jsonPointers: ['/status'] });
  for (const kind of ['admissionregistration.k8s.io_MutatingWebhookConfiguration', 'admissionregistration.k8s.io_ValidatingWebhookConfiguration']) {
    assert.deepEqual(JSON.parse(settings[`resource.customizations.ignoreDifferences.${kind}`] ?? ''), { jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] });
  }
  assert.deepEqual(JSON.parse(settings['resource.customizations.ignoreDifferences.apiregistration.k8s.io_APIService'] ?? ''), { jsonPointers: ['/spec/caBundle'] });
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
  assert.equal(policy['policy.csv'], 'g, operators, role:admin\ng, developers, role:readonly\np, role:x, logs, get, */*, allow\n');
  assert.equal(policy['policy.default'], '');
  assert.ok(find(oidc, 'NetworkPolicy', 'argocd-server').spec.egress.some((rule: any) => rule.ports.some((p: any) => p.port === 8443)));

  const secret = await manifestsOf(`signInSecret: { name: 'sign-in', key: 'secret' }`, signIn);
  assert.equal(JSON.parse(settingsOf(secret)['oidc.config'] ?? '').clientSecret, '$sign-in:secret');

  const dex = await manifestsOf(everything);
  assert.equal(settingsOf(dex)['admin.enabled'], 'false');
  assert.equal(JSON.parse(settingsOf(dex)['dex.config'] ?? '').connectors[0].id, 'github');

  assert.match(await errorOf(everything, signIn), /components\.argo-cd\.connectors: the cluster signs people in at https:\/\/id\.example\.org:8443 already/);
  assert.match(await errorOf('admin: false'), /components\.argo-cd\.admin: nobody could sign in/);
  assert.match(await errorOf(`signInSecret: { name: 'x', key: 'y' }`), /components\.argo-cd\.signInSecret: the cluster has no signIn/);
});

test('credentials and other Secrets are named with what belongs in them, and how they are found', async () => {
  const secrets = await evaluate(withCluster(
    `[s for s in cluster.secrets if s.component == 'argo-cd']`,
    `${everything}
     webhook: 'gitlab',
     notifications: { 'service.slack': { token: '$slack-token' }, 'service.email': 'password: $email-password\n', 'template.x': '{{ $y }}' },
     credentials: {
       'infrastructure': { kind: 'repository', url: 'git@git.example:infrastructure.git', login: 'ssh' },
       'everything-else': { kind: 'repo-creds', url: 'https://git.example:8443/', login: 'https' },
       'second-cluster': { kind: 'cluster', url: 'https://10.1.2.3:6443' },
     },`,
  ));
  const keysOf = (name: string): string[] => Object.keys(secrets.find((s: any) => s.name === name).keys).sort();
  const labelsOf = (name: string): object => secrets.find((s: any) => s.name === name).labels;
  assert.deepEqual(secrets.map((s: any) => s.name).sort(), [
    'argocd-notifications-secret', 'argocd-secret', 'everything-else', 'github', 'infrastructure', 'second-cluster',
  ]);
  assert.deepEqual(keysOf('argocd-secret'), ['webhook.gitlab.secret']);
  assert.deepEqual(keysOf('argocd-notifications-secret'), ['email-password', 'slack-token']);
  assert.deepEqual(keysOf('github'), ['secret']);
  assert.deepEqual(labelsOf('github'), { 'app.kubernetes.io/part-of': 'argocd' });
  assert.deepEqual(keysOf('infrastructure'), ['sshPrivateKey', 'type', 'url']);
  assert.deepEqual(labelsOf('infrastructure'), { 'argocd.argoproj.io/secret-type': 'repository' });
  assert.deepEqual(keysOf('everything-else'), ['password', 'type', 'url', 'username']);
  assert.deepEqual(keysOf('second-cluster'), ['config', 'name', 'server']);
});

test('credentials open the way to their servers', async () => {
  const manifests = await manifestsOf(`credentials: {
    a: { kind: 'repository', url: 'git@git.example:a.git', login: 'ssh' },
    b: { kind: 'cluster', url: 'https://10.1.2.3:7443' },
  }`);
  const ports = (name: string): number[] => find(manifests, 'NetworkPolicy', name).spec.egress.flatMap((rule: any) => rule.ports.map((p: any) => p.port));
  assert.ok(ports('argocd-repo-server').includes(22));
  assert.ok(!ports('argocd-repo-server').includes(7443));
  assert.ok(ports('argocd-application-controller').includes(7443));
  assert.ok(ports('argocd-server').includes(7443));
});

test('only the declared traffic passes, in every form', async () => {
  for (const settings of ['', everything, `redis: 'replicated'`]) {
    const code = withCluster(`{ traffic: cluster.traffic, policies: [
      m for app in cluster.apps for m in cluster.manifests(app) if m.kind == 'NetworkPolicy'
    ] }`, settings);
    const { traffic, policies } = await evaluate(code);
    const { declared, refused, undeclared } = compare(traffic, policies as NetworkPolicy[]);
    assert.ok(declared > 20);
    assert.deepEqual({ refused, undeclared }, { refused: [], undeclared: [] }, settings);
  }
});

test('roles: what is not upstream’s says so; only the controller and the UI see everything', async () => {
  const manifests = await manifestsOf(everything);
  const wild = manifests.filter((m) => m.rules?.some((rule: any) => [...(rule.resources ?? []), ...(rule.verbs ?? [])].includes('*')));
  assert.deepEqual(wild.map((m) => m.metadata.name), ['argo-cd-application-controller', 'argo-cd-server']);
  for (const role of wild) assert.match(annotationsOf(role)['rekindle/wildcard-reason'] ?? '', /\.$/);
  assert.deepEqual(find(manifests, 'ClusterRole', 'argo-cd-server').rules[0].verbs, ['get', 'delete', 'patch']);
  const looking = await manifestsOf('uiMayChange: false');
  assert.deepEqual(find(looking, 'ClusterRole', 'argo-cd-server').rules.flatMap((rule: any) => rule.verbs).filter((verb: string) => ['delete', 'patch', 'create'].includes(verb)), []);
});

test('metrics of every program are scraped, and have a Service', async () => {
  const { scrape, services } = await evaluate(withCluster(
    `{ scrape: cluster.get('argo-cd').scrape, services: [m for m in cluster.manifests('argo-cd') if m.kind == 'Service'] }`,
    everything,
  ));
  assert.deepEqual(scrape.map((target: any) => target.workload), [
    'application-controller', 'applicationset-controller', 'dex-server', 'notifications-controller', 'repo-server', 'server',
  ]);
  for (const { workload } of scrape) {
    const service = services.find((s: any) => s.metadata.name === `argocd-${workload}`);
    assert.ok(service.spec.ports.some((p: any) => p.name === 'metrics'), workload);
  }
});

test('Contour publishes the UI, and gRPC to the same host; plain gRPC-Web stays HTTP/1.1', async () => {
  const manifests = await manifestsOf('', '{}', 'contour');
  const proxy = find(manifests, 'HTTPProxy', 'argocd-server');
  assert.equal(proxy.spec.virtualhost.fqdn, 'argocd.test.example');
  const [grpc, web] = proxy.spec.routes;
  assert.deepEqual(grpc.conditions, [{ prefix: '/' }, { header: { name: 'content-type', exact: 'application/grpc' } }]);
  assert.deepEqual(grpc.services, [{ name: 'argocd-server', port: 80, protocol: 'h2c' }]);
  assert.deepEqual(web.services, [{ name: 'argocd-server', port: 80 }]);
  for (const route of [grpc, web]) assert.equal(route.timeoutPolicy.response, 'infinity');
  assert.deepEqual(find(manifests, 'Certificate', 'argocd.test.example').spec.dnsNames, ['argocd.test.example']);
  assert.equal(parametersOf(await manifestsOf())['server.insecure'], 'true');
});

test('replicated Redis: everybody asks the Sentinels, and each pod asks the others', async () => {
  const manifests = await manifestsOf(`redis: 'replicated', replicas+: { 'redis-ha': 5 }`);
  const hosts = [0, 1, 2, 3, 4].map((i) => `argocd-redis-ha-${i}.argocd-redis-ha.argocd.svc`);
  for (const name of ['argocd-application-controller', 'argocd-repo-server', 'argocd-server']) {
    const { args, env } = mainContainer(workloads(manifests).find((m) => m.metadata.name === name));
    assert.deepEqual(args.slice(1), [...hosts.map((host) => `--sentinel=${host}:26379`), '--sentinelmaster=argocd']);
    assert.ok(env.some((e: any) => e.name === 'REDIS_SENTINEL_PASSWORD'));
    assert.ok(!env.some((e: any) => e.name === 'REDIS_SERVER'));
  }
  const { initContainers } = find(manifests, 'StatefulSet', 'argocd-redis-ha').spec.template.spec;
  const variables = Object.fromEntries(initContainers[1].env.map((e: any) => [e.name, e.value]));
  assert.equal(variables.PEERS, hosts.join(' '));
  assert.equal(variables.QUORUM, '3');
  assert.equal(find(manifests, 'Service', 'argocd-redis-ha').spec.publishNotReadyAddresses, true);
  for (const count of [2, 4]) {
    assert.match(await errorOf(`redis: 'replicated', replicas+: { 'redis-ha': ${count} }`), /replicas\.redis-ha: an odd number, 3 or more/);
  }
});

test('an external Redis has an address, and only that', async () => {
  assert.match(await errorOf(`redis: 'external'`), /components\.argo-cd\.redisAddress: set it to host:port/);
  assert.match(await errorOf(`redisAddress: 'x:1'`), /components\.argo-cd\.redisAddress: only an external Redis has one/);
});

test('what can not share its work stays alone', async () => {
  assert.match(await errorOf(`replicas+: { redis: 2 }`), /components\.argo-cd\.replicas\.redis: /);
});

test('known hosts: those of upstream and your own; certificates and keys as they are', async () => {
  const manifests = await manifestsOf(`
    sshKnownHosts: ['git.example ssh-ed25519 AAAA'],
    tlsCertificates: { 'git.example': 'PEM' },
    gpgKeys: { '4AEE18F83AFDEB23': 'KEY' },
  `);
  const hosts = find(manifests, 'ConfigMap', 'argocd-ssh-known-hosts-cm').data.ssh_known_hosts;
  for (const host of ['github.com', 'gitlab.com', 'bitbucket.org', 'git.example']) assert.match(hosts, new RegExp(`^${host} `, 'm'));
  assert.deepEqual(find(manifests, 'ConfigMap', 'argocd-tls-certs-cm').data, { 'git.example': 'PEM' });
  assert.deepEqual(find(manifests, 'ConfigMap', 'argocd-gpg-keys-cm').data, { '4AEE18F83AFDEB23': 'KEY' });
});

test('options of argocd-cm: text as it is, objects as YAML, and ours can be overridden', async () => {
  const settings = settingsOf(await manifestsOf(`options: { 'exec.enabled': 'true', 'resource.links': [{ url: 'x' }], 'application.sync.requireOverridePrivilegeForRevisionSync': 'false' }`));
  assert.equal(settings['exec.enabled'], 'true');
  assert.deepEqual(JSON.parse(settings['resource.links'] ?? ''), [{ url: 'x' }]);
  assert.equal(settings['application.sync.requireOverridePrivilegeForRevisionSync'], 'false');
});

test('a second instance clashes with nothing', async () => {
  const { first, second } = await evaluate(withCluster(
    `{ first: cluster.manifests('argo-cd'), second: cluster.manifests('team-cd') }`,
    '',
    '{}',
    `'team-cd': (import 'argo-cd/main.libsonnet') { name: 'team-cd', host: 'team-cd.test.example' },`,
  ));
  const identity = (m: any): string => [m.kind, m.metadata.namespace ?? '', m.metadata.name].join('/');
  const taken = new Set(first.map(identity));
  assert.deepEqual(second.filter((m: any) => taken.has(identity(m))).map(identity), []);
  assert.deepEqual(second.filter((m: any) => m.kind === 'Application'), []);
});

test('the root: in the app of Argo CD, which does not wait for it; it goes with nobody and takes nobody along', async () => {
  const root = find(await manifestsOf(), 'Application', 'applications');
  assert.equal(annotationsOf(root)['argocd.argoproj.io/ignore-healthcheck'], 'true');
  assert.match(annotationsOf(root)['argocd.argoproj.io/sync-options'] ?? '', /Delete=false,Prune=false/);
  assert.equal(root.metadata.finalizers, undefined);
  assert.deepEqual(root.spec.source.directory.jsonnet.tlas, [
    { name: 'app', value: 'applications' },
    { name: 'revision', value: '$ARGOCD_APP_REVISION' },
  ]);
  assert.deepEqual(root.spec.syncPolicy.retry, { limit: -1, backoff: { duration: '5s', factor: 2, maxDuration: '1m' }, refresh: true });
});

test('children: follow the commit of the root, in waves, and come to an end so that the next commit can begin', async () => {
  const applications: any[] = await evaluate(withCluster(`cluster.manifests('applications', 'abc123')`));
  const byName = Object.fromEntries(applications.map((a) => [a.metadata.name, a]));
  const waveOf = (name: string): number => Number(annotationsOf(byName[name])['argocd.argoproj.io/sync-wave']);
  assert.deepEqual(['cluster', 'argo-cd', 'cert-manager', 'contour'].map(waveOf), [0, 1, 2, 3]);
  for (const { spec } of applications) {
    assert.equal(spec.source.targetRevision, 'abc123');
    assert.ok(spec.syncPolicy.retry.limit > 0);
    assert.ok(spec.syncPolicy.syncOptions.includes('ServerSideApply=true'));
    assert.ok(spec.syncPolicy.syncOptions.includes('RespectIgnoreDifferences=true'));
    assert.equal(spec.project === 'default', false);
  }
  // Deleting the ground, or Argo CD by itself, can't come to a good end.
  const cascading = applications.filter((a) => a.metadata.finalizers !== undefined).map((a) => a.metadata.name);
  assert.deepEqual(cascading.sort(), ['cert-manager', 'contour', 'echo']);
  assert.equal(byName.cluster.spec.syncPolicy.automated.prune, false);
});

test('the ground: never pruned, never waited for, and a default project that may do nothing', async () => {
  const ground = await manifestsOf('', '{}', 'cluster');
  for (const manifest of ground) {
    assert.equal(annotationsOf(manifest)['argocd.argoproj.io/compare-options'], 'IgnoreExtraneous', manifest.metadata.name);
    assert.equal(annotationsOf(manifest)['argocd.argoproj.io/sync-options'], 'Delete=false,Prune=false', manifest.metadata.name);
  }
  const none = find(ground, 'AppProject', 'default').spec;
  assert.deepEqual([none.sourceRepos, none.destinations, none.clusterResourceWhitelist, none.namespaceResourceWhitelist], [[], [], [], []]);
});

test('Argo CD’s own projects permit what their apps apply', async () => {
  const { ground, own } = await evaluate(withCluster(`{ ground: cluster.manifests('cluster'), own: cluster.manifests('argo-cd') }`));
  const project = find(ground, 'AppProject', 'argo-cd').spec;
  const clusterKinds = new Set(project.clusterResourceWhitelist.map((k: any) => `${k.group}/${k.kind}`));
  for (const { apiVersion, kind, metadata } of own) {
    if (metadata.namespace === undefined) assert.ok(clusterKinds.has(`${apiVersion.split('/')[0]}/${kind}`), kind);
    else assert.ok(project.destinations.some((d: any) => d.namespace === metadata.namespace), metadata.namespace);
  }
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
    await evaluate(`local cluster = ${clusterWith('', `{ signIn: ${signIn} }`)} { components+: { 'argo-cd'+: ${code} } }; cluster.manifests('argo-cd')`);
  }
});
