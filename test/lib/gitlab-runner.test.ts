import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateAll } from './evaluate.ts';
import { app, cluster, configOf, find, keysOf, knownKeys, textOf } from './gitlab-runner-cluster.ts';
import { allows, type NetworkPolicy } from './network-policy.ts';

const several = `{
  runners: {
    public: { tokenSecretRef: { name: 'tokens', key: 'public' } },
    'in-house': {
      tokenSecretRef: { name: 'tokens', key: 'in-house' }, url: 'https://git.test.example:8443', limit: 1, requestConcurrency: 2,
      image: 'debian:13', environment: { GREETING: 'hello = "you"' },
      kubernetes: { pod_disruption_budget: true, volumes: { empty_dir: [{ name: 'scratch', mount_path: '/scratch' }] } },
      settings: { output_limit: 8192, feature_flags: { FF_USE_FASTZIP: true } },
    },
  },
  certificateAuthority: { name: 'house-ca', key: 'ca.crt' },
  environment: { HTTPS_PROXY: 'http://proxy.test.example:3128' },
  reach: [{ peer: 'internet', ports: [443] }, { peer: 'outside', ports: [8443] }],
  jobs+: {
    allowedImages: ['registry.example/**'], allowedServices: ['postgres:*'], nodeSelector+: { ci: 'true' }, tolerations: { 'ci=true': 'NoSchedule' },
    runtimeClass: 'gvisor', environment: { A: 'b' }, pullPolicy: 'if-not-present',
  },
}`;

