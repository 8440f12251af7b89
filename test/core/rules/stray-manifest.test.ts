import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, brief, findings } from './environment.ts';

const stray = {
  'environments/home/values.json': '{}',
  'environments/home/secrets.sops.yaml': '',
  'environments/home/cluster.libsonnet': '',
};

test('what directory.include leaves out is no stray manifest', () => {
  assert.deepEqual(findings('stray-manifest', { apps: { web: [application()] }, files: stray }), []);
});

test('without include every YAML, JSON and Jsonnet file beside main.jsonnet is one', () => {
  const found = findings('stray-manifest', { apps: { web: [application({ include: null })] }, files: stray });
  assert.deepEqual(
    brief(found).map(([, name, pointer]) => [name, pointer]),
    [
      ['web', '/spec/source/directory/include'],
      ['web', '/spec/source/directory/include'],
    ],
  );
  assert.deepEqual(
    found.map(({ file }) => file),
    ['environments/home/secrets.sops.yaml', 'environments/home/values.json'],
  );
});

test('sub-folders count only with recurse', () => {
  const files = { 'environments/home/files/dashboard.json': '{}' };
  const at = (recurse: boolean) =>
    findings('stray-manifest', { apps: { web: [application({ include: null, recurse })] }, files });
  assert.equal(at(false).length, 0);
  assert.deepEqual(
    at(true).map(({ file }) => file),
    ['environments/home/files/dashboard.json'],
  );
});

test('a glob with alternatives takes what it names', () => {
  const found = findings('stray-manifest', {
    apps: { web: [application({ include: '{main.jsonnet,*.json}' })] },
    files: stray,
  });
  assert.deepEqual(
    found.map(({ file }) => file),
    ['environments/home/values.json'],
  );
});

test('an Application of another folder reads nothing here', () => {
  assert.deepEqual(
    findings('stray-manifest', { apps: { web: [application({ include: null, path: 'elsewhere' })] }, files: stray }),
    [],
  );
});
