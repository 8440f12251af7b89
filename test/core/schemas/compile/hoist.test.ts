import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoist } from '../../../../scripts/core/schemas/compile/hoist.ts';
import type { SchemaNode } from '../../../../scripts/core/schemas/schema-nodes.ts';

/** An object schema that is large enough to be moved. */
function large(...more: [string, SchemaNode][]): SchemaNode {
  const fields = Array.from({ length: 20 }, (_, index) => [`field${index}`, { type: 'string' }]);
  return { type: 'object', properties: Object.fromEntries([...fields, ...more]), additionalProperties: false };
}

/** Puts the definitions back where they are referred to. */
function inline(schema: unknown, $defs: Record<string, SchemaNode>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => inline(item, $defs));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, $defs: _, ...rest } = schema as SchemaNode;
  if (typeof $ref === 'string') return inline($defs[$ref.replace('#/$defs/', '')], $defs);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inline(value, $defs)]));
}

test('equal objects are kept once, and nothing is lost', () => {
  const schema = large(['a', large()], ['b', { type: 'array', items: large() }], ['c', large(['d', large()])]);
  const hoisted = hoist(schema) as { $defs: Record<string, SchemaNode> };
  assert.equal(Object.keys(hoisted.$defs).length, 2);
  assert.deepEqual(inline(hoisted, hoisted.$defs), schema);
});

test('a small schema stays as it is', () => {
  const schema = { type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'string' } } } } };
  assert.deepEqual(hoist(schema), schema);
});
