// One small program for each feature of the language: which expression made a value. The expected place is the line and
// column, and the text that stands there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { child, makerOf } from '../../../scripts/jsonnet/provenance/explain.ts';
import { trace } from '../../../scripts/jsonnet/provenance/trace.ts';
import type { Traced } from '../../../scripts/jsonnet/provenance/value.ts';

const files: Record<string, string> = {
  'library.libsonnet': "{\n  port: 80,\n  of(name):: name + '-svc',\n}",
  'text.txt': 'first\nsecond\n',
  'data.json': '{\n  "name": "x",\n  "list": [1, { "deep": true }]\n}',
};

const host = {
  resolve: (path: string) => path,
  text: (file: string) => files[file]!,
  bytes: (file: string) => Buffer.from(files[file]!),
};

/** `[file:]line:column text` of the expression that made the value. */
function place(source: string, pointer: string): string {
  const { root, within } = trace('main', 'main', source, { host });
  return within(() => {
    let traced: Traced = root;
    for (const token of pointer.split('/').slice(1)) {
      const found = child(traced, token);
      assert.ok(found, `${pointer}: no ${token}`);
      ({ traced } = found);
    }
    const { unit, start, end } = makerOf(traced.origin);
    const { line, column } = unit.positionAt(start);
    const file = unit.name === 'main' ? '' : `${unit.name}:`;
    return `${file}${line}:${column} ${unit.source.slice(start, end)}`;
  });
}

