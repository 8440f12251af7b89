import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestsOf } from '../../scripts/core/manifests.ts';

const a = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
const b = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } };

test('what Argo CD accepts becomes manifests', () => {
  const accepted: [unknown, unknown[]][] = [
    [
      [a, b],
      [a, b],
    ],
    [a, [a]],
    [[], []],
    [
      [a, null, b],
      [a, b],
    ],
    [[{ apiVersion: 'v1', kind: 'List', items: [a, b] }], [a, b]],
    [{ apiVersion: 'v1', kind: 'ConfigMapList', items: [a] }, [a]],
    [{ apiVersion: 'v1', kind: 'List', items: null }, []],
  ];
  for (const [value, manifests] of accepted) assert.deepEqual(manifestsOf(value), { manifests, diagnostics: [] });
});

test('what it refuses is named with its place', () => {
  const refused: [unknown, string, RegExp][] = [
    [[a, [b]], '/1', /an array inside the array at \/1/],
    [[[a]], '/0', /an array inside the array/],
    [{ a, b }, '', /a map of named objects/],
    [{ group: { a } }, '', /a map of named objects/],
    [['text'], '/0', /a string instead of an object/],
    [7, '', /a number instead of an object/],
    [null, '', /null instead of an object/],
    [[{ ...a, apiVersion: undefined }], '/0/apiVersion', /without \/apiVersion/],
    [[{ ...a, kind: '' }], '/0/kind', /without \/kind/],
    [[b, { ...a, metadata: { generateName: 'a-' } }], '/1/metadata/name', /without \/metadata\/name/],
    [[{ ...a, metadata: 'a' }], '/0/metadata/name', /without \/metadata\/name/],
    [{ apiVersion: 'v1', kind: 'List', items: [a, [b]] }, '/items/1', /an array inside a List/],
    [[{ kind: 'List', items: [{ kind: 'List', items: [] }] }], '/0/items/0', /a List inside a List/],
    [[{ kind: 'List', items: [null] }], '/0/items/0', /null inside a List/],
  ];
  for (const [value, pointer, message] of refused) {
    const { diagnostics } = manifestsOf(value);
    assert.equal(diagnostics.length, 1, JSON.stringify(value));
    assert.equal(diagnostics[0]?.rule, 'argo-shape');
    assert.equal(diagnostics[0].pointer, pointer);
    assert.match(diagnostics[0].message, message);
    assert.ok(diagnostics[0].hint);
  }
});

test('an object without anything is told all that it lacks', () => {
  assert.deepEqual(
    manifestsOf([{}]).diagnostics.map(({ pointer }) => pointer),
    ['/0/apiVersion', '/0/kind', '/0/metadata/name'],
  );
});
