import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintJsonnet } from '../../../scripts/jsonnet/lint/lint.ts';
import { lintRules } from '../../../scripts/jsonnet/lint/rules/index.ts';

/** What a rule says about a source, as `line:column message`. */
function found(source: string, rule: string): string[] {
  return lintJsonnet(source)
    .filter((finding) => finding.rule === rule)
    .map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** By rule: sources and what is found in them; an empty list is a source that is right. */
const cases: Record<string, [source: string, ...findings: string[]][]> = {
  'unused-variable': [
    ['local a = 1;\nlocal b = 2; b', '1:7 Unused variable: a'],
    ['{ local a = 1, b: 2 }', '1:9 Unused variable: a'],
    ['local f(x) = 1; 2', '1:7 Unused variable: f'],
    ['local a = 1; local a = 2; a', '1:7 Unused variable: a'],
    ['local f(x) = f(x); 1'],
    ['function(x) 1'],
    ['[1 for x in [1]]'],
    ['{ local a = 1, b: a }'],
    ['{ local a = 1, assert a == 1 }'],
    ['local a = 1; { [a]: 1 }'],
    ["local a = 'x'; { local a = 1, [a]: 1 }", '1:24 Unused variable: a'],
    ["local a = import 'a'; 1"],
  ],
  'unused-import': [
    ["local a = import 'a'; 1", '1:7 Unused import: a'],
    ["{ local a = importstr 'a' }", '1:9 Unused import: a'],
    ["local a = import 'a'; a"],
  ],
  'shadowed-variable': [
    ['local a = 1; local a = 2; a', '1:20 a hides the local of that name outside'],
    ['local a = 1; function(a) a', '1:23 a hides the local of that name outside'],
    ['local a = 1; [a for a in [a]]', '1:21 a hides the local of that name outside'],
    ['{ local a = 1, b: { local a = 2, c: a } }', '1:27 a hides the object local of that name outside'],
    ['local std = 1; std', '1:7 std hides the standard library'],
    ['[(local a = 1; a), (local a = 2; a)]'],
  ],
  'unknown-name': [
    ['{ a: b }', '1:6 Unknown variable: b'],
    ['local a = 1; [x for y in [a]]', '1:15 Unknown variable: x'],
    ['{ local a = 1, [a]: 1 }', '1:17 Unknown variable: a'],
    ['self.a', "1:1 Can't use self outside of an object"],
    ['[$]', "1:2 Can't use $ outside of an object"],
    ['super.a', "1:1 Can't use super outside of an object"],
    ['{ [self.a]: 1 }', "1:4 Can't use self outside of an object"],
    ['{ a: [self, $, super.b] }'],
    ['{ a: { [self.b]: 1 } }'],
    ['function(a, b=a) std.length(b)'],
    ['{ local f(x) = x + y, local y = 1, a: f(1) }'],
    ['[x + y for x in [1] for y in [x] if y > x]'],
    ['{ local b = x, [x]: b for x in [1] }'],
  ],
  'duplicate-parameter': [
    ['function(a, a) a', '1:13 Duplicate parameter: a'],
    ['local f(a, b, a) = a; f', '1:15 Duplicate parameter: a'],
    ['{ f(a, a=1):: a }', '1:8 Duplicate parameter: a'],
    ['function(a) function(a) a'],
  ],
  'duplicate-field': [
    ["{ a: 1, ['a']: 2 }", '1:9 Duplicate field: a'],
    [String.raw`{ a: 1, '\u0061': 2 }`, '1:9 Duplicate field: a'],
    ['local x = 1; { [x]: 1, [x]: 2 }', '1:24 Duplicate field: x'],
    ['{ [x]: 1, [y]: 2 }'],
    ['{ a: 1 } { a: 2 }'],
  ],
  'suspicious-plus': [
    ['{ a: { b: 1 } } + { a: { c: 2 } }', '1:21 a replaces the object on the left instead of joining it'],
    ['{ a: { b: 1 } } { a: { c: 2 } }', '1:19 a replaces the object on the left instead of joining it'],
    ['x + {}', '1:5 Joining {} changes nothing'],
    ['{ a: 1 } + 1', '1:12 An object can be joined only with an object, or with a string'],
    ['[] + { a: 1 }', '1:1 An object can be joined only with an object, or with a string'],
    ['{ a: { b: 1 } } + { a+: { c: 2 } }'],
    ['{ a: { b: 1 } } + { a: null }'],
    ['{ a: 1 } + x'],
    ["'a' + { b: 1 }"],
    ['if x then {} else {}'],
  ],
  'unreachable-branch': [
    ['if true then 1 else 2', '1:21 This branch is never taken: the condition is true'],
    ['if x && !true then 1', '1:20 This branch is never taken: its condition is false'],
    [
      'if a == 1 then 1 else if a == 2 then 2 else if a == 1 then 3',
      '1:48 This condition was asked before and was false',
    ],
    ['x && (false && y)', '1:16 This operand is never asked: the one before it decides'],
    ['[x for x in y if false]', '1:15 The comprehension is empty: its condition is false'],
    ['if a then 1 else if !a then 2'],
    ['if x || true then 1'],
    ['x || true'],
  ],
  'endless-definition': [
    ['local x = x + 1; x', '1:11 Endless loop in local definition'],
    ['local x = y, y = x; x', '1:18 Endless loop in local definition'],
    ['local x = if x then 1 else 2; x', '1:14 Endless loop in local definition'],
    ['local x = y + y, y = 1; x'],
    ['local x = [x], y = { a: y }, f = function(a) f(a); [x, y, f]'],
    ['local f(a) = f(a); f'],
    ['local x = 1; local y = x; y'],
  ],
  'call-arguments': [
    ['local f(a) = a; f(1, 2)', '1:17 Too many arguments: got 2, but expected at most 1'],
    ['local f(a, b=1) = a; f()', '1:22 Missing argument: a'],
    ['local f(a) = a; f(b=1)', '1:17 Missing argument: a', '1:19 The function has no parameter b'],
    ['local f(a) = a; f(1, a=2)', '1:22 Argument a is given twice'],
    ['(function() 1)(1)', '1:1 Too many arguments: got 1, but expected at most 0'],
    ['{ f(a):: a }.f()', '1:1 Missing argument: a'],
    ['local f(a, b=1) = a; f(b=2, a=1)'],
    ['{ local f = self.g, a: f(1, 2) }'],
  ],
  'type-mismatch': [
    ['1(2)', '1:1 Called value must be a function, and this is a number'],
    ['local a = [1]; a.b', '1:16 Only an object has a field b, and this is an array'],
    ['local a = { b: 1 }; a.c', '1:23 Indexed object has no field "c"'],
    ["'a' - 1", '1:1 Operand is not a number, and this is a string'],
    ['!1', '1:2 Operand is not a boolean, and this is a number'],
    ['if null then 1', '1:4 A condition must be a boolean, and this is null'],
    [
      '1 in [1]',
      '1:1 The name of a field is a string, and this is a number',
      '1:6 Only an object has fields, and this is an array',
    ],
    ["[1]['a']", '1:5 To index an array takes a number, and this is a string'],
    ['null[1]', '1:1 Only an object, an array or a string can be indexed, and this is null'],
    ['std.length([1])()', '1:1 Called value must be a function, and this is a number'],
    ['(if x then 1 else 2)()', '1:1 Called value must be a function, and this is a number'],
    ['local a = { b: 1 }; (a { c: 2 }).c'],
    ['local a = { [x]: 1 }; a.c'],
    ['(if x then 1 else function() 2)()'],
    ['function(a) a.b'],
    ["'%s' % 1 + 1"],
    ['local f(x) = x; f(1)()'],
    ['{ a: 1, b: self.a() }'],
  ],
  'unknown-std-function': [
    ['std.lenght(x)', '1:5 there is no std.lenght'],
    ['local std = { lenght: 1 }; std.lenght'],
    ['x.std.lenght'],
    ["std.trim('a')"],
  ],
  portability: [
    ['std.trim(x)', '1:5 std.trim is not in libjsonnet 0.20, only in go-jsonnet'],
    ['std.parseYaml(x)', '1:5 std.parseYaml gives not the same everywhere'],
    ['std.thisFile', '1:5 std.thisFile gives not the same everywhere'],
    ["std.native('x')(1)", '1:5 std.native gives not the same everywhere'],
    ['[1_000]', '1:2 libjsonnet 0.20 does not know underscores in numbers'],
    ['|||-\n  a\n|||', '1:1 libjsonnet 0.20 does not know |||-'],
    ['x[-1:]', '1:3 libjsonnet 0.20 has no slices that count from the end'],
    ['x[1:-1]', '1:5 libjsonnet 0.20 has no slices that count from the end'],
    ['x[::-1]', '1:5 libjsonnet 0.20 has no slices that count from the end'],
    ['x[f(1):-std.length(y)]', '1:8 libjsonnet 0.20 has no slices that count from the end'],
    ["std.base64('é')", '1:12 libjsonnet 0.20 encodes text that is not ASCII otherwise than go-jsonnet'],
    [
      'std.manifestYamlDoc({ a: [0.1] })',
      '1:27 libjsonnet 0.20 prints a fraction inside std.manifestYamlDoc with other digits than go-jsonnet',
    ],
    ['std.length(x)'],
    ["'std.trim(1_000)'"],
    ['// std.trim\n1'],
    ['x.std.trim'],
    ['[-1, -2]'],
    ['x[1:2]'],
    ['x[-1]'],
    ['|||\n  |||-\n|||'],
    ['[1.5, x_1]'],
    ["std.manifestYamlDoc({ a: [1, '0.1'] })"],
  ],
  'jsonnet-syntax': [['{ a 1 }', '1:5 Expected one of :, ::, :::, +:, +::, +:::, got: 1']],
  'unused-suppression': [
    ['local a = 1; 2  // rekindle-lint-disable-line unused-variable'],
    ['local a = 1; 2  # rekindle-lint-disable-line shadowed-variable, unused-variable'],
    ['1  // rekindle-lint-disable-line unused-variable', '1:7 This comment hides nothing'],
    ['local a = 1; a  // rekindle-lint-disable-line', '1:20 This comment names no rule'],
    ["'rekindle-lint-disable-line unused-variable'"],
  ],
};

for (const [rule, list] of Object.entries(cases)) {
  test(rule, () => {
    for (const [source, ...findings] of list) assert.deepEqual(found(source, rule), findings, source);
  });
}

test('every rule is tried, with something found and something left alone', () => {
  for (const { name } of lintRules) {
    assert.ok(
      cases[name]?.some(([, ...findings]) => findings.length > 0),
      name,
    );
    assert.ok(
      cases[name]?.some(([, ...findings]) => findings.length === 0),
      name,
    );
  }
});

test('a comment hides the findings of its line and rule only', () => {
  const line = 'local a = 1; local a = 2;';
  const rules = (source: string) => lintJsonnet(source).map(({ rule }) => rule);
  assert.deepEqual(rules(`${line} 1`), ['unused-variable', 'shadowed-variable', 'unused-variable']);
  assert.deepEqual(rules(`${line} 1  // rekindle-lint-disable-line unused-variable`), ['shadowed-variable']);
  assert.deepEqual(rules(`${line}  // rekindle-lint-disable-line shadowed-variable\nlocal a = 1; a`), [
    'unused-variable',
    'unused-variable',
    'shadowed-variable',
  ]);
});

test('a rule that is not asked finds nothing', () => {
  assert.deepEqual(lintJsonnet('local a = 1; 2', { without: ['unused-variable'] }), []);
});

test('a misspelt function gets the nearest name', () => {
  assert.equal(
    lintJsonnet('std.lenght(x)').find(({ rule }) => rule === 'unknown-std-function')?.hint,
    'did you mean "length"?',
  );
});
