import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cacheKey, openCache, readEntry, writeEntry } from '../../scripts/core/cache.ts';
import { discoverEnvironments } from '../../scripts/core/discover.ts';
import { remember } from '../../scripts/core/memo.ts';
import { openRepository } from '../../scripts/core/root.ts';
import { fixtureRepository, temporaryFolder } from '../helpers/repository.ts';

test('an entry is read back under its key', () => {
  const cache = { directory: join(temporaryFolder(), 'not', 'yet') };
  const key = cacheKey('a', 1);
  assert.equal(readEntry(cache, key), undefined);
  writeEntry(cache, key, { a: [1, null, 'é'] });
  assert.deepEqual(readEntry(cache, key), { a: [1, null, 'é'] });
  assert.deepEqual(readdirSync(cache.directory), [key]);
  assert.notEqual(cacheKey('a', 1), cacheKey('a', 2));
  assert.notEqual(cacheKey('a', 'b'), cacheKey('ab'));
});

test('the cache lies in the repository unless the environment says where', (t) => {
  const before = process.env.REKINDLE_CACHE;
  t.after(() => (before === undefined ? delete process.env.REKINDLE_CACHE : (process.env.REKINDLE_CACHE = before)));
  delete process.env.REKINDLE_CACHE;
  assert.equal(openCache('/r').directory, '/r/.cache/rekindle');
  process.env.REKINDLE_CACHE = '/elsewhere';
  assert.equal(openCache('/r').directory, '/elsewhere');
});

test('an answer is kept as long as no file of the import graph changes, none appears before one, and none is removed', async () => {
  const repository = fixtureRepository();
  const [environment] = discoverEnvironments(openRepository(repository.root));
  assert.ok(environment);
  const cache = { directory: temporaryFolder() };
  let computed = 0;
  const ask = (question: unknown[] = ['q']) =>
    remember(environment, cache, question, async () => ({ value: ++computed, keep: true }));
  assert.deepEqual([await ask(), await ask()], [1, 1]);

  repository.write('lib/unrelated.libsonnet', '{}');
  assert.equal(await ask(), 1);
  const notice = repository.read('lib/notice.txt');
  repository.write('lib/notice.txt', 'changed');
  assert.equal(await ask(), 2);
  repository.write('lib/notice.txt', notice);
  assert.equal(await ask(), 1, 'what was known before is known again');
  // lib/ is searched before vendor/.
  repository.write('lib/greeting/main.libsonnet', repository.read('vendor/greeting/main.libsonnet'));
  assert.equal(await ask(), 3);
  rmSync(join(repository.root, 'lib', 'greeting'), { recursive: true });
  assert.equal(await ask(), 1);
  assert.equal(await ask(['another question']), 4);
});

test('what may not be kept is computed again', async () => {
  const [environment] = discoverEnvironments(openRepository(fixtureRepository().root));
  assert.ok(environment);
  const cache = { directory: temporaryFolder() };
  let computed = 0;
  const ask = () => remember(environment, cache, ['q'], async () => ({ value: ++computed, keep: false }));
  assert.deepEqual([await ask(), await ask()], [1, 2]);
  assert.deepEqual(readdirSync(cache.directory), []);
});

test('an answer is one entry when it is small; one that was replaced and one that is large have their own', async () => {
  const repository = fixtureRepository();
  const [environment] = discoverEnvironments(openRepository(repository.root));
  assert.ok(environment);
  const cache = { directory: temporaryFolder() };
  const entries = () => readdirSync(cache.directory).length;
  const ask = (value: string) => remember(environment, cache, ['q'], async () => ({ value, keep: true }));
  assert.equal(await ask('small'), 'small');
  assert.equal(entries(), 1);
  const notice = repository.read('lib/notice.txt');
  repository.write('lib/notice.txt', 'changed');
  const large = 'large'.repeat(10_000);
  assert.equal(await ask(large), large);
  assert.equal(entries(), 3);
  assert.equal(await ask('not asked for'), large);
  repository.write('lib/notice.txt', notice);
  assert.equal(await ask('not asked for'), 'small');
});
