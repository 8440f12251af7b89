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
];

for (const [text, value] of values) {
  test(JSON.stringify(text), () => assert.deepEqual(JSON.parse(JSON.stringify(readYaml(text))), value));
}
