import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { kubernetesMinors, parseBundle, readBundleText } from '../../../../scripts/core/schemas/bundle.ts';
import { crdToJsonSchema } from '../../../../scripts/core/schemas/compile/crd-schema.ts';
import type { Crd } from '../../../../scripts/core/schemas/crd.ts';
import { explain } from '../../../../scripts/core/schemas/explain/explain.ts';
import { translators } from '../../../../scripts/core/schemas/explain/translators.ts';
import { readLibraryCrds } from '../../../../scripts/core/schemas/read-crds.ts';
import { children, type SchemaNode } from '../../../../scripts/core/schemas/schema-nodes.ts';

const root = join(import.meta.dirname, '../../../..');
const everyConstruct = JSON.parse(
  readFileSync(join(root, 'test/fixtures/schemas/every-construct.crd.json'), 'utf8'),
) as Crd;

/** Keywords that report nothing themselves, but through what they hold. */
const silent = new Set(['$schema', '$id', '$ref', 'definitions', 'properties', 'items', 'if', 'else', 'allOf']);

function keywordsOf(schema: SchemaNode, found: Set<string>): Set<string> {
  for (const keyword of Object.keys(schema)) if (!silent.has(keyword)) found.add(keyword);
  for (const child of children(schema)) keywordsOf(child, found);
  return found;
}

test('every keyword of our schemas has a translator', () => {
  const keywords = new Set<string>();
  for (const minor of kubernetesMinors()) {
    const { kinds: _, ...schema } = parseBundle(readBundleText(minor));
    keywordsOf(schema, keywords);
  }
  for (const crd of [...readLibraryCrds(root, ['lib']), everyConstruct]) {
    for (const version of crd.spec.versions) keywordsOf(crdToJsonSchema(version), keywords);
  }
  assert.deepEqual(
    [...keywords].filter((keyword) => !Object.hasOwn(translators, keyword)),
    [],
  );
  assert.ok(keywords.size >= 20, [...keywords].join());
});

test('a keyword without translator is still reported', () => {
  const error = { instancePath: '/spec', schemaPath: '#/x', keyword: 'contains', params: { minContains: 1 } };
  assert.deepEqual(explain([error], { spec: [] }, { root: {}, definitions: {} }), [
    {
      pointer: '/spec',
      message: 'spec does not satisfy "contains" of the schema',
      hint: 'the schema says {"minContains":1}',
    },
  ]);
});

test('the same mistake found twice is said once', () => {
  const error = { instancePath: '/a', schemaPath: '#/type', keyword: 'type', params: { type: 'string' } };
  const found = explain([error, { ...error, schemaPath: '#/allOf/0/type' }], { a: 1 }, { root: {}, definitions: {} });
  assert.deepEqual(found, [{ pointer: '/a', message: 'a must be a string, not 1', hint: 'put the value in quotes' }]);
});

test('long values are cut', () => {
  const error = { instancePath: '/a', schemaPath: '#/pattern', keyword: 'pattern', params: { pattern: '^b$' } };
  const [finding] = explain([error], { a: 'x'.repeat(500) }, { root: {}, definitions: {} });
  assert.equal(finding?.message, `a is "${'x'.repeat(59)}…, which has the wrong form`);
});
