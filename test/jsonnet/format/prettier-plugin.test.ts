import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import * as prettier from 'prettier';
import * as plugin from '../../../scripts/jsonnet/format/prettier-plugin.ts';

const format = (source: string, options: prettier.Options = {}) =>
  prettier.format(source, { parser: 'jsonnet', plugins: [plugin], ...options });

test('Jsonnet is laid out as jsonnetfmt lays it out', async () => {
  assert.equal(await format('{a:"b", # c\n}'), "{\n  a: 'b',  // c\n}\n");
});

test("Prettier's own options and the plugin's reach the formatter", async () => {
  const source = '{a:["b"],\n}';
  assert.equal(await format(source, { tabWidth: 4 }), "{\n    a: ['b'],\n}\n");
  assert.equal(await format('{a:1}', { bracketSpacing: false }), '{a: 1}\n');
  assert.equal(
    await format(source, { jsonnetStringStyle: 'double', jsonnetPadArrays: true } as prettier.Options),
    '{\n  a: [ "b" ],\n}\n',
  );
});

test('the language is known by its file names', async () => {
  for (const file of ['a.jsonnet', 'b.libsonnet']) {
    const { inferredParser } = await prettier.getFileInfo(file, { plugins: [plugin as prettier.Plugin] });
    assert.equal(inferredParser, 'jsonnet', file);
  }
});

test('a mistake has its place, with a code frame', async () => {
  await assert.rejects(format('{\n  a 1 }'), (error: SyntaxError & { loc?: unknown; codeFrame?: string }) => {
    assert.deepEqual(error.loc, { start: { line: 2, column: 5 }, end: { line: 2, column: 6 } });
    assert.match(String(error.codeFrame), />.*2 \|.*a 1/);
    return true;
  });
});

test('the bundled plugin is what package.json exports', async () => {
  const source = join(import.meta.dirname, '../../../dist/prettier-plugin.js');
  assert.equal(await format('{a:1}', { plugins: [source] }), '{ a: 1 }\n');
  assert.equal(import.meta.resolve('rekindle/prettier-plugin'), pathToFileURL(source).href);
});
