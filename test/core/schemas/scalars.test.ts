import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quantityPattern } from '../../../scripts/core/schemas/scalars.ts';

const quantity = new RegExp(quantityPattern, 'u');

/** `parseQuantityString` and the suffix table of k8s.io/apimachinery, written step by step instead of as an expression. */
function isQuantity(text: string): boolean {
  let position = 0;
  const take = (characters: string): string => {
    const start = position;
    while (position < text.length && characters.includes(text[position] as string)) position++;
    return text.slice(start, position);
  };
  if (text[0] === '+' || text[0] === '-') position++;
  let digits = take('0123456789');
  if (text[position] === '.') {
    position++;
    digits += take('0123456789');
  }
  const unit = text.slice(position);
  const units = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
  if (units.includes(unit)) return digits !== '';
  const exponent = unit.slice(1);
  return digits !== '' && /^[eE]/.test(unit) && exponent !== '' && /^[+-]?[0-9]+$/.test(exponent);
}

test('the pattern of a quantity accepts what the parser accepts', () => {
  const character = fc.constantFrom(...'0123456789+-.eEinumkKMGTP B'.split(''));
  const text = fc.string({ unit: character, maxLength: 8 });
  fc.assert(
    fc.property(text, (value) => quantity.test(value) === isQuantity(value)),
    { numRuns: 5000 },
  );
});

test('the pattern of a quantity accepts every number with every unit', () => {
  const number = fc.tuple(fc.constantFrom('', '+', '-'), fc.nat(), fc.option(fc.nat(), { nil: undefined }));
  const exponent = fc.integer({ min: -30, max: 30 }).map((value) => `e${value}`);
  const unit = fc.oneof(fc.constantFrom('', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Ei'), exponent);
  fc.assert(
    fc.property(number, unit, ([sign, whole, fraction], suffix) =>
      quantity.test(`${sign}${whole}${fraction === undefined ? '' : `.${fraction}`}${suffix}`),
    ),
  );
});

test('the pattern of a quantity refuses what people write by habit', () => {
  for (const text of ['', '1 GB', '512MB', '1gb', '100 m', '1,5', '1K', '1mi', 'Gi', '.', '+', '1e', '1.2.3', '1Kib']) {
    assert.equal(quantity.test(text), false, text);
  }
});
