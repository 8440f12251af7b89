import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, snapshot, temporaryFolder, type TestRepository } from '../helpers/repository.ts';

/** The fixture with its own word in every file, and with its own number of apps. */
function repositoryWith(word: string, components: string): TestRepository {
  return fixtureRepository({
    'environments/home/cluster.libsonnet': `(import 'cluster/main.libsonnet') { name: '${word}', components+: ${components} }`,
  });
}

test('two renders at once on one output leave one whole version, or one of them says that it is locked', async () => {
  const repositories = [
    repositoryWith('one', `{ blog: { to: 'one' } }`),
    repositoryWith('two', `{ blog: { to: 'two' }, wiki: { to: 'two' }, mail: { to: 'two' } }`),
  ];
  const wholes: Record<string, string>[] = [];
  for (const { root } of repositories) {
    assert.equal((await rekindle(root, ['render'])).code, 0);
    wholes.push(snapshot(join(root, 'rendered')));
  }
  for (let pair = 0; pair < 4; pair++) {
    const output = temporaryFolder();
    const runs = await Promise.all(repositories.map(({ root }) => rekindle(root, ['render', '--output', output])));
    const failed = runs.filter(({ code }) => code !== 0);
    assert.ok(failed.length < 2);
    for (const { stderr } of failed) assert.match(stderr, /locked by process \d+/);
    const tree = JSON.stringify(snapshot(output));
    assert.ok(
      wholes.some((whole) => JSON.stringify(whole) === tree),
      'a mixture of both',
    );
  }
});

test('a lock that stays is reported with its holder, that of a dead process is taken over', async () => {
  const { root } = fixtureRepository();
  const lock = (holder: object): void => {
    mkdirSync(join(root, 'rendered', '.rekindle'), { recursive: true });
    writeFileSync(join(root, 'rendered', '.rekindle', 'lock'), JSON.stringify(holder));
  };
  lock({ pid: 999_999_999, host: hostname(), started: '1' });
  assert.equal((await rekindle(root, ['render', '--env', 'lab'])).code, 0);
  // The pid lives, but since another moment: another process.
  lock({ pid: process.pid, host: hostname(), started: 'never' });
  assert.equal((await rekindle(root, ['render', '--env', 'home'])).code, 0);
  lock({ pid: 1, host: 'elsewhere.example.org', started: '1' });
  const { code, stderr, seconds } = await rekindle(root, ['render', '--format', 'json']);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^rekindle: .*\/rendered\/.rekindle\/lock: locked by process 1 on elsewhere.example.org; wait for it to end, or delete/,
  );
  assert.ok(seconds < 15);
});
