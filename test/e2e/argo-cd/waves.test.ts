import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSettled, stateOf, type AppState } from '../../../scripts/core/live/applications.ts';
import { recordWaves } from './waves.ts';

const app = (name: string, wave: number, changes: Partial<AppState> = {}): AppState => ({
  ...stateOf({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      name,
      uid: '',
      resourceVersion: '',
      creationTimestamp: '',
      annotations: { 'argocd.argoproj.io/sync-wave': `${wave}` },
    },
    spec: { source: { targetRevision: 'new' } },
    status: { sync: { status: 'Synced', revision: 'new' }, health: { status: 'Healthy' } },
  }),
  ...changes,
});

test('an Application is settled when it is in sync and healthy at the commit, with nothing under way', () => {
  assert.ok(isSettled(app('contour', 3), 'new'));
  for (const change of [
    { follows: 'old' },
    { revision: 'old' },
    { sync: 'Unknown' },
    { health: 'Missing' },
    { busy: true },
  ]) {
    assert.equal(isSettled(app('contour', 3, change), 'new'), false, JSON.stringify(change));
  }
  // The root follows a branch.
  assert.ok(isSettled(app('applications', 0, { follows: 'main' }), 'new'));
});

test('a sync that failed and is to be tried again is under way', () => {
  const metadata = { name: 'contour', uid: '', resourceVersion: '', creationTimestamp: '' };
  const live = { apiVersion: '', kind: '', metadata, spec: { source: { targetRevision: 'new' } } };
  assert.equal(stateOf({ ...live, status: { operationState: { phase: 'Running' } } }).busy, true);
  assert.equal(stateOf({ ...live, status: { operationState: { phase: 'Succeeded' } } }).busy, false);
  assert.equal(stateOf({ ...live, operation: {} }).busy, true);
});

test('waves in order: each is settled by the time that the commit reaches the next', () => {
  const waves = recordWaves('new');
  waves.look([
    app('early', 1, { busy: true }),
    app('late', 2, { follows: 'old' }),
    app('other', 2, { follows: 'old' }),
  ]);
  waves.look([app('early', 1), app('late', 2), app('other', 2)]);
  assert.deepEqual(waves.mistakes(), []);
  assert.deepEqual(waves.order(), ['early', 'late+other']);
});

test('a wave that did not wait is a mistake, also when the early one is never settled', () => {
  for (const health of ['Healthy', 'Progressing']) {
    const waves = recordWaves('new');
    waves.look([app('early', 1, { health: 'Progressing' }), app('late', 2)]);
    waves.look([app('early', 1, { health }), app('late', 2)]);
    assert.deepEqual(waves.mistakes(), ['late (wave 2) did not wait for early (wave 1)']);
  }
});