const inCluster = `{ objectStorage+: { endpoint: null }, components+:: { 'object-storage'+: { server+: { enabled: true } } } }`;
/** What is said of GitLab Runner, and of the cluster. */
const said: Record<string, [settings: string, extra?: string]> = {
  plain: ['{}'],
  large: ['{}', `{ profile: 'highly-available' }`],
  several: [several, `{ architectures: ['arm64'], registry+: { pullSecrets: ['pull'] } }`],
  uncached: ['{ cache+: { enabled: false } }'],
  inCluster: ['{}', inCluster],
  inHouse: [`{ cache+: { peer: 'outside' } }`],
  elsewhere: ['{}', `{ objectStorage+: { buckets: { 'gitlab-runner': { cache: { bucket: 'all', prefix: 'ci' } } } } }`],
  restricted: [`{ jobs+: { security: 'restricted' } }`],
  rootless: [`{ jobs+: { security: 'rootless-builds' } }`],
  privileged: [`{ jobs+: { security: 'privileged' } }`],
  extended: [`{ config+:: { sentry_dsn: 'https://sentry.example/1' } }`],
};
const mapped = (program: (settings: string, extra?: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(said).map(([name, [settings, extra]]) => [name, program(settings, extra)]));

const rendered: Record<string, any> = await evaluateAll(mapped(app));
const configs = await evaluateAll(
  mapped((settings, extra) => `(${cluster(settings, extra)}).get('gitlab-runner').config`),
);
const { base, basePrivileged, storage } = await evaluateAll({
  base: app('{}', '{}', 'cluster'),
  basePrivileged: app(`{ jobs+: { security: 'privileged' } }`, '{}', 'cluster'),
  storage: app('{}', inCluster, 'object-storage'),
});

for (const [name, manifests] of Object.entries(rendered)) {
  test(`config.toml of "${name}" is TOML that says what was meant, with keys that gitlab-runner knows and no secret`, () => {
    const config = configOf(manifests);
    assert.deepEqual(config, configs[name]);
    const keys = keysOf(config);
    assert.ok(keys.length > 30);
    assert.deepEqual(
      keys.filter((key) => !knownKeys.has(key)),
      [],
    );
    for (const { token } of config.runners) assert.match(token, /^\$\{RUNNER_TOKEN_[A-Z_]+\}$/);
    assert.doesNotMatch(textOf(manifests), /AccessKey|SecretKey|bearer_token|glrt-/);
  });
}

test('tokens and the keys of the storage reach the manager as variables, from Secrets', () => {
  const pod = find(rendered['several'], 'Deployment', 'gitlab-runner').spec.template.spec;
  const from = (name: string) => pod.containers[0].env.find((one: any) => one.name === name)?.valueFrom?.secretKeyRef;
  assert.deepEqual(from('RUNNER_TOKEN_PUBLIC'), { name: 'tokens', key: 'public' });
  assert.deepEqual(from('RUNNER_TOKEN_IN_HOUSE'), { name: 'tokens', key: 'in-house' });
  assert.deepEqual(from('AWS_ACCESS_KEY_ID'), { name: 'object-storage', key: 'access-key-id' });
  assert.deepEqual(from('AWS_SECRET_ACCESS_KEY'), { name: 'object-storage', key: 'secret-access-key' });
  const uncached = find(rendered['uncached'], 'Deployment', 'gitlab-runner').spec.template.spec.containers[0];
  assert.ok(!uncached.env.some((one: any) => one.name.startsWith('AWS_')));
});

test('several runners, each with what is said of it', () => {
  const { runners } = configOf(rendered['several']);
  assert.deepEqual(
    runners.map((runner: any) => [runner.name, runner.url, runner.limit, runner.request_concurrency]),
    [
      ['in-house', 'https://git.test.example:8443', 1, 2],
      ['public', 'https://gitlab.com', undefined, undefined],
    ],
  );
  const [inHouse, open] = runners;
  assert.equal(inHouse.kubernetes.image, 'debian:13');
  assert.deepEqual(inHouse.environment, ['A=b', 'GREETING=hello = "you"']);
  assert.deepEqual(open.environment, ['A=b']);
  assert.equal(inHouse.kubernetes.pod_disruption_budget, true);
  assert.deepEqual(inHouse.kubernetes.volumes.empty_dir, [{ name: 'scratch', mount_path: '/scratch' }]);
  assert.equal(inHouse.output_limit, 8192);
  assert.deepEqual(inHouse.feature_flags, { FF_USE_FASTZIP: true });
  assert.equal(inHouse['tls-ca-file'], '/etc/gitlab-runner/certificates/ca.crt');
  const { kubernetes } = open;
  assert.deepEqual(kubernetes.allowed_images, ['registry.example/**']);
  assert.deepEqual(kubernetes.node_selector, {
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'arm64',
    ci: 'true',
  });
  assert.deepEqual(kubernetes.node_tolerations, { 'ci=true': 'NoSchedule' });
  assert.deepEqual(kubernetes.image_pull_secrets, ['pull']);
  assert.deepEqual(kubernetes.pull_policy, ['if-not-present']);
  assert.equal(kubernetes.runtime_class_name, 'gvisor');
});

test('the cache lies in the bucket that the storage gives it', () => {
  const cacheOf = (manifests: any[]) => configOf(manifests).runners[0].cache;
  assert.deepEqual(cacheOf(rendered['plain']).s3, {
    ServerAddress: 'storage.example',
    BucketName: 'test-gitlab-runner-cache',
    BucketLocation: 'us-east-1',
    Insecure: false,
    PathStyle: false,
    AuthenticationType: 'iam',
  });
  assert.equal(cacheOf(rendered['plain']).Path, undefined);
  assert.deepEqual([cacheOf(rendered['elsewhere']).s3.BucketName, cacheOf(rendered['elsewhere']).Path], ['all', 'ci']);
  const { s3 } = cacheOf(rendered['inCluster']);
  assert.deepEqual(
    [s3.ServerAddress, s3.Insecure, s3.PathStyle],
    ['object-storage.object-storage.svc:7070', true, true],
  );
  assert.equal(cacheOf(rendered['uncached']), undefined);
});

test('the manager ends slowly: SIGQUIT, then SIGTERM, then the kubelet', () => {
  const pod = find(rendered['plain'], 'Deployment', 'gitlab-runner').spec.template.spec;
  const [{ lifecycle }] = pod.containers;
  assert.deepEqual(lifecycle.preStop.exec.command.slice(0, 2), ['sh', '-c']);
  const waits = [...lifecycle.preStop.exec.command[2].matchAll(/sleep (\d+)/g)].map(([, seconds]) => Number(seconds));
  assert.deepEqual(waits, [3600, 60]);
  assert.match(lifecycle.preStop.exec.command[2], /^kill -QUIT 1; .*; kill -TERM 1; /);
  assert.equal(configOf(rendered['plain']).shutdown_timeout, 60);
  assert.ok(pod.terminationGracePeriodSeconds > 3660);
});

test('what a job may do on its node follows jobs.security, and so does the Pod Security of its namespace', () => {
  const kubernetesOf = (manifests: any[]) => configOf(manifests).runners[0].kubernetes;
  const plain = kubernetesOf(rendered['plain']);
  assert.deepEqual([plain.privileged, plain.allow_privilege_escalation], [false, false]);
  assert.deepEqual(plain.pod_security_context, { seccomp_profile: { type: 'RuntimeDefault' } });
  assert.equal(plain.automount_service_account_token, false);
  const restricted = kubernetesOf(rendered['restricted']);
  assert.equal(restricted.pod_security_context.run_as_non_root, true);
  assert.deepEqual(restricted.cap_drop, ['ALL']);
  const rootless = kubernetesOf(rendered['rootless']);
  assert.equal(rootless.privileged, false);
  assert.equal(rootless.build_container_security_context.seccomp_profile.type, 'Unconfined');
  assert.equal(rootless.pod_security_context.run_as_user, 1000);
  assert.equal(kubernetesOf(rendered['privileged']).privileged, true);

  const labelsOf = (manifests: any[]) => find(manifests, 'Namespace', 'gitlab-runner-jobs').metadata;
  assert.equal(labelsOf(base).labels['pod-security.kubernetes.io/enforce'], 'baseline');
  assert.equal(labelsOf(basePrivileged).labels['pod-security.kubernetes.io/enforce'], 'privileged');
  assert.match(labelsOf(basePrivileged).annotations['rekindle/pod-security-reason'], /Docker/);
  for (const manifests of [base, basePrivileged])
    assert.equal(
      find(manifests, 'Namespace', 'gitlab-runner').metadata.labels['pod-security.kubernetes.io/enforce'],
      'restricted',
    );
});

test('the namespace of jobs has a quota and limits in which a job fits', () => {
  const quota = base.find((m: any) => m.kind === 'ResourceQuota');
  assert.equal(quota.metadata.namespace, 'gitlab-runner-jobs');
  assert.equal(quota.spec.hard['services.loadbalancers'], '0');
  const [limits] = base.find((m: any) => m.kind === 'LimitRange').spec.limits;
  assert.deepEqual(limits.max, { memory: '4Gi', 'ephemeral-storage': '10Gi' });
  assert.ok(!rendered['plain'].some((m: any) => ['ResourceQuota', 'LimitRange'].includes(m.kind)), 'the app may not');
});

test('the manager may do in the namespace of jobs what it needs, and nothing anywhere else', () => {
  const roles = rendered['plain'].filter((m: any) => m.kind.endsWith('Role'));
  assert.deepEqual(
    roles.map((m: any) => [m.kind, m.metadata.namespace]),
    [['Role', 'gitlab-runner-jobs']],
  );
  const binding = find(rendered['plain'], 'RoleBinding', 'gitlab-runner');
  assert.equal(binding.metadata.namespace, 'gitlab-runner-jobs');
  assert.deepEqual(binding.subjects, [{ kind: 'ServiceAccount', name: 'gitlab-runner', namespace: 'gitlab-runner' }]);
  const all = roles[0].rules.flatMap((rule: any) => [...rule.apiGroups, ...rule.resources, ...rule.verbs]);
  assert.ok(!all.includes('*'));
  const secrets = roles[0].rules.find((rule: any) => rule.resources.includes('secrets'));
  assert.ok(!secrets.verbs.includes('list'));
  assert.ok(!all.includes('poddisruptionbudgets'));
  const more = find(rendered['several'], 'Role', 'gitlab-runner').rules;
  assert.ok(more.some((rule: any) => rule.resources.includes('poddisruptionbudgets')));
});

test('jobs reach the Internet and the cache, nobody reaches them', () => {
  const job = {
    pod: { namespace: 'gitlab-runner-jobs', labels: configOf(rendered['plain']).runners[0].kubernetes.pod_labels },
  };
  const reaches = (manifests: any[], to: any, port: number) =>
    allows(
      manifests.filter((m): m is NetworkPolicy => m.kind === 'NetworkPolicy'),
      job,
      to,
      { port, protocol: 'TCP' },
    );
  assert.ok(reaches(rendered['plain'], { address: 'public' }, 443));
  assert.ok(!reaches(rendered['plain'], { address: 'private' }, 443));
  assert.ok(!reaches(rendered['plain'], { address: 'private' }, 6443));
  assert.ok(reaches(rendered['inHouse'], { address: 'private' }, 443));
  const server = {
    pod: {
      namespace: 'object-storage',
      labels: { 'app.kubernetes.io/instance': 'object-storage', 'app.kubernetes.io/name': 'object-storage' },
    },
  };
  assert.ok(reaches([...rendered['inCluster'], ...storage], server, 7070));
  assert.ok(!reaches([...rendered['plain'], ...storage], server, 7070));
  const policy = find(rendered['plain'], 'NetworkPolicy', 'gitlab-runner-job');
  assert.equal(policy.spec.ingress, undefined);
});

test('two managers in highly-available, that never leave at once', () => {
  assert.equal(find(rendered['large'], 'Deployment', 'gitlab-runner').spec.replicas, 2);
  assert.ok(find(rendered['large'], 'PodDisruptionBudget', 'gitlab-runner'));
});

test('a changed config.toml replaces the pods', () => {
  const checksum = (manifests: any[]) =>
    find(manifests, 'Deployment', 'gitlab-runner').spec.template.metadata.annotations['checksum/config'];
  assert.notEqual(checksum(rendered['plain']), checksum(rendered['extended']));
  assert.equal(configOf(rendered['extended']).sentry_dsn, 'https://sentry.example/1');
});
