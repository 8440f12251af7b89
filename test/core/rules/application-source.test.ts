import assert from 'node:assert/strict';
import { test } from 'node:test';
import { application, brief, findings } from './environment.ts';
import type { ApplicationOptions } from './environment.ts';

const check = (options: ApplicationOptions, failed: string[] = []) =>
  brief(findings('application-source', { apps: { web: [application(), application(options)] }, failed }));

test('an Application as the libraries make it is right', () => {
  assert.deepEqual(findings('application-source', { apps: { web: [application()] } }), []);
});

test('a folder that the repository does not have', () => {
  assert.deepEqual(check({ path: 'environments/hmoe' }), [
    ['web', 'web', '/spec/source/path', 'the repository has no folder "environments/hmoe"'],
  ]);
});

test('library folders: missing ones, and those that this toolchain renders with in another order', () => {
  assert.deepEqual(check({ libs: ['vendor', 'library'] })[0], [
    'web',
    'web',
    '/spec/source/directory/jsonnet/libs/1',
    'the repository has no library folder "library"',
  ]);
  assert.match(check({ libs: ['lib', 'vendor'] })[0]![3]!, /are lib, vendor; this toolchain renders with vendor, lib/);
});

test('an include that leaves main.jsonnet out', () => {
  assert.match(check({ include: '*.yaml' })[0]![3]!, /directory\.include "\*\.yaml" leaves main\.jsonnet out/);
});

test('an app that the environment does not have, unless not all apps are known', () => {
  assert.deepEqual(check({ app: 'wbe' }), [
    ['web', 'wbe', '/spec/source/directory/jsonnet/tlas/0/value', 'the environment has no app "wbe"'],
  ]);
  assert.deepEqual(check({ app: 'wbe' }, ['broken']), []);
});

test("Applications of other repositories are somebody else's", () => {
  assert.deepEqual(check({ repoURL: 'https://charts.example.org', path: 'nowhere', app: 'other' }), []);
});
