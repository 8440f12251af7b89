import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatJsonnet } from '../../../scripts/jsonnet/format/format.ts';
import { defaultOptions, type FormatOptions } from '../../../scripts/jsonnet/format/options.ts';
import { JsonnetSyntaxError } from '../../../scripts/jsonnet/syntax/errors.ts';
import { parse, parseWithTokens } from '../../../scripts/jsonnet/syntax/parser.ts';
import { printNode } from '../../../scripts/jsonnet/syntax/print.ts';
import { expression } from '../syntax/arbitrary.ts';
import { bare } from '../syntax/bare.ts';

const cases: [what: string, source: string, formatted: string, style?: Partial<FormatOptions>][] = [
  ['an object of one line', '{a:1,b:[1,2,],}', '{ a: 1, b: [1, 2] }\n'],
  ['an object of several lines', '{ a: 1,\nb: 2 }', '{\n  a: 1,\n  b: 2,\n}\n'],
  ['a comment at the end of a line', '[1, # one\n2]', '[\n  1,  // one\n  2,\n]\n'],
  ['blank lines', '{\n\n\n\n\n  a: 1\n\n}', '{\n\n\n  a: 1,\n\n}\n'],
  ['quotes', `["a", 'b"', "c'", "d'\\""]`, `['a', 'b"', "c'", "d'\\""]\n`],
  ['names of fields', "{ 'a': 1, ['b']: 2, 'c-d': 3 }['a']", "{ a: 1, b: 2, 'c-d': 3 }.a\n"],
  ['a computed field of a comprehension', "{ ['a']: x for x in y }", "{ ['a']: x for x in y }\n"],
  ['an implicit plus', 'a + { b: 1 }', 'a { b: 1 }\n'],
  ['an explicit plus', 'a { b: 1 }.c', '(a + { b: 1 }).c\n', { useImplicitPlus: false }],
  ['a slice of what is joined', 'a { b: 1 }[1:2]', '(a + { b: 1 })[1:2]\n', { useImplicitPlus: false }],
  ['parentheses', '(((a)))', '(a)\n'],
  ['a slice', 'a[1::]', 'a[1:]\n'],
  [
    'sorted imports',
    "local b = import 'b';\nlocal a = import 'a';  // first\na",
    "local a = import 'a';  // first\nlocal b = import 'b';\na\n",
  ],
  [
    'imports in groups',
    "local b = import 'b';\n\nlocal a = import 'a';\na",
    "local b = import 'b';\n\nlocal a = import 'a';\na\n",
  ],
  ['arguments below each other', 'f(1,\n2)', 'f(1,\n  2)\n'],
  ['a text block', 'local a = |||\n      b\n    |||;\na', 'local a = |||\n  b\n|||;\na\n'],
  ['a text block of blank lines', '|||\n  \n  \n|||', '|||\n\n  \n|||\n'],
  ['numbers', '1_000.5_0', '1000.50\n'],
  ['a she-bang', '#!/usr/bin/jsonnet\n# more\n1', '#!/usr/bin/jsonnet\n// more\n1\n'],
  ['padding', '{a:[1]}', '{a: [ 1 ]}\n', { padArrays: true, padObjects: false }],
  ['hashes', '// a\n1', '# a\n1\n', { commentStyle: 'hash' }],
  ['double quotes', "'a'", '"a"\n', { stringStyle: 'double' }],
  ['indentation', '{\na: 1 }', '{\n    a: 1,\n}\n', { indent: 4 }],
  ['a comment where jsonnetfmt drops it', 'f(a /* why */ = 1)', 'f(a=/* why */ 1)\n'],
];

for (const [what, source, formatted, style] of cases) {
  test(what, () => assert.equal(formatJsonnet(source, style), formatted));
}

