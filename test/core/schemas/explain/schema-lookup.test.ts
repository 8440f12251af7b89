import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBundle, readBundleText } from '../../../../scripts/core/schemas/bundle.ts';
import {
  fieldsAt,
  placesOfField,
  schemaAt,
  typesOf,
  type SchemaSource,
} from '../../../../scripts/core/schemas/explain/schema-lookup.ts';

const { definitions, kinds } = parseBundle(readBundleText('1.36'));
const deployment: SchemaSource = {
  root: { $ref: `#/definitions/${kinds['apps/v1/Deployment']?.definition}` },
  definitions,
};

test('the schema of a place follows references, lists and maps', () => {
  assert.deepEqual(typesOf(schemaAt(deployment, ['spec', 'replicas'])), ['integer']);
  assert.deepEqual(typesOf(schemaAt(deployment, ['spec', 'template', 'spec', 'containers', '3', 'name'])), ['string']);
  assert.deepEqual(typesOf(schemaAt(deployment, ['metadata', 'labels', 'any'])), ['string']);
  assert.equal(schemaAt(deployment, ['spec', 'unknown']), undefined);
});

test('the fields of a place', () => {
  assert.deepEqual(fieldsAt(deployment, ['spec', 'strategy']), ['rollingUpdate', 'type']);
  assert.deepEqual(fieldsAt(deployment, ['metadata', 'labels']), []);
});

/** Where a field is found from a place, as dotted paths. */
function places(field: string, ...from: string[]): string[] {
  return placesOfField(deployment, field, from).map((path) => path.join('.'));
}

test('a field at the wrong level is found below, above and beside', () => {
  assert.deepEqual(places('containers', 'spec'), ['spec.template.spec']);
  assert.deepEqual(places('replicas', 'spec', 'template', 'spec'), ['spec']);
  assert.deepEqual(places('limits', 'spec', 'template', 'spec', 'containers', '0'), [
    'spec.template.spec.containers.[].resources',
  ]);
  assert.deepEqual(places('labels', 'spec', 'template'), ['spec.template.metadata']);
});

test('the place itself is no answer, and what is far away is a coincidence', () => {
  assert.deepEqual(places('nonsense', 'spec'), []);
  assert.deepEqual(places('httpGet', 'metadata'), []);
  assert.ok(!places('replicas', 'spec').includes('spec'));
});
