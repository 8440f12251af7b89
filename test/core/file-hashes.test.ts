import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'node:test';
import { readEntry, cacheKey, sha256, writeEntry } from '../../scripts/core/cache.ts';
import { newFileHashes, openFileHashes } from '../../scripts/core/file-hashes.ts';
import { temporaryFolder } from '../helpers/repository.ts';

test('a hash is that of the content; what can not be read has none', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), 'one');
  mkdirSync(join(folder, 'b'));
  const hashes = newFileHashes();
  assert.equal(hashes.of(join(folder, 'a')), sha256('one'));
  assert.equal(hashes.of(join(folder, 'b')), undefined);
  assert.equal(hashes.of(join(folder, 'c')), undefined);
});

test('only files that were at rest are kept, and whatever changes a file is seen', async () => {
  const folder = temporaryFolder();
  const cache = { directory: join(folder, 'cache') };
  const path = join(folder, 'a');
  const hash = (): string | undefined => {
    const hashes = openFileHashes(cache);
    const value = hashes.of(path);
    hashes.save();
    return value;
  };
  const kept = () => readEntry(cache, cacheKey('file-hashes')) as Record<string, [string, string]> | undefined;

  writeFileSync(path, 'one');
  assert.equal(hash(), sha256('one'));
  assert.equal(kept(), undefined, 'a file that has just changed may change again within one step of the clock');
  await sleep(2100);
  assert.equal(hash(), sha256('one'));
  const entry = kept()?.[path];
  assert.equal(entry?.[1], sha256('one'));

  // The kept hash is believed as long as the file system says the same of the file.
  writeEntry(cache, cacheKey('file-hashes'), { [path]: [entry?.[0], 'kept'] });
  assert.equal(hash(), 'kept');
  const { atime, mtime } = statSync(path);
  writeFileSync(path, 'two');
  utimesSync(path, atime, mtime);
  assert.equal(hash(), sha256('two'), 'the same size and modification time, but another change time');
  writeFileSync(join(folder, 'b'), 'one');
  renameSync(join(folder, 'b'), path);
  assert.equal(hash(), sha256('one'));
  rmSync(path);
  assert.equal(hash(), undefined);
});

test('without a cache nothing is kept', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a'), 'one');
  const hashes = openFileHashes(null);
  assert.equal(hashes.of(join(folder, 'a')), sha256('one'));
  hashes.save();
});

test('afresh every file is looked at again, and read again unless it is surely the same', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a');
  writeFileSync(path, 'one');
  const hashes = newFileHashes();
  assert.equal(hashes.of(path), sha256('one'));
  writeFileSync(path, 'two');
  assert.equal(hashes.of(path), sha256('one'), 'within a run a file is what it was first');
  assert.equal(hashes.afresh().of(path), sha256('two'), 'it has the same size and perhaps the same times');
  rmSync(path);
  assert.equal(hashes.afresh().of(path), undefined);
});

test('what many environments share is made once', () => {
  const hashes = newFileHashes();
  let made = 0;
  const ask = (name: string, data: unknown) => hashes.once(name, () => (made++, data));
  assert.equal(ask('a', [1]), ask('a', [2]));
  assert.notEqual(ask('a', [1]), ask('b', [2]));
  assert.equal(made, 2);
});