test('a source nested deeper than the stack is refused', () => {
  for (const depth of [3000, 200_000]) {
    const source = '['.repeat(depth) + ']'.repeat(depth);
    try {
      assert.equal(formatJsonnet(source), `${source}\n`);
    } catch (error) {
      assert.ok(error instanceof JsonnetSyntaxError, String(error));
    }
  }
});

const style = fc.record({
  indent: fc.constantFrom(0, 2, 4),
  maxBlankLines: fc.constantFrom(0, 1, 2),
  stringStyle: fc.constantFrom('single', 'double', 'leave') as fc.Arbitrary<'single' | 'double' | 'leave'>,
  commentStyle: fc.constantFrom('hash', 'slash', 'leave') as fc.Arbitrary<'hash' | 'slash' | 'leave'>,
  prettyFieldNames: fc.boolean(),
  padArrays: fc.boolean(),
  padObjects: fc.boolean(),
  sortImports: fc.boolean(),
  useImplicitPlus: fc.boolean(),
});

const gap = fc.constantFrom(
  '',
  '',
  '',
  '',
  ' ',
  '\n',
  '\n\n\n\n',
  ' /* c */ ',
  ' // c\n',
  '\n# own\n',
  '\n/* a\n   b */\n',
  '\t',
);

/** A generated program with comments and lines between its tokens. */
const program = fc.tuple(expression, fc.array(gap, { minLength: 8, maxLength: 40 })).map(([node, gaps]) => {
  const printed = printNode(node);
  const { tokens } = parseWithTokens(printed);
  let source = '';
  let from = 0;
  for (let i = 0; i < tokens.length; i += 2) {
    source += printed.slice(from, tokens[i]) + gaps[(i / 2) % gaps.length]! + printed.slice(tokens[i], tokens[i + 1]);
    from = tokens[i + 1]!;
  }
  return source;
});

test('formatting what is formatted changes nothing', () => {
  fc.assert(
    fc.property(program, style, (source, some) => {
      const formatted = formatJsonnet(source, some);
      assert.equal(formatJsonnet(formatted, some), formatted);
    }),
    { numRuns: 1500 },
  );
});

test('without the styles that rewrite, the tree stays the same', () => {
  const plain = { prettyFieldNames: false, sortImports: false, useImplicitPlus: true, stringStyle: 'leave' } as const;
  fc.assert(
    fc.property(program, (source) => {
      assert.deepEqual(meant(formatJsonnet(source, plain)), meant(source));
    }),
    { numRuns: 1500 },
  );
});

test('comments are neither lost nor doubled, tokens only where the style says so', () => {
  const rewritten = new Set(['(', ')', ',', '+', ':', '::']);
  const words = (source: string): string[] => {
    const { tokens } = parseWithTokens(source);
    const texts = Array.from({ length: tokens.length / 2 }, (_, i) => source.slice(tokens[2 * i], tokens[2 * i + 1]));
    return texts.filter((text) => !rewritten.has(text) && !/^(?:@?['"]|\|\|\||\d)/.test(text));
  };
  const comments = (source: string) => source.split(/\/\* c \*\/|(?:\/\/|#) c$|(?:\/\/|#) own$|\/\* a$/m).length;
  fc.assert(
    fc.property(program, (source) => {
      const formatted = formatJsonnet(source, { ...defaultOptions, prettyFieldNames: false, sortImports: false });
      assert.deepEqual(words(formatted), words(source));
      assert.equal(comments(formatted), comments(source), formatted);
    }),
    { numRuns: 1500 },
  );
});

/** A tree without places and parentheses, where an object joined by a plus or without one is the same. */
function meant(source: string): unknown {
  return JSON.parse(
    JSON.stringify(bare(parse(source)), (_, value: unknown) => {
      if (value === null || typeof value !== 'object' || !('right' in value)) return value;
      const { left, right, operator = 'plus' } = value as { left: unknown; right: unknown; operator?: unknown };
      return { left, right, operator: operator === 3 ? 'plus' : operator };
    }),
  );
}
