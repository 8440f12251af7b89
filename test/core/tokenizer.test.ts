import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tokenize, type TokenKind } from '../../scripts/core/tokenizer.ts';

function tokens(source: string): [TokenKind, string][] {
  return [...tokenize(source)].map(({ kind, start, end }) => [kind, source.slice(start, end)]);
}

const whole: [TokenKind, string[]][] = [
  ['identifier', ['a', '_a1', 'importstr', 'self']],
  ['string', [`"a"`, `'a'`, `"\\""`, `'\\''`, `"'"`, `'a\nb'`, `"\\\\"`, `@"a\\"`, `@'it''s'`, `@"say ""x"""`, `''`]],
  ['block', ['|||\n  a\n|||', '|||-\n  a\n|||', '||| \t\n\n\n\ta\n\n\tb ||| c\n  |||', '|||\r\n  a\r\n|||']],
  ['number', ['0', '10', '1.5', '1e9', '1.5E-3', '1_000', '0.1']],
  ['operator', ['+', '==', '!=', '<=', '&&', '||', '$', '::', ':::', '+::', '!']],
  ['punctuation', ['{', '}', '[', ']', '(', ')', ',', '.', ';']],
];

test('every token is read whole', () => {
  for (const [kind, sources] of whole) for (const source of sources) assert.deepEqual(tokens(source), [[kind, source]]);
});

test('comments and white space separate tokens and are none', () => {
  assert.deepEqual(tokens(`a// "b"\n# 'c'\n/* |||\n */ d/**/e`), [
    ['identifier', 'a'],
    ['identifier', 'd'],
    ['identifier', 'e'],
  ]);
});

test('an operator ends before a comment and before a text block', () => {
  assert.deepEqual(tokens('a +// b'), [
    ['identifier', 'a'],
    ['operator', '+'],
  ]);
  assert.deepEqual(tokens('a +/* b */ c').at(-1), ['identifier', 'c']);
  assert.deepEqual(
    tokens('a+|||\n  b\n|||').map(([kind]) => kind),
    ['identifier', 'operator', 'block'],
  );
  assert.deepEqual(
    tokens('a / b % c').map(([, text]) => text),
    ['a', '/', 'b', '%', 'c'],
  );
});

test('what no engine reads ends the tokens', () => {
  for (const source of ['"a', `'a\\'`, '@"a', '|||\nnot indented\n|||', '|||\n  a\n', '||| a', '/* open', '`', '@a']) {
    const kinds = tokens(`x ${source}`).map(([kind]) => kind);
    assert.equal(kinds[0], 'identifier', source);
    assert.ok(kinds.length === 2 || source.startsWith('/*'), source);
    if (!source.startsWith('/*')) assert.equal(kinds[1], 'invalid', source);
  }
});

test('every source of the project is read to its end', () => {
  const root = join(import.meta.dirname, '..', '..');
  const folders = ['lib', 'environments', 'test/fixtures/repository/lib'];
  const sources = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(lib|j)sonnet$/.test(path))
      .map((path) => join(root, folder, path)),
  );
  assert.ok(sources.length > 10);
  for (const path of sources) {
    const source = readFileSync(path, 'utf8');
    assert.equal([...tokenize(source)].at(-1)?.kind === 'invalid', false, path);
  }
});
