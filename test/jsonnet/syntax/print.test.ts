import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../../../scripts/jsonnet/syntax/parser.ts';
import { printNode } from '../../../scripts/jsonnet/syntax/print.ts';
import { expression } from './arbitrary.ts';
import { bare } from './bare.ts';

test('what is printed is parsed as the same tree', () => {
  fc.assert(
    fc.property(expression, (node) => {
      assert.deepEqual(bare(parse(printNode(node))), bare(node));
    }),
    { numRuns: 2000 },
  );
});

test('parentheses stand where the grammar needs them', () => {
  const cases = [
    '(1 + 2) * 3',
    '1 - (2 - 3)',
    '(-a).b',
    '-a.b',
    '(function(x) x)(1)',
    '(if a then b) + c',
    "('a' in super) == true",
  ];
  for (const source of cases) assert.equal(printNode(parse(source)), source);
});
