import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sha256 } from '../../scripts/core/cache.ts';
import { writeOutput } from '../../scripts/core/write.ts';
import { repositoryOf, snapshot, temporaryFolder } from '../helpers/repository.ts';

const always = () => true;
const never = () => false;

function app(name: string, files: Record<string, string>) {
  return { env: 'lab', app: name, files: Object.entries(files).map(([file, text]) => ({ name: file, text })) };
}

test('files are written once; a second time nothing is touched', async () => {
  const folder = join(temporaryFolder(), 'not', 'yet', 'there');
  assert.deepEqual(await writeOutput(folder, [app('a', { x: '1', y: '2' })], always), { written: 2, removed: 0 });
  assert.deepEqual(snapshot(folder), { 'lab/a/x': '1', 'lab/a/y': '2' });
  const before = statSync(join(folder, 'lab/a/x')).mtimeMs;
  assert.deepEqual(await writeOutput(folder, [app('a', { x: '1', y: '3' })], always), { written: 1, removed: 0 });
  assert.equal(statSync(join(folder, 'lab/a/x')).mtimeMs, before);
  assert.deepEqual(readdirSync(join(folder, '.rekindle')), ['index.json']);
});

test('beside what is there, new files and new folders find their places', async () => {
  const folder = temporaryFolder();
  await writeOutput(folder, [app('a', { x: '1' })], always);
  const apps = [
    app('a', { x: '2', y: '3', 'deep/er/z': '4' }),
    app('b', { 'cluster/main.tf.json': '5', 'cluster/lock': '6' }),
    { ...app('c', { x: '7' }), env: 'other' },
  ];
  assert.deepEqual(await writeOutput(folder, apps, always), { written: 6, removed: 0 });
  assert.deepEqual(snapshot(folder), {
    'lab/a/x': '2',
    'lab/a/y': '3',
    'lab/a/deep/er/z': '4',
    'lab/b/cluster/main.tf.json': '5',
    'lab/b/cluster/lock': '6',
    'other/c/x': '7',
  });
  assert.deepEqual(readdirSync(join(folder, '.rekindle')), ['index.json']);
});

test('what an earlier render wrote and this one does not is removed, with the folders that it leaves empty', async () => {
  const folder = temporaryFolder();
  await writeOutput(folder, [app('a', { x: '1', y: '2' }), app('b', { z: '3' }), app('c', { z: '4' })], always);
  const exists = (_: string, name: string) => name === 'c';
  assert.deepEqual(await writeOutput(folder, [app('a', { x: '1' })], exists), { written: 0, removed: 2 });
  assert.deepEqual(snapshot(folder), { 'lab/a/x': '1', 'lab/c/z': '4' });
  assert.ok(!existsSync(join(folder, 'lab/b')));
});

test('what no render wrote stays, also when the index is lost or names other files', async () => {
  const { root, write } = repositoryOf({ 'lab/a/mine': 'm', secret: 's' });
  await writeOutput(root, [app('a', { x: '1' })], never);
  for (const index of [
    '',
    '{',
    '{"../x":["y"]}',
    '{"lab/a":["../../secret"]}',
    '{"lab/a":["x/../../../secret"]}',
    '{".git/a":["x"]}',
  ]) {
    write('.rekindle/index.json', index);
    await writeOutput(root, [], never);
    assert.deepEqual(snapshot(root), { 'lab/a/mine': 'm', 'lab/a/x': '1', secret: 's' }, index);
  }
});

test('what a run that was killed left behind is tidied up', async () => {
  const { root, write } = repositoryOf({
    '.rekindle/stage-1/0': 'x',
    '.rekindle/lock.77': '{}',
    '.rekindle/lock': 'half a lo',
  });
  await writeOutput(root, [app('a', { x: '1' })], always);
  assert.deepEqual(readdirSync(join(root, '.rekindle')), ['index.json']);
  // Killed after its last file, before it had tidied up: there is nothing to write, but something to remove.
  write('.rekindle/stage-2/0', 'x');
  assert.deepEqual(await writeOutput(root, [app('a', { x: '1' })], always), { written: 0, removed: 0 });
  assert.deepEqual(readdirSync(join(root, '.rekindle')), ['index.json']);
});

test('a file that was said to be there must be there when the others are written', async () => {
  const folder = temporaryFolder();
  await writeOutput(folder, [app('a', { x: '1' })], always);
  const unchanged = { env: 'lab', app: 'a', files: [{ name: 'x', hash: sha256('1') }] };
  assert.deepEqual(await writeOutput(folder, [unchanged, app('b', { y: '2' })], always), { written: 1, removed: 0 });
  writeFileSync(join(folder, 'lab/a/x'), 'other');
  await assert.rejects(
    writeOutput(folder, [unchanged, app('b', { y: '3' })], always),
    /lab\/a\/x was changed by another process/,
  );
  assert.equal(readFileSync(join(folder, 'lab/b/y'), 'utf8'), '2');
});
