import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import {
  app,
  cluster,
  environmentOf,
  find,
  mode,
  one,
  podOf,
  runnerOf,
  scaleSetOf,
  set,
} from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

const root = path.resolve(import.meta.dirname, '../..');

const full = `
  labels: ['linux', 'big'], runnerGroup: 'trusted', minRunners: 1, maxRunners: 5, environment: { GREETING: 'hello' },
  image: 'registry.example/runner:1', size: { cpu: '1', memory: '1Gi', memoryLimit: '2Gi' },
  certificateAuthority: { name: 'house-ca', key: 'ca.crt' },
  proxy: { https: { url: 'http://proxy.example:3128', credentialSecretRef: 'proxy' }, noProxy: ['example.org'] },
  spec: { template: { spec: { runtimeClassName: 'gvisor' } } },
`;

const { none, fullOne, several } = await evaluateAll({
  none: one(),
  fullOne: one(full),
  several: app(`{ scaleSets: { a: ${set()}, b: ${set(mode('dind'))}, c: ${set(mode('kubernetes'))} } }`),
});

for (const [name, manifests] of [
  ['full', fullOne],
  ['several', several],
] as [string, any[]][]) {
  test(`scale sets of "${name}" are what their definition takes, and so are all other manifests`, async () => {
    const checker = await loadChecker({ kubernetes: '1.34', root });
    for (const manifest of manifests) assert.deepEqual(checker.check(manifest), [], manifest.metadata.name);
  });
}

test('the version of a scale set is that of the controller, which deletes others', () => {
  const image: string = find(none, 'Deployment', 'actions-runner-controller').spec.template.spec.containers[0].image;
  assert.equal(scaleSetOf(none).metadata.labels['app.kubernetes.io/version'], image.split(':')[1]);
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
  const pod = podOf(none);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.priorityClassName, undefined);
  assert.deepEqual(gapsOf(pod, 'AutoscalingRunnerSet'), ['runner writes to its root file system']);
  const listener = scaleSetOf(none).spec.listenerTemplate.spec;
  const named = { ...listener, serviceAccountName: 'made', automountServiceAccountToken: true };
  const image = { image: 'registry.example/controller:1' };
  named.containers = named.containers.map((container: any) => ({ ...container, ...image }));
  assert.deepEqual(gapsOf(named, 'Job'), []);
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
