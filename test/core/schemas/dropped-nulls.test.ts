import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutDroppedNulls } from '../../../scripts/core/schemas/dropped-nulls.ts';

const schema = {
  type: 'object',
  properties: {
    plain: { type: 'string' },
    nullable: { type: 'string', nullable: true },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    list: { type: 'array', items: { type: 'object', properties: { plain: { type: 'string' } } } },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  },
};

test('nulls go where the schema is not nullable, at every depth', () => {
  assert.deepEqual(
    withoutDroppedNulls(
      { plain: null, nullable: null, labels: { a: null, b: 'c' }, list: [{ plain: null }, null], free: { a: null } },
      schema,
    ),
    { nullable: null, labels: { b: 'c' }, list: [{}, null], free: { a: null } },
  );
});

test('an object without such nulls is returned itself', () => {
  const value = { plain: 'a', nullable: null, list: [{ plain: 'b' }], unknown: { a: null } };
  assert.equal(withoutDroppedNulls(value, schema), value);
});

test('a value of the wrong type passes through', () => {
  for (const value of [null, 'text', 3, [1], { list: 'none', labels: [null] }]) {
    assert.equal(withoutDroppedNulls(value, schema), value);
  }
});
