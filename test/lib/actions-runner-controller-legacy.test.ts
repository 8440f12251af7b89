import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { find } from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import { clusterOf } from './fixture.ts';
import { gapsOf } from './hardening.ts';

const root = path.resolve(import.meta.dirname, '../..');
const name = 'actions-runner-controller-legacy';

const cluster = (settings: string): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      '${name}': (import '${name}/main.libsonnet') { enabled: true } + ${settings},
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } }`,
  );
const app = (settings: string, of = name): string => `(${cluster(settings)}).manifests('${of}')`;

const old = `{ runnerDeployments: { old: { organization: 'example', labels: ['old'], group: 'trusted', maxReplicas: 5 } } }`;
const docker = `{ credentials: { secretName: 'pat', kind: 'token' }, runnerDeployments: { old: { repository: 'example/app', docker: true, spec: { dockerMTU: 1400 } } } }`;
const rendered: Record<string, any[]> = await evaluateAll({
  plain: app('{}'),
  old: app(old),
  docker: app(docker),
  base: app(old, 'cluster'),
  baseDocker: app(docker, 'cluster'),
});

test('it is off unless it is asked for', async () => {
  const plain = clusterOf(`{ '${name}': import '${name}/main.libsonnet' }`);
  assert.equal(await evaluate(`(${plain}).has('${name}')`), false);
});

for (const [of, manifests] of Object.entries(rendered)) {
  test(`"${of}" is what Kubernetes and its definitions take`, async () => {
    const checker = await loadChecker({ kubernetes: '1.34', root });
    for (const manifest of manifests) assert.deepEqual(checker.check(manifest), [], manifest.metadata.name);
  });
}

test('a RunnerDeployment with what scales it, in the namespace of the runners, after everything else', () => {
  const deployment = find(rendered['old']!, 'RunnerDeployment', 'old', 'actions-runners-legacy');
  const { spec } = deployment.spec.template;
  assert.deepEqual([spec.organization, spec.labels, spec.group], ['example', ['old'], 'trusted']);
  assert.equal(deployment.spec.replicas, undefined, 'the autoscaler says how many');
  assert.equal(spec.dockerEnabled, false);
  const { spec: scaling } = find(rendered['old']!, 'HorizontalRunnerAutoscaler', 'old');
  assert.deepEqual([scaling.minReplicas, scaling.maxReplicas, scaling.scaleTargetRef.name], [1, 5, 'old']);
  for (const { kind, metadata } of rendered['old']!)
    assert.equal(
      metadata.annotations?.['argocd.argoproj.io/sync-wave'],
      /^(RunnerDeployment|HorizontalRunnerAutoscaler)$/.test(kind) ? '1' : undefined,
      kind,
    );
  assert.equal(find(rendered['docker']!, 'RunnerDeployment', 'old').spec.template.spec.dockerMTU, 1400);
});

test('webhooks see one namespace, and their CA comes from cert-manager', () => {
  const registrations = rendered['plain']!.filter(({ kind }) => kind.endsWith('WebhookConfiguration'));
  assert.deepEqual(
    registrations.map(({ webhooks }) => webhooks.length),
    [4, 3],
  );
  const { spec } = find(rendered['plain']!, 'Certificate', `${name}-tls`);
  for (const { metadata, webhooks } of registrations) {
    assert.equal(metadata.annotations['cert-manager.io/inject-ca-from'], `${name}/${spec.secretName}`);
    for (const webhook of webhooks) {
      assert.deepEqual(webhook.namespaceSelector.matchLabels, {
        'kubernetes.io/metadata.name': 'actions-runners-legacy',
      });
      const { service } = webhook.clientConfig;
      assert.ok(spec.dnsNames.includes(`${service.name}.${service.namespace}.svc`));
    }
  }
});

test('the controller is hardened, and the cluster is not its own', () => {
  const { spec } = find(rendered['plain']!, 'Deployment', name).spec.template;
  assert.deepEqual(gapsOf(spec, 'Deployment'), []);
  const rules = find(rendered['plain']!, 'ClusterRole', name).rules;
  assert.deepEqual(
    rules.flatMap((rule: any) => rule.resources),
    ['persistentvolumes'],
  );
  const variables = (of: string) =>
    find(rendered[of]!, 'Deployment', name)
      .spec.template.spec.containers[0].env.filter((one: any) => one.name.startsWith('GITHUB_'))
      .map((one: any) => one.valueFrom.secretKeyRef);
  assert.deepEqual(variables('docker'), [{ name: 'pat', key: 'github_token' }]);
  assert.equal(variables('old').length, 3);
});

test('the Pod Security of the runners follows docker', () => {
  const level = (of: string) =>
    find(rendered[of]!, 'Namespace', 'actions-runners-legacy').metadata.labels['pod-security.kubernetes.io/enforce'];
  assert.deepEqual([level('base'), level('baseDocker')], ['baseline', 'privileged']);
});

const mistakes: [settings: string, message: string][] = [
  [
    `{ runnerDeployments: { old: {} } }`,
    'runnerDeployments.old: set one of enterprise, organization, repository, whose jobs it runs',
  ],
  [`{ runnerDeployments: { old: { organization: 'a', repository: 'a/b' } } }`, 'runnerDeployments.old: set one of '],
  [
    `{ runnerDeployments: { old: { organization: 'a', minReplicas: 4 } } }`,
    'runnerDeployments.old.minReplicas: 4 is more than maxReplicas, 3',
  ],
  [`{ runners+: { namespace: '${name}' } }`, `runners.namespace: "${name}" is where the controller is, `],
];

test('mistakes are said with their place', async () => {
  const problemsOf = (settings: string) =>
    `local c = ${cluster(settings)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;
  const found = await evaluateAll(
    Object.fromEntries(mistakes.map(([settings], i) => [String(i), problemsOf(settings)])),
  );
  for (const [i, [settings, message]] of mistakes.entries()) {
    const problems = found[String(i)] as string[];
    assert.ok(
      problems.some((problem) => problem.startsWith(`test: components.${name}.${message}`)),
      `${settings}: ${problems.join('\n')}`,
    );
  }
});