const cases: [feature: string, source: string, pointer: string, expected: string][] = [
  ['a literal', '{\n  a: 1,\n}', '/a', '2:6 1'],
  ['a negative number', '{ a: -1 }', '/a', '1:6 -1'],
  ['null', '{ a: null }', '/a', '1:6 null'],
  ['an element', '{ a: [1, 2] }', '/a/1', '1:10 2'],
  ['an object that is an element', '[{ a: 1 },\n { b: 2 }]', '/1', '2:2 { b: 2 }'],
  ['parentheses', '{ a: (1) }', '/a', '1:7 1'],
  ['an operator', '{ a: 1 + 2 }', '/a', '1:6 1 + 2'],
  ['a comparison', '{ a: 1 < 2 }', '/a', '1:6 1 < 2'],
  ['&& gives its right side', 'local x = true;\n{ a: true && x }', '/a', '1:11 true'],
  ['+ of objects, the right one', '{ a: 1 }\n+ { a: 2 }', '/a', '2:8 2'],
  ['+ of objects, the left one', '{ a: 1 }\n+ { b: 2 }', '/a', '1:6 1'],
  ['braces behind an object', 'local x = { a: 1 };\nx { b: 2 }', '/b', '2:8 2'],
  ['+ of arrays, the left one', '{ a: [1]\n + [2] }', '/a/0', '1:7 1'],
  ['+ of arrays, the right one', '{ a: [1]\n + [2] }', '/a/1', '2:5 2'],
  ['+: of objects', '{ a: { b: 1 } } +\n{ a+: { c: 2 } }', '/a/c', '2:12 2'],
  ['what +: leaves', '{ a: { b: 1 } } +\n{ a+: { c: 2 } }', '/a/b', '1:11 1'],
  ['+: of strings is the field that adds', "{ a: 'x' } +\n{ a+: 'y' }", '/a', "2:3 a+: 'y'"],
  ['a nested mixin', '{ a: { b: { c: 1, d: 2 } } } +\n{ a+: { b+: { c: 3 } } }', '/a/b/c', '2:18 3'],
  ['beside a nested mixin', '{ a: { b: { c: 1, d: 2 } } } +\n{ a+: { b+: { c: 3 } } }', '/a/b/d', '1:22 2'],
  ['local', 'local x = 1;\n{ a: x }', '/a', '1:11 1'],
  ['local in an object', '{\n  local x = 1,\n  a: x,\n}', '/a', '2:13 1'],
  ['self', '{\n  a: self.b,\n  b: 1,\n}', '/a', '3:6 1'],
  ['self, bound late', '{ a: self.b, b: 1 } +\n{ b: 2 }', '/a', '2:6 2'],
  ['$', '{\n  a: { c: $.b },\n  b: 1,\n}', '/a/c', '3:6 1'],
  ['a computed field', "local n = 'a';\n{ [n]: 1 }", '/a', '2:8 1'],
  ['a result that the function made', 'local f() = 1;\n{ a: f() }', '/a', '1:13 1'],
  ['a result that was an argument', 'local f(x) = x;\n{ a: f(1) }', '/a', '2:8 1'],
  ['a named argument', 'local f(x, y) = y;\n{ a: f(y=1, x=2) }', '/a', '2:10 1'],
  ['a default argument', 'local f(x=1) = x;\n{ a: f() }', '/a', '1:11 1'],
  ['a method', '{\n  f(x):: { b: x },\n  a: self.f(1),\n}', '/a/b', '3:13 1'],
  ['a closure', 'local f(x) = function() x;\n{ a: f(1)() }', '/a', '2:8 1'],
  ['an array comprehension', '{ a: [x + 1 for x in [1, 2]] }', '/a/1', '1:7 x + 1'],
  ['the variable of a comprehension', '{ a: [x for x in [1,\n 2] if x > 1] }', '/a/0', '2:2 2'],
  ['an object in a comprehension', "[{ n: x } for x in ['p',\n 'q']]", '/1/n', "2:2 'q'"],
  ['an object comprehension', "{ [x]: 1 for x in ['a', 'b'] }", '/b', '1:8 1'],
  ['the variable of an object comprehension', "{ [x]: x for x in ['a',\n 'b'] }", '/b', "2:2 'b'"],
  ['then', 'local x = true;\n{ a: if x then 1 else 2 }', '/a', '2:16 1'],
  ['else', 'local x = false;\n{ a: if x then 1 else 2 }', '/a', '2:23 2'],
  ['if without else', '{ a: if false then 1 }', '/a', '1:6 if false then 1'],
  ['super', '{ a: 1 } +\n{ b: super.a }', '/b', '1:6 1'],
  ['super[…]', "{ a: 1 } +\n{ b: super['a'] }", '/b', '1:6 1'],
  ['in super', '{ a: 1 } +\n{ b: "a" in super }', '/b', '2:6 "a" in super'],
  ['an index', 'local x = [1,\n2];\n{ a: x[1] }', '/a', '2:1 2'],
  ['a character', "{ a: 'xyz'[1] }", '/a', "1:6 'xyz'[1]"],
  ['a slice', 'local x = [1,\n2, 3];\n{ a: x[1:] }', '/a/1', '2:4 3'],
  ['assert', '{ a: assert true; 1 }', '/a', '1:19 1'],
  ['import', "{ a: (import 'library.libsonnet').port }", '/a', 'library.libsonnet:2:9 80'],
  [
    'a function that was imported',
    "{ a: (import 'library.libsonnet').of('x') }",
    '/a',
    "library.libsonnet:3:14 name + '-svc'",
  ],
  ['importstr', "{ a: importstr 'text.txt' }", '/a', 'text.txt:1:1 first\nsecond\n'],
  ['import of JSON', "{ a: (import 'data.json').list[0] }", '/a', 'data.json:3:12 1'],
  ['std.parseJson(importstr …)', "std.parseJson(importstr 'data.json')", '/list/1/deep', 'data.json:3:25 true'],
  ['std.parseJson of a text that was made', "{ a: std.parseJson('[1]') }", '/a/0', "1:6 std.parseJson('[1]')"],
  ['std.parseYaml', "{ a: std.parseYaml('b: 1') }", '/a/b', "1:6 std.parseYaml('b: 1')"],
  ['std.map', '{ a: std.map(function(x) { n: x }, [1,\n 2]) }', '/a/1/n', '2:2 2'],
  ['std.map that computes', '{ a: std.map(function(x) x * 2, [1]) }', '/a/0', '1:26 x * 2'],
  ['std.mapWithIndex', '{ a: std.mapWithIndex(function(i, x) x, [1,\n 2]) }', '/a/1', '2:2 2'],
  ['std.filter', '{ a: std.filter(function(x) x > 1, [1,\n 2]) }', '/a/0', '2:2 2'],
  ['std.filterMap', '{ a: std.filterMap(function(x) x > 1, function(x) [x], [1,\n 2]) }', '/a/0/0', '2:2 2'],
  ['std.flatMap', '{ a: std.flatMap(function(x) [x, 7], [1,\n 2]) }', '/a/2', '2:2 2'],
  ['std.foldl of objects', '{ a: std.foldl(function(s, x) s + x, [{ b: 1 },\n { c: 2 }], {}) }', '/a/c', '2:7 2'],
  ['std.foldl that computes', '{ a: std.foldl(function(s, x) s + x, [1, 2], 0) }', '/a', '1:31 s + x'],
  ['std.foldr', '{ a: std.foldr(function(x, s) s + [x], [1,\n 2], []) }', '/a/0', '2:2 2'],
  ['std.makeArray', '{ a: std.makeArray(2, function(i) i * 2) }', '/a/1', '1:35 i * 2'],
  ['std.mergePatch, what it adds', '{ a: std.mergePatch({ b: 1 },\n { c: 2 }) }', '/a/c', '2:7 2'],
  ['std.mergePatch, what it keeps', '{ a: std.mergePatch({ b: 1 },\n { c: 2 }) }', '/a/b', '1:26 1'],
  ['std.mergePatch, deep', '{ a: std.mergePatch({ b: { c: 1, d: 1 } },\n { b: { c: 2 } }) }', '/a/b/c', '2:12 2'],
  ['std.mapWithKey', "{ a: std.mapWithKey(function(k, v) v, {\n  b: 'x' }) }", '/a/b', "2:6 'x'"],
  ['std.objectValues', '{ a: std.objectValues({ b: 1,\n c: 2 }) }', '/a/1', '2:5 2'],
  ['std.objectKeysValues', '{ a: std.objectKeysValues({ b: 1,\n c: 2 }) }', '/a/1/value', '2:5 2'],
  ['std.objectFields', '{ a: std.objectFields({ b: 1 }) }', '/a/0', '1:6 std.objectFields({ b: 1 })'],
  ['std.objectRemoveKey', '{ a: std.objectRemoveKey({ b: 1,\n c: 2 }, "b") }', '/a/c', '2:5 2'],
  ['std.get', "local o = {\n  b: 1 };\n{ a: std.get(o, 'b') }", '/a', '2:6 1'],
  ['std.get with a default', "{ a: std.get({}, 'b', 3) }", '/a', '1:23 3'],
  ['std.prune', '{ a: std.prune({ b: null,\n c: 2 }) }', '/a/c', '2:5 2'],
  ['std.sort', '{ a: std.sort([2,\n 1]) }', '/a/0', '2:2 1'],
  ['std.set', "{ a: std.set(['b',\n 'a', 'b']) }", '/a/0', "2:2 'a'"],
  ['std.reverse', '{ a: std.reverse([2,\n 1]) }', '/a/0', '2:2 1'],
  ['std.flattenArrays', '{ a: std.flattenArrays([[1],\n [2]]) }', '/a/1', '2:3 2'],
  ['std.join of arrays', '{ a: std.join([0], [[1],\n [2]]) }', '/a/2', '2:3 2'],
  ['std.join of strings', "{ a: std.join('-', ['x', 'y']) }", '/a', "1:6 std.join('-', ['x', 'y'])"],
  ['std.format', "{ a: std.format('%s', [1]) }", '/a', "1:6 std.format('%s', [1])"],
  ['%', "local x = 'y';\n{ a: '%s-svc' % x }", '/a', "2:6 '%s-svc' % x"],
  ['std.toString', '{ a: std.toString(1) }', '/a', '1:6 std.toString(1)'],
  ['std.trace', "{ a: std.trace('x',\n 1) }", '/a', '2:2 1'],
  ['a function of the library as a value', "local j = std.join;\n{ a: j('-', ['x']) }", '/a', "2:6 j('-', ['x'])"],
];

for (const [feature, source, pointer, expected] of cases) {
  test(feature, () => assert.equal(place(source, pointer), expected));
}
