import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonnetError, LimitError } from '../../../scripts/jsonnet/engine/errors.ts';
import { evaluateText, openEvaluation } from '../../../scripts/jsonnet/engine/evaluate.ts';
import { manifestData } from '../../../scripts/jsonnet/engine/manifest.ts';
import { makeUnitCache } from '../../../scripts/jsonnet/engine/run.ts';
import { formatError, formatReport } from '../../../scripts/jsonnet/engine/trace.ts';
import { textHost } from '../../../scripts/jsonnet/engine/text-host.ts';
import { noFiles } from '../helpers.ts';

function errorOf(run: () => unknown): JsonnetError {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof JsonnetError, String(error));
    return error;
  }
  return assert.fail('accepted');
}

test('an endless loop ends when the check throws', () => {
  let looks = 0;
  const check = (): void => {
    if (++looks > 10) throw new LimitError('cancelled', 'enough');
  };
  const program = 'local f(n) = f(n + 1) tailstrict; f(0)';
  assert.throws(() => evaluateText('p', '', program, { host: noFiles, check }), /enough/);
  assert.equal(evaluateText('p', '', '1 + 1', { host: noFiles }), '2', 'the next evaluation starts afresh');
});

test('what is large is asked for before it is made', () => {
  const asked: number[] = [];
  const room = (bytes: number): void => {
    asked.push(bytes);
    throw new LimitError('memory', 'no room');
  };
  for (const program of [
    `std.length(std.makeArray(1e9, function(i) i))`,
    `std.length(std.range(1, 1e9))`,
    `std.length(std.repeat('abc', 1e8))`,
    `local f(s, n) = if n == 0 then s else f(s + s, n - 1); std.length(f('lol', 40))`,
    `'%1000000000d' % 1`,
  ]) {
    assert.throws(() => evaluateText('p', '', program, { host: noFiles, room }), /no room/, program);
  }
  assert.equal(asked.length, 5);
});

test('programs of one evaluation share what they import, and one that fails costs only itself', () => {
  const lines: string[] = [];
  const evaluation = openEvaluation({
    host: textHost(new Map([['shared', `std.trace('evaluated', { a: 1, b: error 'no' })`]])),
    onTrace: (line) => lines.push(line),
  });
  const value = (program: string) => evaluation.within(() => manifestData(evaluation.program('p', '', program)));
  assert.equal(value(`(import 'shared').a`), 1);
  assert.throws(() => value(`(import 'shared').b`), /no/);
  assert.equal(value(`(import 'shared').a + 1`), 2);
  assert.deepEqual(lines, ['TRACE: shared:1 evaluated']);
});

test('the depth is limited as in go-jsonnet', () => {
  const program = (depth: number) => `local f(n) = if n == 0 then 0 else 1 + f(n - 1); f(${depth})`;
  assert.equal(evaluateText('p', '', program(497), { host: noFiles }), '497');
  assert.match(
    errorOf(() => evaluateText('p', '', program(498), { host: noFiles })).message,
    /max stack frames exceeded/,
  );
  assert.equal(evaluateText('p', '', program(997), { host: noFiles, maxStack: 1000 }), '997');
});

test('an error names its place, shows the code, and says how it came there', () => {
  const host = textHost(
    new Map([['lib', `{\n  shout(word):: if word == '' then error 'nothing to say' else word + '!',\n}`]]),
  );
  const error = errorOf(() => evaluateText('main', '', `{ a: [(import 'lib').shout('')] }`, { host }));
  assert.equal(
    formatReport(error),
    [
      'RUNTIME ERROR: nothing to say',
      '  lib:2:36',
      `2 |   shout(word):: if word == '' then error 'nothing to say' else word + '!',`,
      `  |                                    ^^^^^^^^^^^^^^^^^^^^^^`,
      '\tlib:2:36-58 in function shout',
      '\tmain:1:7-31',
      '\tArray element 0',
      '\tField "a"',
      '\tDuring manifestation',
      '',
    ].join('\n'),
  );
});

test('a frame names the function that it lies in', () => {
  const program = [
    `local f(x) = error 'no';`,
    `local g = function(y) f(y) + 1;`,
    `local o = { m(z): [g(w) for w in [z]][0], n: function(a=self.m(1)) a, ['c' + 1](x): o.n() };`,
    `local h(a=o.c1(2)) = { k: a };`,
    `std.map(function(q) h().k, [1])`,
  ].join('\n');
  const error = errorOf(() => evaluateText('p', '', program, { host: noFiles }));
  const frames = (text: string) => text.split('\n').filter((line) => line.startsWith('\tp:'));
  assert.deepEqual(frames(formatReport(error)), [
    '\tp:1:14-24 in function f',
    '\tp:2:23-27 in function g',
    '\tp:3:20-24 in function m',
    '\tp:3:19-41 in function m',
    '\tp:3:57-66 in function n',
    '\tp:3:68 in function n',
    '\tp:3:85-90',
    '\tp:4:11-18 in function h',
    '\tp:4:27 in function h',
    '\tp:5:21-26',
  ]);
  assert.equal(frames(formatError(error)).at(-1), '\tp:5:21-26\tfunction <anonymous>');
});

test('what is wrong without evaluation is found before it', () => {
  for (const [program, message] of Object.entries({
    'if false then x else 1': 'Unknown variable: x',
    'if false then self else 1': "Can't use self outside of an object.",
    'if false then super.a else 1': "Can't use super outside of an object.",
    'if false then $ else 1': 'No top-level object found.',
  })) {
    const error = errorOf(() => evaluateText('p', '', program, { host: noFiles }));
    assert.deepEqual([error.kind, error.message], ['static', message]);
  }
});

test('the dialect of libjsonnet 0.20 lacks what is newer', () => {
  const cache = makeUnitCache('libjsonnet');
  assert.equal(evaluateText('p', '', `std.length('abc')`, { host: noFiles, cache }), '3');
  const error = errorOf(() => evaluateText('p', '', `std.trim(' a ')`, { host: noFiles, cache }));
  assert.equal(error.message, 'Field does not exist: trim');
});
