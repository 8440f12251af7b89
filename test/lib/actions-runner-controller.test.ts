import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import {
  app,
  cluster,
  environmentOf,
  find,
  one,
  podOf,
  runnerOf,
  scaleSetOf,
  set,
} from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';
import { allows, type NetworkPolicy } from './network-policy.ts';

const root = path.resolve(import.meta.dirname, '../..');
const mode = (name: string, more = ''): string => `containerMode: '${name}', ${more}`;

const full = `
  labels: ['linux', 'big'], runnerGroup: 'trusted', minRunners: 1, maxRunners: 5, environment: { GREETING: 'hello' },
  image: 'registry.example/runner:1', size: { cpu: '1', memory: '1Gi', memoryLimit: '2Gi' },
  certificateAuthority: { name: 'house-ca', key: 'ca.crt' },
  proxy: { https: { url: 'http://proxy.example:3128', credentialSecretRef: 'proxy' }, noProxy: ['example.org'] },
  spec: { template: { spec: { runtimeClassName: 'gvisor' } } },
`;

const modes: Record<string, any> = await evaluateAll({
  none: one(),
  dind: one(mode('dind')),
  kubernetes: one(mode('kubernetes', `workVolume: '20Gi'`), `{ storageClass: 'fast' }`),
  'kubernetes-novolume': one(mode('kubernetes-novolume')),
});
const bases: Record<string, any[]> = await evaluateAll({
  none: one('', '{}', 'cluster'),
  sudo: one('allowSudo: true', '{}', 'cluster'),
  dind: one(mode('dind'), '{}', 'cluster'),
  kubernetes: one(mode('kubernetes'), '{}', 'cluster'),
  both: app(`{ scaleSets: { a: ${set(mode('kubernetes'))}, b: ${set(mode('dind'))} } }`, '{}', 'cluster'),
});
const { several, sudo, fullOne, large, everywhere } = await evaluateAll({
  several: app(`{ scaleSets: { a: ${set()}, b: ${set(mode('dind'))}, c: ${set(mode('kubernetes'))} } }`),
  sudo: one('allowSudo: true'),
  fullOne: one(full),
  large: one('', `{ profile: 'highly-available', registry+: { pullSecrets: ['pull'] } }`),
  everywhere: app(`{ watchAllNamespaces: true, scaleSets: { main: ${set()} } }`),
});

test('without scale sets it is off; with one it is on', async () => {
  assert.equal(await evaluate(`(${cluster('{}')}).has('actions-runner-controller')`), false);
  assert.equal(
    await evaluate(`(${cluster(`{ scaleSets: { main: ${set()} } }`)}).has('actions-runner-controller')`),
    true,
  );
});

test('the four definitions fit into the annotation of a client-side apply', () => {
  const folder = path.join(root, 'lib/actions-runner-controller/crds');
  const files = readdirSync(folder);
  assert.equal(files.length, 4);
  for (const file of files) assert.ok(statSync(path.join(folder, file)).size < 262_144, file);
});

for (const [name, manifests] of [...Object.entries(modes), ['full', fullOne], ['several', several]] as [
  string,
  any[],
][]) {
  test(`scale sets of "${name}" are what their definition takes, and so are all other manifests`, async () => {
    const checker = await loadChecker({ kubernetes: '1.34', root });
    for (const manifest of manifests) assert.deepEqual(checker.check(manifest), [], manifest.metadata.name);
  });
}

test('the version of a scale set is that of the controller, which deletes others', () => {
  const image: string = find(modes['none'], 'Deployment', 'actions-runner-controller').spec.template.spec.containers[0]
    .image;
  assert.equal(scaleSetOf(modes['none']).metadata.labels['app.kubernetes.io/version'], image.split(':')[1]);
});

