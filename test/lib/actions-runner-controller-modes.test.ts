import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { app, environmentOf, find, mode, one, podOf, runnerOf, set } from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';

const root = path.resolve(import.meta.dirname, '../..');

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
const sudo: any[] = await evaluate(one('allowSudo: true'));

for (const [name, manifests] of Object.entries(modes)) {
  test(`scale sets of "${name}" are what their definition takes, and so are all other manifests`, async () => {
    const checker = await loadChecker({ kubernetes: '1.34', root });
    for (const manifest of manifests) assert.deepEqual(checker.check(manifest), [], manifest.metadata.name);
  });
}

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
