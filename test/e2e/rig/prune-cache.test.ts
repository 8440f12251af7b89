import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { temporaryFolder } from '../../helpers/repository.ts';
import { pruneCache } from './prune-cache.ts';
import { binaryPath, cacheFolder, ensureBuilt, readTools } from './tools.ts';

const before = process.env.XDG_CACHE_HOME;
process.env.XDG_CACHE_HOME = temporaryFolder();
after(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
});

const day = 24 * 60 * 60 * 1000;
const make = (name: string, days: number): void => {
  const folder = join(cacheFolder(), name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'program'), '');
  const then = new Date(Date.now() - days * day);
  utimesSync(folder, then, then);
};

test('what no tool.json names goes after 30 days without use; everything else stays', async () => {
  assert.deepEqual(pruneCache(), []);
  const tool = readTools().get('etcd')!;
  const named = basename(dirname(binaryPath(tool)));
  make('etcd-v3.6.1-0123456789abcdef', 31);
  make('etcd-v3.6.2-0123456789abcdef', 29);
  make('module-kubernetes-v1.34.4', 31);
  make(named, 31);
  assert.deepEqual(pruneCache(), ['etcd-v3.6.1-0123456789abcdef']);
  assert.deepEqual(
    readdirSync(cacheFolder()).sort(),
    ['etcd-v3.6.2-0123456789abcdef', named, 'module-kubernetes-v1.34.4'].sort(),
  );

  // A build that asks for what is there uses it, whichever checkout it is of.
  writeFileSync(binaryPath(tool), '');
  assert.equal(await ensureBuilt(tool), 0);
  assert.ok(Date.now() - statSync(dirname(binaryPath(tool))).mtimeMs < day);
});
