import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { mergeSchemas } from '../../../scripts/core/docs/merge-schemas.ts';

const object = (properties: Record<string, unknown>, required?: string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required && { required }),
});

test('equal schemas stay as they are', () => {
  const schema = object({ a: { type: 'string' } });
  assert.equal(mergeSchemas(schema, structuredClone(schema)), schema);
});

test('what either takes, the merged schema takes', () => {
  const one = object({ size: object({ web: { type: 'string' } }), mode: { enum: ['a'] }, n: { type: 'integer' } }, [
    'mode',
    'n',
  ]);
  const two = object({ size: object({ db: { type: 'string' } }), mode: { enum: ['a', 'b'] }, n: { type: 'string' } }, [
    'mode',
  ]);
  const validate = new Ajv({ strict: false }).compile(mergeSchemas(one, two) as object);
  for (const value of [
    { size: { web: 'x' }, mode: 'a', n: 1 },
    { size: { db: 'x' }, mode: 'b', n: 'x' },
    { mode: 'a' },
  ]) {
    assert.ok(validate(value), JSON.stringify(value));
  }
  for (const value of [{ size: { other: 'x' }, mode: 'a' }, { mode: 'c' }, { mode: 'a', n: true }, {}]) {
    assert.ok(!validate(value), JSON.stringify(value));
  }
});
