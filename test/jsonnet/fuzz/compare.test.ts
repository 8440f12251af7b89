// The harness itself: what go-jsonnet didn't come to is never taken for what it made of a program.
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../helpers/repository.ts';
import { difference, evaluateBatch } from './compare.ts';

/** Stands for go-jsonnet: a program is a line of shell. */
function shell(folder: string): string {
  const path = join(folder, 'program');
  writeFileSync(path, '#!/bin/sh\nexec /bin/sh "$1"\n');
  chmodSync(path, 0o755);
  return path;
}

test('a program that does not end has no outcome, and the next ones have theirs', () => {
  const folder = temporaryFolder();
  const sources = ['echo 1', 'exec sleep 60', 'echo RUNTIME ERROR: no >&2; exit 1'];
  const outcomes = evaluateBatch(shell(folder), folder, sources, { programSeconds: 1 });
  assert.deepEqual(outcomes, [{ text: '1\n' }, undefined, { reason: 'no' }]);
});

test('a batch that is cut short leaves no outcome of the batch before', () => {
  const folder = temporaryFolder();
  const program = shell(folder);
  const before = evaluateBatch(program, folder, ['echo 1', 'echo 2', 'echo 3']);
  assert.deepEqual(before, [{ text: '1\n' }, { text: '2\n' }, { text: '3\n' }]);
  const after = evaluateBatch(program, folder, ['echo 4', 'exec sleep 3', 'echo 6'], { batchSeconds: 1 });
  assert.deepEqual(after, [{ text: '4\n' }, undefined, undefined]);
});

test('values differ by a byte, refusals by their reason', () => {
  assert.equal(difference({ text: '1\n' }, { text: '1\n' }), undefined);
  assert.ok(difference({ text: '1\n' }, { text: '2\n' }));
  assert.ok(difference({ text: '1\n' }, { reason: 'no' }));
  assert.ok(difference({ reason: 'yes' }, { reason: 'no' }));
  assert.equal(difference({ reason: 'no' }, { reason: 'no' }), undefined);
});
