import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

/** Runs a verb on a machine without Go and Git. */
function run(...args: string[]) {
  const main = join(root, 'scripts/rekindle.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, PATH: '/nonexistent' },
  });
}

for (const args of [['crds', 'argo-cd'], ['crds', 'contour', '--check'], ['schemas']]) {
  test(`${args.join(' ')} without Go says so in one sentence and exits with 2`, () => {
    const { status, stdout, stderr } = run(...args);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^rekindle: Go is not installed: .* install Go 1\.21 or newer and try again\n$/);
  });
}

test('crds says the same of Git, for definitions that come from there', () => {
  const { status, stdout, stderr } = run('crds', 'actions-runner-controller');
  assert.equal(status, 2);
  assert.equal(stdout, '');
  assert.equal(stderr, 'rekindle: Git is not installed: install it and try again\n');
});

test('crds refuses a component that has no definitions', () => {
  const { status, stderr } = run('crds', 'metrics-server');
  assert.equal(status, 2);
  assert.match(
    stderr,
    /^rekindle: metrics-server has no CustomResourceDefinitions in lib\/crd-sources\.json; there are: /,
  );
});
