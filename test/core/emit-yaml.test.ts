import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { emitYaml } from '../../scripts/core/emit-yaml.ts';

function reads(text: string, expected: unknown): void {
  for (const version of ['1.1', '1.2'] as const) {
    assert.deepEqual(parse(text, { version, maxAliasCount: 0 }), expected, `YAML ${version} of:\n${text}`);
  }
}

test('a manifest looks as a person would write it', () => {
  const manifest = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', labels: {}, annotations: { 'example.org/on': 'on', note: 'two\nlines\n' } },
    spec: {
      replicas: 2,
      template: {
        spec: {
          containers: [
            { name: 'web', args: ['--log.level=info', '-v', '8080', 'a: b'], ports: [{ containerPort: 80 }] },
            { name: 'sidecar', args: [] },
          ],
        },
      },
      matrix: [[1, 2], [[true, null]]],
    },
  };
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {}
  annotations:
    example.org/on: "on"
    note: |
      two
      lines
spec:
  replicas: 2
  template:
    spec:
      containers:
      - name: web
        args:
        - --log.level=info
        - -v
        - "8080"
        - "a: b"
        ports:
        - containerPort: 80
      - name: sidecar
        args: []
  matrix:
  - - 1
    - 2
  - - - true
      - null
`;
  assert.equal(emitYaml(manifest), text);
  reads(text, manifest);
});

/** Words between white space, and what has white space in it. */
function texts(words: string, others: string[]): string[] {
  return [...words.trim().split(/\s+/), ...others];
}

const quoted = texts(
  `y N yes No ON off true False null ~ << =
   1 -1 +1 01 0x1f 0o17 0b1 1_000 1.5 .5 1. 1e3 12e5 e7 . .inf -.INF .nan 1:30 190:20:30.15 2001-12-14
   2001-12-14T21:59:43Z - --- : a: #a &a *a !a | > %a @a ${'`'}a {a [a ,a 'a "a`,
  ['', ' a', 'a ', '- a', '? a', 'a: b', 'a #b', 'a\tb\t', 'a\r\nb', '\u2028', '\ufeff'],
);
const unquoted = texts(
  `a a-b -v 10.0.0.1 1.2.3 a:b a#b 500m 2Gi x* it's é 日本 😀 v1.2.3 0.0.0.0:8080 /metrics $(POD_IP) a=b nope .hidden
   1a 30s sha256:0 http://a.b/c`,
  ['a b'],
);

test('strings are quoted exactly when some reader would take them for something else', () => {
  for (const text of quoted) {
    assert.match(emitYaml({ a: text }), /^a: (?:["'].*["']|\|)/s, JSON.stringify(text));
    reads(emitYaml({ a: text, [text]: [text] }), { a: text, [text]: [text] });
  }
  for (const text of unquoted) {
    assert.equal(emitYaml({ a: text }), `a: ${text}\n`);
    reads(emitYaml({ a: text, [text]: [text] }), { a: text, [text]: [text] });
  }
});

test('text becomes a block unless a parser could misread its indentation', () => {
  assert.equal(emitYaml({ a: 'x\n\ny' }), 'a: |-\n  x\n\n  y\n');
  assert.equal(emitYaml({ a: ['x\n', 'x\n\n'] }), 'a:\n- |\n  x\n- |+\n  x\n\n');
  assert.equal(emitYaml({ a: ' x\n' }), 'a: " x\\n"\n');
  assert.equal(emitYaml({ a: '\tx\n' }), 'a: "\\tx\\n"\n');
  for (const text of [
    '\n',
    '\n\n',
    'a\n  \n',
    'a\n \n\n',
    'a\n\tb\n',
    'a\n---\nb',
    'a\n#b\n',
    'a \n b\n',
    'a: b\n- c\n',
    '# a\n...\n',
  ]) {
    reads(emitYaml({ a: text, b: [text, { c: text }], d: 1 }), { a: text, b: [text, { c: text }], d: 1 });
  }
});

test('keys that look like numbers keep the order of their characters, very long ones stay readable', () => {
  assert.equal(emitYaml({ 9: 'a', 10: 'b', a: 'c' }), '"10": b\n"9": a\na: c\n');
  const long = 'k'.repeat(1500);
  reads(emitYaml({ a: { [long]: { b: [1, { [`${long}:`]: 'x' }] } } }), {
    a: { [long]: { b: [1, { [`${long}:`]: 'x' }] } },
  });
});

test('numbers read back as the same numbers', () => {
  for (const number of [0, -1, 0.1, 1e21, -1e-7, 1.5e300, 2 ** 53 + 2, 5e-324]) reads(emitYaml([number]), [number]);
});

const character = fc.oneof(
  fc.constantFrom(...' \n\t\r#:-?,[]{}&*!|>\'"%@`~=<+._0123456789eExobyYnNaAT/\\\u0085\u2028\u2029\ufeff\u0007\u007f'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const string = fc.oneof(
  fc.array(character, { maxLength: 12 }).map((characters) => characters.join('')),
  fc.constantFrom(...quoted, ...unquoted),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    string,
    fc.constantFrom(null, true, false, 0, 7, -3.25),
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter((number) => !Object.is(number, -0)),
    fc.array(tie('value'), { maxLength: 4 }),
    // `yaml` gives objects with a prototype: a key __proto__ couldn't be compared, though the text is right.
    fc.dictionary(
      string.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

test('every value reads back as itself, in both versions of YAML', () => {
  fc.assert(
    fc.property(value, (data) => {
      reads(emitYaml(data), data);
    }),
    { numRuns: 2000 },
  );
});
