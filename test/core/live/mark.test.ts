import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demandCluster, environmentOf } from '../../../scripts/core/live/mark.ts';
import { fakeKubectl, live } from './fake-kubectl.ts';

const marked = (environment: string) =>
  fakeKubectl({ configmaps: [live('ConfigMap', 'rekindle', { data: { environment } })] });

test('a cluster says which environment it runs', async () => {
  assert.equal(await environmentOf(marked('home')), 'home');
  assert.equal(await environmentOf(fakeKubectl()), undefined);
});

test('only the own cluster will do, or one that runs nothing yet', async () => {
  await demandCluster(marked('home'), 'home', 'ours');
  await demandCluster(fakeKubectl(), 'home', 'ours or new');
  await assert.rejects(
    demandCluster(fakeKubectl(), 'home', 'ours'),
    /of context "test" runs no environment yet; npm run bootstrap -- --env home/,
  );
  await assert.rejects(
    demandCluster(marked('production'), 'home', 'ours or new'),
    /runs the environment "production", not "home"; name another with --context, or set --env production/,
  );
});