test('scale sets come last and go first; nothing but them needs the controller to go', () => {
  for (const manifest of modes['kubernetes']) {
    const wave = Number(manifest.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    assert.equal(wave, manifest.kind === 'AutoscalingRunnerSet' ? 1 : 0, `${manifest.kind}/${manifest.metadata.name}`);
    assert.equal(manifest.metadata.finalizers, undefined);
  }
});

test('every setting of a scale set reaches it', () => {
  const { spec } = scaleSetOf(fullOne);
  assert.equal(spec.githubConfigUrl, 'https://github.com/example');
  assert.equal(spec.githubConfigSecret, 'github');
  assert.deepEqual(spec.runnerScaleSetLabels, ['main', 'linux', 'big']);
  assert.equal(spec.runnerGroup, 'trusted');
  assert.deepEqual([spec.minRunners, spec.maxRunners], [1, 5]);
  assert.deepEqual(spec.githubServerTLS, { certificateFrom: { configMapKeyRef: { name: 'house-ca', key: 'ca.crt' } } });
  assert.deepEqual(spec.proxy.noProxy, ['example.org']);
  assert.equal(spec.template.spec.runtimeClassName, 'gvisor');
  const runner = runnerOf(fullOne);
  assert.equal(runner.image, 'registry.example/runner:1');
  assert.deepEqual(runner.resources.limits, { memory: '2Gi', 'ephemeral-storage': '10Gi' });
  const environment = environmentOf(runner);
  assert.deepEqual(environment['GREETING'], { value: 'hello' });
  assert.equal(environment['NODE_EXTRA_CA_CERTS'].value, runner.volumeMounts[0].mountPath);
  assert.ok(
    find(fullOne, 'Role', 'actions-runner-controller', 'actions-runners').rules.some((rule: any) =>
      rule.resources.includes('configmaps'),
    ),
  );
});

test('credentials are Secrets in the namespace of the runners', async () => {
  const secrets = await evaluate(
    `(${cluster(`{ scaleSets: { a: ${set()}, b: { url: 'https://github.com/example', credentials: { secretName: 'pat', kind: 'token' } }, c: ${set(full)} } }`)}).secrets`,
  );
  assert.deepEqual(
    secrets.map(({ name, namespace, keys }: any) => [name, namespace, Object.keys(keys)]),
    [
      ['github', 'actions-runners', ['github_app_id', 'github_app_installation_id', 'github_app_private_key']],
      ['pat', 'actions-runners', ['github_token']],
      ['proxy', 'actions-runners', ['password', 'username']],
    ],
  );
});

test('a runner is hardened but for its own files, and has no token', () => {
  const pod = podOf(modes['none']);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.priorityClassName, undefined);
  assert.deepEqual(gapsOf(pod, 'AutoscalingRunnerSet'), ['runner writes to its root file system']);
  const listener = scaleSetOf(modes['none']).spec.listenerTemplate.spec;
  const named = { ...listener, serviceAccountName: 'made', automountServiceAccountToken: true };
  const image = { image: 'registry.example/controller:1' };
  named.containers = named.containers.map((container: any) => ({ ...container, ...image }));
  assert.deepEqual(gapsOf(named, 'Job'), []);
});

test('sudo gives privileges back, and the namespace says so', () => {
  assert.equal(runnerOf(sudo).securityContext.allowPrivilegeEscalation, true);
  assert.equal(runnerOf(sudo).securityContext.capabilities, undefined);
});

test('the Pod Security of the runners is the least that their scale sets need', () => {
  const levelOf = (manifests: any[]) => find(manifests, 'Namespace', 'actions-runners').metadata;
  const level = (name: string) => levelOf(bases[name]!).labels['pod-security.kubernetes.io/enforce'];
  assert.deepEqual(['none', 'sudo', 'kubernetes', 'dind', 'both'].map(level), [
    'restricted',
    'baseline',
    'baseline',
    'privileged',
    'privileged',
  ]);
  assert.match(levelOf(bases['both']!).annotations['rekindle/pod-security-reason'], /Docker/);
  const own = find(bases['dind']!, 'Namespace', 'actions-runner-controller').metadata.labels;
  assert.equal(own['pod-security.kubernetes.io/enforce'], 'restricted');
});

test('dind: Docker beside the runner, privileged, and nothing else is', () => {
  const pod = podOf(modes['dind']);
  assert.deepEqual(
    pod.initContainers.map((container: any) => [
      container.name,
      container.restartPolicy,
      container.securityContext.privileged,
    ]),
    [
      ['init-dind-externals', undefined, undefined],
      ['dind', 'Always', true],
    ],
  );
  const runner = runnerOf(modes['dind']);
  assert.equal(runner.securityContext.privileged, undefined);
  assert.equal(environmentOf(runner)['DOCKER_HOST'].value, 'unix:///var/run/docker.sock');
  const shared = (container: any) => container.volumeMounts.map((mount: any) => mount.name);
  for (const name of ['work', 'dind-sock'])
    assert.ok(shared(runner).includes(name) && shared(pod.initContainers[1]).includes(name));
  for (const volume of pod.volumes) assert.ok(volume.emptyDir.sizeLimit, volume.name);
});

test('kubernetes: jobs are pods, from the hook and its template', () => {
  for (const [name, folder] of [
    ['kubernetes', 'k8s'],
    ['kubernetes-novolume', 'k8s-novolume'],
  ] as const) {
    const manifests = modes[name];
    const pod = podOf(manifests);
    assert.equal(pod.automountServiceAccountToken, true);
    assert.equal(pod.serviceAccountName, 'actions-runner-controller-kubernetes-runner');
    const environment = environmentOf(runnerOf(manifests));
    assert.equal(environment['ACTIONS_RUNNER_CONTAINER_HOOKS'].value, `/home/runner/${folder}/index.js`);
    assert.equal(environment['ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER'].value, 'true');
    assert.equal(environment['ACTIONS_RUNNER_POD_NAME'].valueFrom.fieldRef.fieldPath, 'metadata.name');
    const template = find(manifests, 'ConfigMap', 'actions-runner-controller-workflow', 'actions-runners');
    assert.equal(
      environment['ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE'].value,
      '/home/runner/pod-template/template.yaml',
    );
    const { metadata, spec } = JSON.parse(template.data['template.yaml']);
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.containers[0].name, '$job');
    // What the hook makes is under a policy, too.
    const policy = find(manifests, 'NetworkPolicy', 'actions-runner-controller-workflow', 'actions-runners');
    assert.deepEqual(policy.spec.podSelector.matchLabels, metadata.labels);
    assert.ok(find(manifests, 'Role', 'actions-runner-controller-kubernetes-runner', 'actions-runners'));
  }
  const [claim] = podOf(modes['kubernetes']).volumes.filter((volume: any) => volume.ephemeral !== undefined);
  assert.equal(claim.ephemeral.volumeClaimTemplate.spec.storageClassName, 'fast');
  assert.equal(claim.ephemeral.volumeClaimTemplate.spec.resources.requests.storage, '20Gi');
  assert.equal(
    environmentOf(runnerOf(modes['kubernetes-novolume']))['ACTIONS_RUNNER_IMAGE'].value,
    runnerOf(modes['kubernetes-novolume']).image,
  );
  assert.ok(!modes['none'].some((m: any) => /kubernetes-runner|workflow/.test(m.metadata.name)));
});

