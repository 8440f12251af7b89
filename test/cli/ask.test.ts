import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { askHidden } from '../../scripts/cli/ask.ts';

/** What somebody types, and what they see of it. */
async function typing(...keys: string[]): Promise<{ answer: string; seen: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const answer = askHidden('token: ', input, output);
  for (const key of keys) input.write(key);
  return { answer: await answer, seen: String(output.read()) };
}

test('what is typed becomes the answer and is not shown', async () => {
  assert.deepEqual(await typing('s3c', 'r\u00e9t \u2713', '\r'), { answer: 's3cr\u00e9t \u2713', seen: 'token: \n' });
});

test('a mistake can be taken back, and Enter alone is the empty text', async () => {
  assert.deepEqual(await typing('ab', '\u007f', 'c\r'), { answer: 'ac', seen: 'token: \n' });
  assert.deepEqual(await typing('\r'), { answer: '', seen: 'token: \n' });
});
