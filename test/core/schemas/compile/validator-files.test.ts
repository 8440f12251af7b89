import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { digest, readValidator, writeValidator } from '../../../../scripts/core/schemas/compile/validator-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rekindle-'));
const source = 'module.exports = () => true;\n// two lines\n';

test('what was written is read back, with nothing left beside it', () => {
  const file = join(folder, 'new', 'a.cjs');
  writeValidator(file, 'key', source);
  assert.equal(readValidator(file, 'key'), source);
  assert.deepEqual(readdirSync(join(folder, 'new')), ['a.cjs']);
});

test('a file of another key is a miss', () => {
  const file = join(folder, 'b.cjs');
  writeValidator(file, 'key', source);
  assert.equal(readValidator(file, 'another key'), undefined);
  assert.equal(readValidator(join(folder, 'missing.cjs'), 'key'), undefined);
});

test('a file with any byte changed, or cut anywhere, is a miss', () => {
  const file = join(folder, 'c.cjs');
  writeValidator(file, 'key', source);
  const bytes = readFileSync(file);
  for (let index = 0; index < bytes.length; index++) {
    const flipped = Buffer.from(bytes);
    flipped[index] = (flipped[index] as number) ^ 1;
    writeFileSync(file, flipped);
    assert.equal(readValidator(file, 'key'), undefined, `byte ${index}`);
    writeFileSync(file, bytes.subarray(0, index));
    assert.equal(readValidator(file, 'key'), undefined, `cut at ${index}`);
  }
});

test("parts of a digest can't be shifted into each other", () => {
  assert.notEqual(digest('ab', 'c'), digest('a', 'bc'));
  assert.notEqual(digest('a'), digest('a', ''));
});
