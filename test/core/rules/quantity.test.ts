import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseQuantity } from '../../../scripts/core/rules/quantity.ts';

test('quantities are numbers', () => {
  const table: [unknown, number | undefined][] = [
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['5.', 5],
    ['500m', 0.5],
    ['1k', 1000],
    ['1Ki', 1024],
    ['1.5Gi', 1.5 * 1024 ** 3],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1E', 1e18],
    ['-1', -1],
    ['100n', 1e-7],
    [2, 2],
    ['', undefined],
    ['1 Gi', undefined],
    ['1GB', undefined],
    ['Gi', undefined],
    ['1kk', undefined],
    [null, undefined],
    [true, undefined],
  ];
  for (const [text, value] of table) assert.equal(parseQuantity(text), value, JSON.stringify(text));
});

test('a larger number with the same unit is a larger quantity', () => {
  const unit = fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi');
  fc.assert(
    fc.property(fc.nat(), fc.nat(), unit, (a, b, suffix) => {
      assert.equal(Math.sign(parseQuantity(`${a}${suffix}`)! - parseQuantity(`${b}${suffix}`)!), Math.sign(a - b));
    }),
  );
});
