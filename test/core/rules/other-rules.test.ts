// Rules that see a whole environment and are small enough to share a file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brief, configMap, findings, namespace } from './environment.ts';

test('an environment without a manifest is a finding, one that failed is not', () => {
  assert.deepEqual(brief(findings('empty-environment', { apps: {} })), [
    [undefined, undefined, undefined, 'the environment has no app'],
  ]);
  assert.deepEqual(brief(findings('empty-environment', { apps: { web: [], mail: [] } })), [
    [undefined, undefined, undefined, 'the environment renders no manifest from 2 apps'],
  ]);
  assert.deepEqual(findings('empty-environment', { apps: { web: [namespace('web')] } }), []);
});

test('two apps with one object are named, whatever the version of its API', () => {
  const found = findings('duplicate-identity', {
    apps: { web: [configMap('a')], mail: [configMap('b'), configMap('a')] },
  });
  assert.deepEqual(brief(found), [
    ['mail', 'a', '/metadata/name', 'ConfigMap web/a is there twice: in app "web" and in app "mail"'],
  ]);
  assert.equal(found[0]?.severity, 'error');
});

test('a plaintext Secret in an environment is an error, for it comes from Git; its value is not in the finding', () => {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'a', namespace: 'web' },
    data: { token: 'aHVudGVyMg==' },
    stringData: { empty: '' },
  };
  const found = findings('plaintext-secret', { apps: { web: [secret] } });
  assert.deepEqual(
    found.map(({ severity, pointer }) => [severity, pointer]),
    [['error', '/data/token']],
  );
  assert.doesNotMatch(JSON.stringify(found), /aHVudGVyMg|hunter2/);
});

test('findings of an environment name it and the file that Argo CD evaluates', () => {
  const [found] = findings('duplicate-identity', { apps: { web: [configMap('a'), configMap('a')] } });
  assert.equal(found?.env, 'home');
  assert.equal(found?.file, 'environments/home/main.jsonnet');
  assert.deepEqual(found?.manifest, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'web', name: 'a' });
});
