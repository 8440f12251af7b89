import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compactJson, type Json } from '../../../../scripts/core/schemas/generate/compact-json.ts';

test('any value reads back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.deepEqual(JSON.parse(compactJson(value as Json)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('the order of keys does not show', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      return compactJson(value as Json) === compactJson(reversed as Json);
    }),
  );
});

test('what fits stays on a line, what does not is spread', () => {
  assert.equal(compactJson({ b: [1, 2], a: {} }), '{"a":{},"b":[1,2]}\n');
  const long = { text: 'x'.repeat(120) };
  assert.equal(compactJson({ long, short: [1] }), `{\n"long":{\n"text":"${long.text}"\n},\n"short":[1]\n}\n`);
});
