import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { app, cluster, find, mode, one, podOf, scaleSetOf, set } from './actions-runner-controller-cluster.ts';
import { evaluate, evaluateAll } from './evaluate.ts';
import { allows, type NetworkPolicy } from './network-policy.ts';

const root = path.resolve(import.meta.dirname, '../..');

const { none, kubernetes, large, everywhere } = await evaluateAll({
  none: one(),
  kubernetes: one(mode('kubernetes', `workVolume: '20Gi'`), `{ storageClass: 'fast' }`),
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

test('scale sets come last and go first; nothing but them needs the controller to go', () => {
  for (const manifest of kubernetes) {
    const wave = Number(manifest.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    assert.equal(wave, manifest.kind === 'AutoscalingRunnerSet' ? 1 : 0, `${manifest.kind}/${manifest.metadata.name}`);
    assert.equal(manifest.metadata.finalizers, undefined);
  }
});

test('the controller may do nothing outside its two namespaces, unless it is to watch all', () => {
  const clusterWide = (manifests: any[]) => manifests.filter((m) => m.kind.startsWith('ClusterRole')).length;
  assert.equal(clusterWide(none), 0);
  assert.equal(clusterWide(everywhere), 2);
  const argsOf = (manifests: any[]): string[] =>
    find(manifests, 'Deployment', 'actions-runner-controller').spec.template.spec.containers[0].args;
  assert.ok(argsOf(none).includes('--watch-single-namespace=actions-runners'));
  assert.ok(!argsOf(everywhere).some((arg) => arg.startsWith('--watch-single-namespace')));
  for (const binding of kubernetes.filter((m: any) => m.kind === 'RoleBinding' && !m.metadata.name.endsWith('runner')))
    assert.deepEqual(binding.subjects[0].namespace, 'actions-runner-controller');
  const subjects = none
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
  const manifests = none;
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
