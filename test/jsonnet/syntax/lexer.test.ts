import assert from 'node:assert/strict';
import { test } from 'node:test';
import { close, next, open, token } from '../../../scripts/jsonnet/syntax/lexer.ts';
import { Token } from '../../../scripts/jsonnet/syntax/token.ts';

/** Characters that the lexer looks at to read a source to its end. */
function looks(source: string): number {
  let count = 0;
  const counted = {
    length: source.length,
    charCodeAt: (at: number) => (count++, source.charCodeAt(at)),
    slice: (from: number, to: number) => source.slice(from, to),
  };
  open(counted as unknown as string);
  while (token !== Token.End) next();
  close();
  return count;
}

for (const symbols of ['-', '!', '<-', '+~']) {
  test(`a run of ${symbols} is read in time that grows with its length`, () => {
    const [short, long] = [1000, 10_000].map((times) => looks(`${symbols.repeat(times)}1`)) as [number, number];
    assert.ok(short > 1000, 'the looks are counted');
    assert.ok(long < 20 * short, `${short} looks for 1000, ${long} for 10 000`);
  });
}

test('of a run that is cut each symbol is a token; one that is not cut is one token', () => {
  const tokens = (source: string): Token[] => {
    const found: Token[] = [];
    for (open(source); token !== Token.End; next()) found.push(token);
    close();
    return found;
  };
  assert.deepEqual(tokens('a==-1'), [Token.Identifier, Token.Assign, Token.Assign, Token.Minus, Token.Number]);
  assert.deepEqual(tokens('a<=b'), [Token.Identifier, Token.LessOrEqual, Token.Identifier]);
  assert.deepEqual(tokens('a-//-\n-b'), [Token.Identifier, Token.Minus, Token.Minus, Token.Identifier]);
  // What was known of the source before says nothing of this one.
  assert.deepEqual(tokens('--1'), [Token.Minus, Token.Minus, Token.Number]);
  assert.deepEqual(tokens('<<1'), [Token.ShiftLeft, Token.Number]);
});
