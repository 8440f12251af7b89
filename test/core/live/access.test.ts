import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { test } from 'node:test';
import { accessOf, kubeconfigPath, type InfrastructureSettings } from '../../../scripts/core/live/access.ts';
import { repositoryOf } from '../../helpers/repository.ts';

const settings = (changes: Partial<InfrastructureSettings> = {}): InfrastructureSettings => ({
  target: 'existing',
  kubeconfig: 'state/home/kubeconfig',
  context: null,
  ...changes,
});

test('paths are from the root of the repository, from the home folder, or absolute', () => {
  const paths = ['state/x', '/etc/x', '~/x', '~'].map((kubeconfig) => kubeconfigPath('/r', settings({ kubeconfig })));
  assert.deepEqual(paths, ['/r/state/x', '/etc/x', `${homedir()}/x`, homedir()]);
});

test('the kubeconfig of the settings, with their context; flags come before both', () => {
  const { root } = repositoryOf({ 'state/home/kubeconfig': '' });
  const kubeconfig = `${root}/state/home/kubeconfig`;
  assert.deepEqual(accessOf('home', root, settings(), {}), { kubeconfig });
  assert.deepEqual(accessOf('home', root, settings({ context: 'c' }), {}), { kubeconfig, context: 'c' });
  assert.deepEqual(accessOf('home', root, settings({ context: 'c' }), { context: 'other' }), { context: 'other' });
});

test('without a kubeconfig no other cluster is taken', () => {
  const { root } = repositoryOf({});
  assert.throws(
    () => accessOf('home', root, settings(), {}),
    /^UsageError: state\/home\/kubeconfig: there is no kubeconfig; put that of the cluster there/,
  );
  assert.throws(
    () => accessOf('home', root, settings({ target: 'kind' }), {}),
    /no cluster either; npm run bootstrap -- --env home makes it$/,
  );
});
