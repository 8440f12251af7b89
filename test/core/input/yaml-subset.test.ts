import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAllDocuments, stringify } from 'yaml';
import { emitYaml } from '../../../scripts/core/emit-yaml.ts';
import { plainScalar } from '../../../scripts/core/input/yaml-scalar.ts';
import { readYamlSubset } from '../../../scripts/core/input/yaml-subset.ts';

/** What the full parser says, with the same reading of plain scalars; undefined for text that is no single document. */
function full(text: string): { value: unknown } | undefined {
  const plain = {
    tag: 'tag:yaml.org,2002:plain',
    default: true,
    test: /^(?:[-+.~0-9ynYNtTfFoO].*)?$/s,
    resolve: plainScalar,
  } as const;
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    customTags: (tags) => [...tags, plain],
    logLevel: 'silent',
  });
  if ('empty' in documents) return { value: null };
  if (documents.length !== 1 || documents[0]!.errors.length > 0) return undefined;
  return { value: documents[0]!.toJS() };
}

const words = fc.constantFrom(
  'a',
  'name',
  'app.kubernetes.io/name',
  '',
  'yes',
  'null',
  '1',
  '0x1',
  '0644',
  '1e3',
  '-',
  '- a',
  ' lead',
  'trail ',
  'a: b',
  'a:',
  '#c',
  'a #c',
  '|',
  '"q"',
  "it's",
  'multi\nline',
  'multi\n\nline\n',
  '\n',
  ' \n x',
  'tab\tx',
  'é😀',
  '{}',
  '[a]',
  '*x',
  '&x',
  '!t',
  '%d',
  '@a',
  '`',
  '---',
  '2001-01-01',
  '1_000',
  '~',
  '=',
  '<<',
  'a, b',
  '\\n',
  'x'.repeat(100),
);
const value = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof(
    words,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.string(),
  ),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(fc.oneof(words, fc.string({ maxLength: 5 })), tie('node'), { maxKeys: 4, noNullPrototype: true }),
})).node;

/** YAML as libraries write it, in the styles they have. */
const written = fc
  .tuple(
    value,
    fc.record({
      indentSeq: fc.boolean(),
      lineWidth: fc.constantFrom(0, 80),
      indent: fc.constantFrom(2, 4),
      singleQuote: fc.constantFrom(true, false, null),
      version: fc.constantFrom('1.1' as const, '1.2' as const),
    }),
  )
  .map(([data, options]) => stringify(data, options));

test('reads what it reads exactly as the full parser does', () => {
  fc.assert(fc.property(fc.oneof(written, value.map(emitYaml)), same), { numRuns: 3000 });
});

test('never reads damaged text differently', () => {
  const damage = fc.tuple(
    written,
    fc.nat(),
    fc.constantFrom(
      '',
      ' ',
      '  ',
      '\n',
      ':',
      ': ',
      '-',
      '- ',
      '#',
      ' #',
      '"',
      "'",
      '|',
      '\t',
      '{',
      'a',
      '\n\n',
      '\r',
      '\u00a0',
      '...',
      '\n---\n',
    ),
    fc.nat({ max: 3 }),
  );
  fc.assert(
    fc.property(damage, ([text, at, inserted, removed]) => {
      const i = text.length === 0 ? 0 : at % text.length;
      same(text.slice(0, i) + inserted + text.slice(i + removed));
    }),
    { numRuns: 6000 },
  );
});

function same(text: string): void {
  const quick = readYamlSubset(text);
  if (quick !== undefined) assert.deepEqual(quick, full(text), text);
}

test('takes the YAML that this toolchain and Kubernetes tools write', () => {
  const data = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', labels: { 'app.kubernetes.io/name': 'x' } },
    data: { 'a.yaml': 'a: 1\nb:\n  - c\n', empty: '' },
    list: [
      { name: 'one', args: ['--a=b', '-c'] },
      { name: 'two', env: [] },
    ],
  };
  for (const text of [emitYaml(data), stringify(data), stringify(data, { indentSeq: false })]) {
    assert.deepEqual(readYamlSubset(text), { value: data }, text);
  }
});

test('leaves to the full parser what only that can judge', () => {
  for (const text of [
    'a: 1\na: 2\n',
    'a: &x 1\n',
    'a: *x\n',
    'a: yes\n',
    'a: {b: 1}\n',
    'a: >\n  b\n',
    'a: b\n  c\n',
    'a: !!str 1\n',
    '\ta: 1\n',
    'a:\n  b\n',
    'on: 1\n',
    '__proto__: 1\n',
  ]) {
    assert.equal(readYamlSubset(text), undefined, text);
  }
});
