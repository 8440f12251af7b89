import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { discoverEnvironments, selectEnvironments } from '../../scripts/core/discover.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { fixtureRepository, repositoryOf, temporaryFolder } from '../helpers/repository.ts';

test('the nearest folder upward with environments/ is the repository', () => {
  const { root } = fixtureRepository();
  const expected = { root, environments: 'environments', libs: ['vendor', 'lib'] };
  assert.deepEqual(openRepository(root), expected);
  assert.deepEqual(openRepository(join(root, 'lib', 'cluster')), expected);
});

test('package.json can name other folders', () => {
  const settings = { libs: ['vendor/git.example.org/a/b/lib', './components/'], environments: 'clusters' };
  const { root } = repositoryOf({
    'package.json': JSON.stringify({ rekindle: settings }),
    'clusters/a/main.jsonnet': '',
    'clusters/a/environments/x': '',
  });
  assert.deepEqual(openRepository(join(root, 'clusters')), {
    root,
    environments: 'clusters',
    libs: ['vendor/git.example.org/a/b/lib', 'components'],
  });
});

test('a package.json without the field decides nothing', () => {
  const { root } = repositoryOf({
    'package.json': '{}',
    'environments/a/main.jsonnet': '',
    'tools/package.json': '{}',
  });
  assert.equal(openRepository(join(root, 'tools')).root, root);
});

test('what is wrong with the field is said with the file', () => {
  const cases: [unknown, RegExp][] = [
    [{ lib: [] }, /unknown field "rekindle.lib"; there are: environments, libs/],
    [{ libs: 'lib' }, /"rekindle.libs" must be an array of folders/],
    [{ libs: ['../lib'] }, /must name a folder inside the repository, got "\.\.\/lib"/],
    [{ environments: '/etc' }, /must name a folder inside the repository, got "\/etc"/],
    [{ environments: 'none' }, /none: no such folder/],
    [3, /"rekindle" must be an object/],
  ];
  for (const [field, message] of cases) {
    const { root } = repositoryOf({
      'package.json': JSON.stringify({ rekindle: field }),
      'environments/a/main.jsonnet': '',
    });
    assert.throws(() => openRepository(root), { name: 'UsageError', message });
  }
  assert.throws(() => openRepository(repositoryOf({ 'package.json': '{' }).root), /package.json: not valid JSON/);
});

test('outside of a repository the way in is named', () => {
  assert.throws(() => openRepository(temporaryFolder()), /no folder "environments" in .* or above it; run this inside/);
});

test('environments are the folders with a main.jsonnet, by name', () => {
  const { root } = fixtureRepository({ 'environments/README.md': '', 'environments/notes/a.txt': '' });
  const environments = discoverEnvironments(openRepository(root));
  assert.deepEqual(
    environments.map(({ name }) => name),
    ['home', 'lab'],
  );
  assert.deepEqual(
    selectEnvironments(environments, ['lab']).map(({ name }) => name),
    ['lab'],
  );
  assert.equal(selectEnvironments(environments, []).length, 2);
  assert.throws(() => selectEnvironments(environments, ['hoem']), /unknown environment "hoem": did you mean "home"\?/);
  assert.throws(() => selectEnvironments(environments, ['production']), /there are: home, lab/);
});

test('no environment at all, or half of one, is a mistake', () => {
  const { root } = repositoryOf({ 'environments/a/cluster.libsonnet': '{}' });
  assert.throws(
    () => discoverEnvironments(openRepository(root)),
    /environments\/a has a cluster.libsonnet but no main.jsonnet/,
  );
  const empty = temporaryFolder();
  mkdirSync(join(empty, 'environments'));
  assert.throws(
    () => discoverEnvironments(openRepository(empty)),
    /no environment in .*: an environment is a folder with a main.jsonnet/,
  );
});
