// An output folder that can't take the files: the cause and the path are named, what was there stays.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fixtureRepository, rekindle, rekindleScript, snapshot, temporaryFolder } from '../helpers/repository.ts';

const isRoot = process.getuid?.() === 0;

/** A file system of its own in memory, or undefined where this user may not mount one. */
function mountTmpfs(size: string): string | undefined {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rekindle-disk-')));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
  after(() => {
    if (mounted) spawnSync('umount', [folder]);
    rmdirSync(folder);
  });
  return mounted ? folder : undefined;
}

const small = isRoot ? mountTmpfs('256k') : undefined;
const roomy = isRoot ? mountTmpfs('1m') : undefined;

test('a full disk', { skip: small === undefined && 'only root can mount a small file system' }, async () => {
  assert.ok(small);
  const repository = fixtureRepository();
  const first = await rekindle(repository.root, ['render', '--output', small, '--env', 'lab']);
  assert.equal(first.code, 0, first.stderr);
  const before = snapshot(small);
  repository.write('lib/notice.txt', 'x'.repeat(100_000));
  const full = await rekindle(repository.root, ['render', '--output', small]);
  assert.equal(full.code, 2);
  assert.match(
    full.stderr,
    new RegExp(`^rekindle: cannot write ${small}/.*: no space left on the device; nothing was changed\n$`),
  );
  assert.deepEqual(snapshot(small), before);
  repository.write('lib/notice.txt', 'short');
  assert.equal((await rekindle(repository.root, ['render', '--output', small])).code, 0);
});

test('a limit on the size of files', () => {
  const repository = fixtureRepository({ 'lib/notice.txt': 'x'.repeat(100_000) });
  const output = join(repository.root, 'rendered');
  mkdirSync(join(output, 'lab'), { recursive: true });
  writeFileSync(join(output, 'lab', 'mine.txt'), 'mine');
  const command = `ulimit -f 16; exec "$0" "$@"`;
  const run = spawnSync('/bin/sh', ['-c', command, process.execPath, rekindleScript, 'render', '--no-cache'], {
    cwd: repository.root,
    encoding: 'utf8',
  });
  assert.notEqual(run.status, 0);
  assert.doesNotMatch(run.stderr, /\n\s+at /, 'no stack trace');
  assert.deepEqual(snapshot(output), { 'lab/mine.txt': 'mine' });
});

test(
  'an output folder that is read-only',
  { skip: isRoot && roomy === undefined && 'this root may not mount' },
  async () => {
    const repository = fixtureRepository();
    // Permissions don't bind root, a mount does.
    const output = isRoot ? roomy : temporaryFolder();
    assert.ok(output);
    const render = (...args: string[]) => rekindle(repository.root, ['render', '--output', output, ...args]);
    assert.equal((await render()).code, 0);
    const before = snapshot(output);
    const lock = (readOnly: boolean): void => {
      if (isRoot) assert.equal(spawnSync('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, output]).status, 0);
      else
        for (const folder of ['', '.rekindle', 'lab', 'lab/blog'])
          chmodSync(join(output, folder), readOnly ? 0o555 : 0o755);
    };
    lock(true);
    try {
      const unchanged = await render();
      assert.equal(unchanged.code, 0, 'nothing to write is nothing to refuse');
      repository.write('lib/notice.txt', 'changed');
      const run = await render();
      assert.equal(run.code, 2);
      assert.match(
        run.stderr,
        /^rekindle: cannot write .*: (permission denied|the file system is read-only); nothing was changed\n$/,
      );
      assert.deepEqual(snapshot(output), before);
    } finally {
      lock(false);
    }
  },
);

test('a file where a folder should be, and a folder where a file should be', async () => {
  const repository = fixtureRepository({ 'rendered/lab': 'a file' });
  const file = await rekindle(repository.root, ['render']);
  assert.equal(file.code, 2);
  assert.match(file.stderr, /cannot write .*\/rendered\/lab.*: a file is in the way of a folder; nothing was changed/);
  const folder = fixtureRepository({ 'rendered/lab/cluster/namespace-blog.yaml/x': '' });
  const run = await rekindle(folder.root, ['render']);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /cannot write .*namespace-blog.yaml: a folder is in the way of a file/);
});

test('few open files are enough', () => {
  const repository = fixtureRepository();
  const command = `ulimit -n 40; exec "$0" "$@"`;
  const run = spawnSync('/bin/sh', ['-c', command, process.execPath, rekindleScript, 'render'], {
    cwd: repository.root,
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
});
