import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compare } from '../../../scripts/core/rebirth/compare.ts';
import type { Piece } from '../../../scripts/core/rebirth/pieces.ts';

const before: Piece[] = [
  { id: 'blog 100', at: 90, amount: 5 },
  { id: 'blog 110', at: 100, amount: 3 },
];

test('what is there as it was is not missing, and more than there was is no loss', () => {
  const after = [
    { id: 'blog 100', at: 90, amount: 5 },
    { id: 'blog 110', at: 100, amount: 7 },
    { id: 'blog 120', at: 110, amount: 1 },
  ];
  assert.deepEqual(compare(before, after, 130), { before: 8, after: 8, missing: [], reachesBack: 0 });
});

test('a loss reaches from the death back to the oldest thing that is missing', () => {
  const { after, missing, reachesBack } = compare(before, [{ id: 'blog 100', at: 90, amount: 4 }], 130.2);
  assert.equal(after, 4);
  assert.deepEqual(missing, [
    { id: 'blog 100', at: 90, amount: 1 },
    { id: 'blog 110', at: 100, amount: 3 },
  ]);
  assert.equal(reachesBack, 41);
});

test('how far back a thing without a time reaches is not known', () => {
  assert.equal(compare([{ id: 'dashboard', amount: 1 }], [], 130).reachesBack, null);
});

test('what is missing and what is there add up to what was, whatever came of each piece', () => {
  const piece = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', '__proto__'),
    at: fc.nat(1000),
    amount: fc.nat(100),
  });
  const pieces = fc.uniqueArray(piece, { selector: ({ id }) => id });
  fc.assert(
    fc.property(pieces, pieces, (was, is) => {
      const result = compare(was, is, 1000);
      const lost = result.missing.reduce((sum, { amount }) => sum + amount, 0);
      assert.equal(result.before, result.after + lost);
      assert.equal(result.reachesBack === 0, lost === 0 || result.missing[0]!.at === 1000);
    }),
  );
});
