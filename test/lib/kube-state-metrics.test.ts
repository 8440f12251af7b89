import assert from 'node:assert/strict';
import { test } from 'node:test';
import { app, collectors, problemsOf } from './collectors-cluster.ts';
import { container, find } from './contour-cluster.ts';
import { evaluateAll } from './evaluate.ts';
import { gapsOf } from './hardening.ts';

const settings = (text: string, extra = '{}') => collectors({ settings: { 'kube-state-metrics': text }, extra });

const rendered = await evaluateAll({
  small: app('kube-state-metrics', collectors()),
  some: app(
    'kube-state-metrics',
    settings(`{ kinds: ['pods', 'secrets'], labels: { pods: ['app', 'app.kubernetes.io/name'], secrets: ['owner'] } }`),
  ),
  available: app('kube-state-metrics', settings('{}', `{ profile: 'highly-available' }`)),
  scrape: `(${collectors()}).get('kube-state-metrics').scrape`,
  kinds: `(import 'kube-state-metrics/kinds.libsonnet').names`,
  twice: problemsOf('kube-state-metrics', settings(`{ replicas: { server: 2 } }`)),
  unlisted: problemsOf('kube-state-metrics', settings(`{ labels: { leases: ['x'] } }`)),
  unknown: problemsOf('kube-state-metrics', settings(`{ kinds: ['pod'] }`)),
});

const argsOf = (manifests: any[]): string[] =>
  container(find(manifests, 'Deployment', 'kube-state-metrics'), 'server').args;
const rulesOf = (manifests: any[]) => find(manifests, 'ClusterRole', 'kube-state-metrics').rules;

test('it may list the kinds that it shows, and no Secrets', () => {
  const shown = argsOf(rendered.small)
    .find((flag) => flag.startsWith('--resources='))!
    .slice('--resources='.length)
    .split(',');
  const listed = rulesOf(rendered.small).flatMap((rule: any) => rule.resources);
  assert.deepEqual(listed.toSorted(), shown.toSorted());
  assert.ok(shown.length > 10 && !shown.includes('secrets') && !shown.includes('configmaps'));
  for (const rule of rulesOf(rendered.small)) assert.deepEqual(rule.verbs, ['list', 'watch']);
});

test('kinds and labels as they are set', () => {
  assert.deepEqual(rulesOf(rendered.some), [
    { apiGroups: [''], resources: ['pods', 'secrets'], verbs: ['list', 'watch'] },
  ]);
  assert.ok(
    argsOf(rendered.some).includes('--metric-labels-allowlist=pods=[app,app.kubernetes.io/name],secrets=[owner]'),
  );
  assert.ok(!argsOf(rendered.small).some((flag) => flag.startsWith('--metric-labels')));
});

test('one pod in every profile, replaced before the next one starts; hardened', () => {
  for (const manifests of [rendered.small, rendered.available]) {
    const { spec } = find(manifests, 'Deployment', 'kube-state-metrics');
    assert.equal(spec.replicas, 1);
    assert.deepEqual(spec.strategy, { type: 'Recreate' });
    assert.deepEqual(gapsOf(spec.template.spec, 'Deployment'), []);
  }
});

test('its metrics keep the labels of the objects that they are about', () => {
  assert.deepEqual(rendered.scrape, [
    { workload: 'server', port: 'metrics', honorLabels: true },
    { workload: 'server', port: 'telemetry' },
  ]);
});

test('refused: two of it, labels of kinds that it does not show, kinds that there are not', () => {
  assert.match(rendered.twice[0], /replicas\.server: two know nothing of each other/);
  assert.deepEqual(rendered.unlisted, [
    'test: components.kube-state-metrics.labels.leases: add it to kinds, or nothing lists them',
  ]);
  assert.match(rendered.unknown[0], /found "pod"; did you mean "pods"\?/);
});