test('the controller may do nothing outside its two namespaces, unless it is to watch all', () => {
  const clusterWide = (manifests: any[]) => manifests.filter((m) => m.kind.startsWith('ClusterRole')).length;
  assert.equal(clusterWide(modes['none']), 0);
  assert.equal(clusterWide(everywhere), 2);
  const argsOf = (manifests: any[]): string[] =>
    find(manifests, 'Deployment', 'actions-runner-controller').spec.template.spec.containers[0].args;
  assert.ok(argsOf(modes['none']).includes('--watch-single-namespace=actions-runners'));
  assert.ok(!argsOf(everywhere).some((arg) => arg.startsWith('--watch-single-namespace')));
  for (const binding of modes['kubernetes'].filter(
    (m: any) => m.kind === 'RoleBinding' && !m.metadata.name.endsWith('runner'),
  ))
    assert.deepEqual(binding.subjects[0].namespace, 'actions-runner-controller');
  const subjects = modes['none']
    .filter((m: any) => m.kind === 'RoleBinding')
    .map((m: any) => `${m.metadata.namespace}: ${m.subjects[0].namespace}/${m.subjects[0].name}`);
  assert.deepEqual(
    [...new Set(subjects)].sort(),
    [
      'actions-runner-controller: actions-runner-controller/actions-runner-controller',
      'actions-runners: actions-runner-controller/actions-runner-controller',
    ],
    'the ServiceAccount is known, not looked up',
  );
});

test('two controllers elect a leader; pull secrets reach the listeners', () => {
  const { spec } = find(large, 'Deployment', 'actions-runner-controller');
  assert.equal(spec.replicas, 2);
  const { args } = spec.template.spec.containers[0];
  assert.ok(args.includes('--enable-leader-election') && args.includes('--auto-scaler-image-pull-secrets=pull'));
  assert.ok(find(large, 'Role', 'actions-runner-controller-leader-election'));
  assert.ok(find(large, 'PodDisruptionBudget', 'actions-runner-controller'));
  assert.deepEqual(podOf(large).imagePullSecrets, [{ name: 'pull' }]);
  assert.equal(podOf(large).topologySpreadConstraints, undefined);
});

test('listeners and runners are under policies that their own labels select', () => {
  const manifests = modes['none'];
  const policies = manifests.filter((m: any): m is NetworkPolicy => m.kind === 'NetworkPolicy');
  const { spec } = scaleSetOf(manifests);
  const listener = { pod: { namespace: 'actions-runner-controller', labels: spec.listenerTemplate.metadata.labels } };
  const runner = { pod: { namespace: 'actions-runners', labels: spec.template.metadata.labels } };
  const https = { port: 443, protocol: 'TCP' };
  const apiServer = { port: 6443, protocol: 'TCP' };
  assert.ok(allows(policies, listener, { address: 'public' }, https));
  assert.ok(allows(policies, listener, { address: 'private' }, apiServer));
  assert.ok(allows(policies, runner, { address: 'public' }, https));
  assert.ok(!allows(policies, runner, { address: 'private' }, https));
  assert.ok(!allows(policies, runner, { address: 'private' }, apiServer));
  assert.ok(!allows(policies, listener, runner, https));
  const { args } = find(manifests, 'Deployment', 'actions-runner-controller').spec.template.spec.containers[0];
  for (const label of ['instance', 'name'])
    assert.ok(args.includes(`--exclude-label-propagation-prefix=app.kubernetes.io/${label}`), label);
});

test('capacity counts listeners, and the runners that wait', async () => {
  const { workloads } = await evaluate(
    `(${cluster(`{ scaleSets: { main: ${set('minRunners: 2')}, idle: ${set()} } }`)}).capacity`,
  );
  assert.deepEqual(
    workloads.map(({ workload, pods }: any) => [workload, pods]),
    [
      ['actions-runner-controller', 1],
      ['actions-runner-controller-listener', 1],
      ['actions-runner-controller-listener', 1],
      ['main', 2],
    ],
  );
});
