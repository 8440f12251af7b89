import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fixtureRepository, rekindle, rekindleScript } from '../helpers/repository.ts';

/** More than a pipe holds, so that the reader is gone before the writer is done. */
const repository = fixtureRepository({ 'lib/notice.txt': 'a line of the notice\n'.repeat(20_000) });

test('a reader that has seen enough ends the run quietly', () => {
  const command = `"$0" "$1" render --stdout | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const run = spawnSync('/bin/bash', ['-c', command, process.execPath, rekindleScript], {
    cwd: repository.root,
    encoding: 'utf8',
  });
  assert.deepEqual(run.stdout.split('\n'), ['---', '141', '']);
  assert.doesNotMatch(run.stderr, /Error|EPIPE|\n\s+at /);
});

test('closed standard streams are no reason to fail in words', () => {
  const command = `"$0" "$1" render >&- 2>&-; echo $?`;
  const run = spawnSync('/bin/bash', ['-c', command, process.execPath, rekindleScript], {
    cwd: repository.root,
    encoding: 'utf8',
  });
  assert.ok(['0\n', '141\n'].includes(run.stdout), run.stdout + run.stderr);
});

test('what a pipe receives has no colours and no progress', async () => {
  const run = await rekindle(repository.root, ['render', '--no-cache'], { env: { FORCE_COLOR: '' } });
  assert.equal(run.code, 0);
  assert.ok(!`${run.stdout}${run.stderr}`.includes('\x1b'));
  assert.ok(!`${run.stdout}${run.stderr}`.includes('\r'));
});
