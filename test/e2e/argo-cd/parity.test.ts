import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from './parity.ts';

test('canonical JSON does not depend on the order of keys, but on everything else', () => {
  assert.equal(canonical({ b: [{ d: 1, c: null }], a: 'x' }), '{"a":"x","b":[{"c":null,"d":1}]}');
  assert.notEqual(canonical([1, 2]), canonical([2, 1]));
  assert.notEqual(canonical({ a: 1 }), canonical({ a: '1' }));
  assert.notEqual(canonical({ a: null }), canonical({}));
});
