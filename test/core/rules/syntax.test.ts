import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  configKey,
  label1035,
  label1123,
  labelValue,
  pathSegment,
  prefixOf,
  qualifiedName,
  subdomain1123,
} from '../../../scripts/core/rules/syntax.ts';
import type { SyntaxCheck } from '../../../scripts/core/rules/syntax.ts';

const tables: [SyntaxCheck, good: string[], bad: string[]][] = [
  [label1123, ['a', '0', 'a-b', '1a', 'a'.repeat(63)], ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'é', 'a\n', 'a'.repeat(64)]],
  [label1035, ['a', 'a-0', 'a'.repeat(63)], ['0', '0a', '-a', 'a-', 'a.b', '']],
  [subdomain1123, ['a', 'a.b', '0.a-b.c', 'a'.repeat(253)], ['', '.a', 'a.', 'a..b', 'a.-b', 'A.b', 'a'.repeat(254)]],
  [pathSegment, ['a', 'A:b', 'a b', '...', 'é'], ['.', '..', 'a/b', '%2f']],
  [
    qualifiedName,
    ['a', 'A', 'a.b_c-D', 'example.org/x', '0', 'a'.repeat(63)],
    ['', '/a', 'a/', 'a/b/c', 'Example.org/x', '-a', 'a-', 'a b', 'a'.repeat(64), `${'a'.repeat(254)}/b`],
  ],
  [labelValue, ['', 'a', 'A.b_c-0', 'a'.repeat(63)], ['-a', 'a-', '.', 'a b', 'a/b', 'a'.repeat(64)]],
  [
    configKey,
    ['a', '.a', 'a.b', '_', '...a'.slice(2), 'a'.repeat(253)],
    ['', '.', '..', '..a', 'a/b', 'a b', 'a'.repeat(254)],
  ],
];

for (const [check, good, bad] of tables) {
  test(`${check.name || 'check'} knows ${good.length} good and ${bad.length} bad names`, () => {
    for (const name of good) assert.equal(check(name), undefined, JSON.stringify(name));
    for (const name of bad) assert.notEqual(check(name), undefined, JSON.stringify(name));
  });
}

test('a prefix of a generated name may end in a dash', () => {
  assert.equal(prefixOf(label1123)('web-'), undefined);
  assert.notEqual(prefixOf(label1123)('-'), undefined);
  assert.notEqual(prefixOf(label1123)('Web-'), undefined);
});

test('each grammar contains the narrower one', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '.', '_', '/'), maxLength: 8 });
  fc.assert(
    fc.property(name, (text) => {
      if (label1035(text) === undefined) assert.equal(label1123(text), undefined);
      if (label1123(text) === undefined) assert.equal(subdomain1123(text), undefined);
      if (label1123(text) === undefined) assert.equal(labelValue(text), undefined);
      if (labelValue(text) === undefined && text !== '') assert.equal(qualifiedName(text), undefined);
    }),
  );
});
