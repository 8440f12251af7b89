// What go-jsonnet 0.22 makes of YAML that isn't everyday's; which mistake it names is its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readYaml, YamlMistake } from '../../../scripts/jsonnet/std/yaml-reader.ts';

const refused = [
  '%d',
  '# comment\n%d\n',
  // Streams are cut at `---` first, so that a directive has no document.
  '%YAML 1.1\n---\na: 1',
  '%TAG ! tag:example.org:\n---\na: 1',
  ' %d',
  '%d: 1',
  'a: 1\n%d: 2',
  'a:\n  @d: 2',
  '- a: 1\n  `d: 1',
  'a: 1\n>b: 2',
  ']a: 1',
  '[%d]',
  '[a,\n@d]',
  '{`d: 1}',
  '{a: |}',
  '[- a]',
  // A scalar ends at a comment.
  '[a\n#b\n c]',
  '[a #b\n c]',
  // A key that no `?` marks stands in one line with its colon.
  '{a\n: b}',
  '["a"\n: b]',
  '{a b\n c: d}',
  '[a\n]: b',
  '{?}',
  '[a?b]',
  '[:a]',
  '[a, :b]',
  '{a: ?b}',
  // The lines of a block scalar are indented; what isn't follows the document, and must begin like YAML.
  '|\n%d',
  '>\n\n@b',
  '|\n|a',
  '|\n"a',
  '|\n&a @b',
  '|\n\ta',
  '|\n \ta',
  'a: |\n   \n  b',
  '[a]\n%d',
  '[a] @',
  // What follows is read as far as the colon of a key could come.
  '[a]\n[b, @',
  '[a]\n[b, [c, @',
  '[a]\n[b,\n\n@',
  '[a]\n[b]\n@',
  '[a]\n{b: @',
  '[a]\n[b, "c" @',
  '[a]\n[b, "c',
  '[a]\n[b, &',
  '"x"\n[b, |',
  '[a] - b',
  '[a]\n[b] - c',
  '- a\nb',
  "- 'a'\nb: c",
  '& a',
];

for (const text of refused) {
  test(`refused: ${JSON.stringify(text)}`, () => assert.throws(() => readYaml(text), YamlMistake));
}

const values: [string, unknown][] = [
  ['[a #b\n, c # d\n]', ['a', 'c']],
  ['[a \n  b]', ['a b']],
  ['[a#b, c%d, e-f]', ['a#b', 'c%d', 'e-f']],
  ['[? a, ? b : 1, c: 2]', [{ a: null }, { b: 1 }, { c: 2 }]],
  ['a: {b: c #d\n}', { a: { b: 'c' } }],
  ['a: b\n %c', { a: 'b %c' }],
  ['[a\n\n c]', ['a\nc']],
  ['{a:, b: }', { 'a:': null, b: null }],
  ['[a,#b\nc]', ['a', 'c']],
  ['[?a, ?b: c]', [{ a: null }, { b: 'c' }]],
  ['{?a: b, ? c\n: d}', { a: 'b', c: 'd' }],
  ['|\n %d', '%d\n'],
  ['|\nabc\n%d', ''],
  ['|\n   \n a', ''],
  ['|\n  a\n b', 'a\n'],
  ['[a] b\nc', ['a']],
  ['[a]\n[b, c', ['a']],
  ["[a]\n'b': @", ['a']],
  ['[a]\n[b\nc, @', ['a']],
  ['[a]\n[b,\nc, @', ['a']],
  ['[a]\n[b, *c, - d]\ne', ['a']],
  ['a # b\nc', 'a'],
  [' a: b\nc: d', { a: 'b' }],
  ['  - a\n - b', ['a']],
];

for (const [text, value] of values) {
  test(JSON.stringify(text), () => assert.deepEqual(JSON.parse(JSON.stringify(readYaml(text))), value));
}
