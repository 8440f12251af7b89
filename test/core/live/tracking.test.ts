import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracked } from '../../../scripts/core/live/tracking.ts';

const idOf = (apiVersion: string, kind: string, namespace?: string): string | undefined =>
  tracked('loki', 'home', { apiVersion, kind, metadata: { name: 'x', ...(namespace && { namespace }) } }).metadata
    .annotations?.['argocd.argoproj.io/tracking-id'];

test('an object is marked as Argo CD marks it: app, group, kind, and the namespace of the app where it has none', () => {
  assert.equal(idOf('apps/v1', 'Deployment', 'loki'), 'loki:apps/Deployment:loki/x');
  assert.equal(idOf('v1', 'Namespace'), 'loki:/Namespace:home/x');
});

test('annotations that are there stay', () => {
  const annotations = { a: 'b' };
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x', namespace: 'y', annotations } };
  assert.equal(tracked('loki', '', manifest).metadata.annotations?.a, 'b');
});
