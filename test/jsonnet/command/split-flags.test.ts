import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitFlags } from '../../../scripts/jsonnet/command/split-flags.ts';

test('joined flags come apart, whatever the letters are', () => {
  assert.deepEqual(splitFlags(['-in2', '-Se', '-a\nb']), ['-i', '-n', '-2', '-S', '-e', '-a', '-\n', '-b']);
});

test('single flags, long ones, operands and standard input stay', () => {
  const given = ['-i', '--test', '-', 'a-bc', ''];
  assert.deepEqual(splitFlags(given), given);
});

test('so does everything from -- on', () => {
  assert.deepEqual(splitFlags(['-yS', '--', '-yS', '--', '-ab']), ['-y', '-S', '--', '-yS', '--', '-ab']);
});
