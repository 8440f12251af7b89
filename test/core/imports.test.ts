import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { importsOf, type ImportKind } from '../../scripts/core/imports.ts';

test('imports are found with their kind, path and place', () => {
  const source = `local a = import 'a.libsonnet';
{
  b: importstr "b.txt",
  c: (importbin @'c.bin').d,
  e: [import 'e\\u002elibsonnet' for x in []],
}`;
  assert.deepEqual(importsOf(source), [
    { kind: 'import', path: 'a.libsonnet', line: 1, column: 11 },
    { kind: 'importstr', path: 'b.txt', line: 3, column: 6 },
    { kind: 'importbin', path: 'c.bin', line: 4, column: 7 },
    { kind: 'import', path: 'e.libsonnet', line: 5, column: 7 },
  ]);
});

test('only the keyword is an import', () => {
  for (const source of [
    `// import 'a'`,
    `# import 'a'`,
    `/* import 'a' */ 1`,
    `"import 'a'"`,
    `'import "a"'`,
    `|||\n  import 'a'\n|||`,
    `{ important: 'a', reimport: 'b', import_: 'c' }`,
    `@"import 'a'"`,
  ]) {
    assert.deepEqual(importsOf(source), [], source);
  }
});

test('a computed path has no path', () => {
  const computed = [
    `import a`,
    `import ('a')`,
    `import 'a' + 'b'`,
    `import 'a'.b`,
    `import 'a' { b: 1 }`,
    `import 'a'['b']`,
    `import 'a'(1)`,
    `import |||\n  a\n|||`,
    `import`,
    `import 'a' in b`,
    `import 'a' % 1`,
  ];
  for (const source of computed)
    assert.deepEqual(
      importsOf(source).map(({ path }) => path),
      [undefined],
      source,
    );
  const plain = [
    `import 'a'`,
    `(import 'a') + b`,
    `[import 'a']`,
    `f(import 'a', 1)`,
    `import 'a';`,
    `assert import 'a' : 'b'; 1`,
  ];
  for (const source of [...plain, `if x then import 'a' else 1`, `{ [import 'a']: 1 }`, `import 'a' // b`]) {
    assert.deepEqual(
      importsOf(source).map(({ path }) => path),
      ['a'],
      source,
    );
  }
});

test('escapes are read as the engines read them', () => {
  const paths = (source: string) => importsOf(source).map(({ path }) => path);
  assert.deepEqual(paths(`import 'a\\'b\\\\c\\/d\\n\\t'`), ["a'b\\c/d\n\t"]);
  assert.deepEqual(paths(`import @'a''b\\n'`), ["a'b\\n"]);
  assert.deepEqual(paths(`import "\\u00e9"`), ['é']);
});

// What surrounds an import without being part of it, each able to hold the words that an import is made of.
const noise = fc.oneof(
  fc.stringMatching(/^[a-z '"|\\]{0,20}$/).map((text) => `// import ${text}\n`),
  fc.stringMatching(/^[a-z '"|]{0,20}$/).map((text) => `/* import ${text} */`),
  fc.stringMatching(/^[a-z 'import]{0,20}$/).map((text) => `local x = "import ${text}";`),
  fc.stringMatching(/^[a-z "]{0,20}$/).map((text) => `local x = 'import ${text}\\'';`),
  fc.stringMatching(/^[a-z '"|]{1,20}$/).map((text) => `local x = |||\n  import ${text}\n\n   '\n|||;`),
  fc.constantFrom(`local x = @'import ''a''';`, `local x = a.b[1:2] % { import_: 1 };`, '\n\n', '\t'),
);
const statement = fc.record({
  kind: fc.constantFrom<ImportKind>('import', 'importstr', 'importbin'),
  path: fc.stringMatching(/^[a-z./]{1,12}$/),
});

test('however an import is surrounded, it is found, and nothing else is', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(noise, statement)), noise, (parts, last) => {
      const source = `${parts.map(([before, { kind, path }]) => `${before} local i = ${kind} '${path}';`).join('')}${last} 1`;
      const found = importsOf(source);
      assert.deepEqual(
        found.map(({ kind, path }) => ({ kind, path })),
        parts.map(([, wanted]) => ({ ...wanted })),
      );
      for (const { kind, line, column } of found) {
        const text = source.split('\n')[line - 1];
        assert.ok(text?.slice(column - 1).startsWith(kind));
      }
    }),
    { numRuns: 500 },
  );
});
