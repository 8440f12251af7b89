import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  comparePointers,
  fieldPath,
  pointerChild,
  pointerSegments,
  valueAt,
} from '../../../../scripts/core/schemas/explain/json-pointer.ts';

test('a pointer made of any segments gives them back', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (segments) => {
      const pointer = segments.reduce(pointerChild, '');
      assert.deepEqual(pointerSegments(pointer), segments);
    }),
  );
});

test('a pointer finds its value', () => {
  const document = { a: [{ 'b/c': { '~': 1 } }] };
  assert.equal(valueAt(document, pointerSegments('/a/0/b~1c/~0')), 1);
  assert.equal(valueAt(document, ['a', '1', 'b']), undefined);
  assert.equal(valueAt(document, []), document);
});

test('a place reads like the YAML people know', () => {
  const document = { metadata: { labels: { 'example.org/a': 1, '0': 1 } }, spec: { containers: [{ name: 'a' }] } };
  assert.equal(fieldPath(document, ['spec', 'containers', '0', 'name']), 'spec.containers[0].name');
  assert.equal(fieldPath(document, ['metadata', 'labels', 'example.org/a']), 'metadata.labels["example.org/a"]');
  assert.equal(fieldPath(document, ['metadata', 'labels', '0']), 'metadata.labels["0"]');
});

test('pointers are ordered as a reader meets them', () => {
  const ordered = ['', '/metadata', '/spec', '/spec/a/2', '/spec/a/10', '/spec/a/10/b', '/spec/b', '/status'];
  assert.deepEqual([...ordered].reverse().sort(comparePointers), ordered);
});
