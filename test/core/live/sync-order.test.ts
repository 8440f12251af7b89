import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Manifest } from '../../../scripts/core/types.ts';
import { inSyncOrder } from '../../../scripts/core/live/sync-order.ts';

function manifest(kind: string, name: string, wave?: number, hook?: string): Manifest {
  const annotations = {
    ...(wave !== undefined && { 'argocd.argoproj.io/sync-wave': `${wave}` }),
    ...(hook !== undefined && { 'argocd.argoproj.io/hook': hook }),
  };
  return { apiVersion: 'v1', kind, metadata: { name, annotations } };
}

const names = (apps: Parameters<typeof inSyncOrder>[0]): string[] =>
  inSyncOrder(apps).map(({ manifest: { metadata } }) => metadata.name);

test('apps go by the wave of their Application, the app of Applications after the app that holds the root', () => {
  const apps = [
    { app: 'applications', manifests: [manifest('Application', 'late', 2), manifest('Application', 'early', 1)] },
    { app: 'late', manifests: [manifest('ConfigMap', 'in-late', -5)] },
    { app: 'early', manifests: [manifest('ConfigMap', 'in-early', 9), manifest('Application', 'applications', 0)] },
  ];
  assert.deepEqual(names(apps), ['applications', 'in-early', 'early', 'late', 'in-late']);
});

test('within an app: phase, wave, kind, name; kinds that Argo CD does not list come last', () => {
  const manifests = [
    manifest('Application', 'one', 0),
    manifest('Certificate', 'custom'),
    manifest('Deployment', 'deployment'),
    manifest('Service', 'b'),
    manifest('Service', 'a'),
    manifest('ConfigMap', 'second', 1),
    manifest('Job', 'before', 0, 'PreSync'),
    manifest('Job', 'after', -1, 'PostSync'),
  ];
  assert.deepEqual(names([{ app: 'one', manifests }]), [
    'before',
    'a',
    'b',
    'deployment',
    'custom',
    'one',
    'second',
    'after',
  ]);
});

test('an app without an Application is an error', () => {
  assert.throws(() => inSyncOrder([{ app: 'lost', manifests: [] }]), /no Application for the app lost/);
});
