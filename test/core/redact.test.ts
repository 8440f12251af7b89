import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { redact } from '../../scripts/core/redact.ts';

test('a value is taken out as it is, quoted, in base64 and line by line', () => {
  const value = 'line "one"\nline two\n';
  const text = [value, JSON.stringify(value), Buffer.from(value).toString('base64'), 'line two'].join(' | ');
  assert.equal(redact(text, [value]), '<redacted> | "<redacted>" | <redacted> | <redacted>');
});

test('of values within values the whole is taken out', () => {
  assert.equal(redact('secret-and-more, secret', ['secret', 'secret-and-more']), '<redacted>, <redacted>');
});

test('property: no value of four letters or more is left', () => {
  const value = fc
    .string({ minLength: 4, maxLength: 20 })
    .filter((text) => text.trim().length >= 4 && !'<redacted>'.includes(text));
  fc.assert(
    fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
      assert.ok(!redact(`${before} ${secret} ${after}`, [secret]).replaceAll('<redacted>', '').includes(secret));
    }),
  );
});
