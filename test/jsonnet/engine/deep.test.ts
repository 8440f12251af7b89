// Chains are as long as a program that writes Jsonnet makes them: they take no stack. Nested brackets do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { JsonnetError } from '../../../scripts/jsonnet/engine/errors.ts';
import { evaluateText } from '../../../scripts/jsonnet/engine/evaluate.ts';
import { lintJsonnet } from '../../../scripts/jsonnet/lint/lint.ts';
import { noFiles } from '../helpers.ts';

const length = 10_000;
const evaluate = (program: string): string => evaluateText('p', '', program, { host: noFiles });

/** What stands in front of an expression and leaves its value as it is. */
const links = fc.array(
  fc.constantFrom(
    'local a = 1; ',
    'local a = 1, b(n) = n + a; ',
    'local c = { d: 1 }.d; ',
    'assert 1 < 2; ',
    'assert true : error "unused"; ',
    'if 2 < 1 then error "no" else ',
    'if 1 == 2 then local a = 3; a else ',
  ),
  { minLength: 1, maxLength: 5 },
);

test('a long chain of `local`, `assert` and `else if` is worth what it ends in, or what it is left with', () => {
  const place = fc.nat(length - 1);
  fc.assert(
    fc.property(links, place, fc.boolean(), (parts, at, ends) => {
      const chain: string[] = Array.from({ length }, (_, index) => parts[index % parts.length]!);
      if (ends) chain.splice(at, 0, 'local here = 42; if here == 42 then here else ');
      assert.equal(evaluate(`${chain.join('')}'end'`), ends ? '42' : '"end"');
    }),
    { numRuns: 6 },
  );
});

test('a long chain of operators is computed from left to right', () => {
  const term = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 99 }));
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 5 }), (terms) => {
      const chain = Array.from({ length }, (_, index) => terms[index % terms.length]!);
      const sum = chain.reduce((all, [sign, number]) => (sign === '+' ? all + number : all - number), 0);
      assert.equal(evaluate(`0 ${chain.map((one) => one.join(' ')).join(' ')}`), String(sum));
    }),
    { numRuns: 4 },
  );
  const parts = Array.from({ length }, (_, index) => index);
  assert.equal(evaluate(parts.map((index) => `${index} == 5000`).join(' || ')), 'true');
  assert.equal(evaluate(`${parts.map(() => 'true').join(' && ')} && false && error 'never'`), 'false');
  assert.equal(evaluate(`std.length(${parts.map((index) => `{ a${index}: 1 }`).join(' ')})`), String(length));
  assert.equal(evaluate(`std.length(${parts.map(() => "'ab'").join(' + ')})`), String(2 * length));
});

test('an operator deep in a chain fails at its place', () => {
  const parts = Array.from({ length: 1000 }, (_, index) => (index === 700 ? 'null' : '1'));
  assert.throws(
    () => evaluate(parts.join(' * ')),
    (error) => error instanceof JsonnetError && error.message === 'Unexpected type null, expected number',
  );
  const lines = Array.from({ length: 1000 }, (_, index) => `local a${index} = 1;\n`).join('');
  assert.throws(
    () => evaluate(`${lines}nothing`),
    (error) => error instanceof JsonnetError && error.message === 'Unknown variable: nothing',
  );
});

test('a tailstrict call at the end of a long chain takes no stack', () => {
  const chain = "if std.type(n) == 'string' then n else ".repeat(200);
  assert.equal(evaluate(`local f(n) = ${chain}if n == 0 then 'end' else f(n - 1) tailstrict; f(5000)`), '"end"');
});

test('brackets nested deeper than the stack are refused like any mistake', () => {
  for (const program of ['('.repeat(1e5), '['.repeat(1e5), '{ a: '.repeat(1e5), '- '.repeat(1e5)]) {
    assert.throws(
      () => evaluate(program),
      (error) => error instanceof JsonnetError && error.kind === 'static' && /nested too deeply/.test(error.message),
    );
  }
  assert.match(lintJsonnet('('.repeat(1e5))[0]!.message, /nested too deeply/);
});
