// The verbs format and lint as a user runs them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rekindle, repositoryOf } from './helpers/repository.ts';

const base = {
  'environments/home/main.jsonnet': 'function(app) []\n',
  '.prettierrc': '{ "singleQuote": true }',
  '.prettierignore': 'generated/\n',
};
/** No Go programs are found under these. */
const withoutGo = { PATH: '/nonexistent', GOPATH: '/nonexistent', GOBIN: '', HOME: '/nonexistent' };
/** Programs are run by a shell, so there must be one; jsonnet-lint comes with no system. */
const withoutLint = { ...withoutGo, PATH: '/usr/bin:/bin' };

test('format --check names what is not formatted and writes nothing', async () => {
  const { root, read } = repositoryOf({
    ...base,
    'a.ts': 'export const a = "b"\n',
    'b.json': '{"a":1}',
    'generated/c.json': '{"a":1}',
    'good.md': '# Good\n',
  });
  const { code, stdout, stderr } = await rekindle(root, ['format', '--check'], { env: withoutGo });
  assert.equal(code, 1, stderr);
  assert.equal(stdout, 'not formatted  a.ts\nnot formatted  b.json\n2 of 4 files were formatted already\n');
  assert.equal(read('a.ts'), 'export const a = "b"\n');
});

test('format writes, and has nothing to do afterwards', async () => {
  const { root, read } = repositoryOf({ ...base, 'a.ts': 'export const a = "b"\n' });
  assert.equal((await rekindle(root, ['format'], { env: withoutGo })).code, 0);
  assert.equal(read('a.ts'), "export const a = 'b';\n");
  assert.equal((await rekindle(root, ['format', '--check'], { env: withoutGo })).code, 0);
});

test('format says what it cannot read', async () => {
  const { root } = repositoryOf({ ...base, 'broken.ts': 'export const = 1\n', 'broken.jsonnet': '{ a 1 }\n' });
  const { code, stdout } = await rekindle(root, ['format', '--check'], { env: withoutGo });
  assert.equal(code, 1);
  assert.match(stdout, /can't be read {2}broken\.ts: /);
  assert.match(stdout, /can't be read {2}broken\.jsonnet: .*got: 1 \(1:5\)/);
});

test('format brings Jsonnet into the style of the field, without a Go program', async () => {
  const { root, read } = repositoryOf({ ...base, 'lib/a.libsonnet': '{a:"b",# c\n}\n' });
  assert.equal((await rekindle(root, ['format', '--check'], { env: withoutGo })).code, 1);
  assert.equal((await rekindle(root, ['format'], { env: withoutGo })).code, 0);
  assert.match(read('lib/a.libsonnet'), /a: 'b', {2}\/\/ c/);
});

test('lint finds Jsonnet that only one engine understands, with its place', async () => {
  const { root } = repositoryOf({ ...base, 'lib/a.libsonnet': "{\n  a: std.trim(' b '),\n}\n" });
  const { code, stdout } = await rekindle(root, ['lint'], { env: withoutLint });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /lib\/a\.libsonnet\n {2}error std\.trim is not in libjsonnet 0\.20, only in go-jsonnet \[portability\]\n {4}at lib\/a\.libsonnet:2:10/,
  );
});

test('lint runs oxlint on scripts and tests', async () => {
  const { root } = repositoryOf({
    ...base,
    '.oxlintrc.json': '{ "categories": { "correctness": "error" } }',
    'scripts/a.ts': 'debugger;\n',
  });
  const { code, stdout } = await rekindle(root, ['lint'], { env: withoutLint });
  assert.equal(code, 1);
  assert.match(stdout, /no-debugger/);
});

test('lint is content with what is right', async () => {
  const { root } = repositoryOf({ ...base, 'scripts/a.ts': 'export const a = 1;\n' });
  const { code, stdout } = await rekindle(root, ['lint'], { env: withoutLint });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /1 Jsonnet files: no findings\n$/);
});
