import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareGenerated, writeGenerated } from '../../../../scripts/core/schemas/generate/generated-files.ts';

/** A repository in which every kind of change is due. */
function repository(): string {
  const root = mkdtempSync(join(tmpdir(), 'rekindle-'));
  mkdirSync(join(root, 'out'));
  writeFileSync(join(root, 'out/same.json'), 'same');
  writeFileSync(join(root, 'out/old.json'), 'old');
  writeFileSync(join(root, 'out/dropped.json'), 'dropped');
  writeFileSync(join(root, 'out/README.md'), 'mine');
  writeFileSync(join(root, 'other.json'), 'mine');
  return root;
}

const generated = {
  files: [
    { path: 'out/same.json', text: 'same' },
    { path: 'out/old.json', text: 'new, ü' },
    { path: 'out/deeper/added.json', text: 'added' },
  ],
  folders: ['out', 'missing'],
};

const changes = [
  { path: 'out/deeper/added.json', bytes: 5, change: 'added' },
  { path: 'out/dropped.json', bytes: 0, change: 'removed' },
  { path: 'out/old.json', bytes: 7, change: 'changed' },
  { path: 'out/same.json', bytes: 4, change: 'unchanged' },
];

test('comparing says what would change and changes nothing', async () => {
  const root = repository();
  assert.deepEqual(await compareGenerated(root, generated), changes);
  assert.equal(readFileSync(join(root, 'out/old.json'), 'utf8'), 'old');
  assert.deepEqual(await compareGenerated(root, generated), changes);
});

test('writing brings the folder up to date and leaves other files alone', async () => {
  const root = repository();
  assert.deepEqual(await writeGenerated(root, generated), changes);
  assert.deepEqual(readdirSync(root, { recursive: true }).sort(), [
    'other.json',
    'out',
    'out/README.md',
    'out/deeper',
    'out/deeper/added.json',
    'out/old.json',
    'out/same.json',
  ]);
  assert.equal(readFileSync(join(root, 'out/old.json'), 'utf8'), 'new, ü');
  const again = await writeGenerated(root, generated);
  assert.ok(again.every(({ change }) => change === 'unchanged'));
});
