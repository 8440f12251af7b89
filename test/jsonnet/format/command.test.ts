// rekindle-jsonnetfmt beside jsonnetfmt: the same flags, output and exit codes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '../../helpers/tools.ts';
import { repositoryOf } from '../../helpers/repository.ts';

const script = join(import.meta.dirname, '../../../dist/jsonnetfmt.js');
const real = findTool('jsonnetfmt');

interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

function ours(args: string[], input = '', cwd = '.'): Outcome {
  return spawnSync(process.execPath, [script, ...args], { input, encoding: 'utf8', cwd });
}

test('a source from a file, from standard input and from an argument', () => {
  const { root } = repositoryOf({ 'a.jsonnet': '{a:1}' });
  for (const [args, input] of [
    [['a.jsonnet'], ''],
    [['-'], '{a:1}'],
    [['-e', '{a:1}'], ''],
  ] as const) {
    const { status, stdout } = ours([...args], input, root);
    assert.deepEqual([status, stdout], [0, '{ a: 1 }\n'], args.join(' '));
  }
});

test('-i writes, --test says what it would write', () => {
  const { root, read } = repositoryOf({ 'a.jsonnet': '{a:1}', 'b.jsonnet': '{ a: 1 }\n' });
  const tried = ours(['--test', 'a.jsonnet', 'b.jsonnet'], '', root);
  assert.deepEqual([tried.status, tried.stdout], [2, 'a.jsonnet\n']);
  assert.equal(read('a.jsonnet'), '{a:1}');
  assert.equal(ours(['-i', 'a.jsonnet', 'b.jsonnet'], '', root).status, 0);
  assert.equal(read('a.jsonnet'), '{ a: 1 }\n');
  assert.equal(ours(['--test', 'a.jsonnet', 'b.jsonnet'], '', root).status, 0);
});

test('-o writes to a file and creates its folder', () => {
  const { root } = repositoryOf({ 'a.jsonnet': '{a:1}' });
  const { status, stdout } = ours(['-o', 'x/y.jsonnet', 'a.jsonnet'], '', root);
  assert.deepEqual([status, stdout], [0, '']);
  assert.equal(readFileSync(join(root, 'x/y.jsonnet'), 'utf8'), '{ a: 1 }\n');
});

test('a mistake in the source is shown where it stands', () => {
  const { status, stderr } = ours(['-'], '{\n\ta 1\n}');
  assert.equal(status, 1);
  assert.match(stderr, /^<stdin>:2:4 Expected one of .*\n {2}1 \| \{\n> 2 \| \ta 1\n {4}\| \t {2}\^\n {2}3 \| \}\n$/);
});

const calls: [args: string[], input: string][] = [
  [['-n4', '-'], '{a:\n1}'],
  [['-n', '0', '-'], '{\n     a: 1}'],
  [['--max-blank-lines', '1', '-'], '{\n\n\n\na: 1}'],
  [['--string-style', 'd', '--comment-style', 'h', '-'], "// a\n'b'"],
  [['--string-style', 'l', '--comment-style', 'l', '-'], '# a\n"b"'],
  [['--pad-arrays', '--no-pad-objects', '-'], '{ a: [1] }'],
  [['--no-pretty-field-names', '-'], "{ 'a': 1 }['a']"],
  [['--no-use-implicit-plus', '-'], 'a { b: 1 }'],
  [['--no-sort-imports', '-'], "local b = import 'b';\nlocal a = import 'a';\na"],
  [['-e', '--', '-1'], ''],
  [['--test', '-'], '1'],
  [['--test', '-'], '1\n'],
  [[], ''],
  [['--nothing'], ''],
  [['a.jsonnet', 'b.jsonnet'], ''],
  [['-i', '-'], '1'],
  [['-i', '-e', '1'], ''],
  [['-n'], ''],
  [['-n', 'x', '-'], '1'],
  [['--indent', '-1', '-'], '1'],
  [['--string-style', 'x', '-'], '1'],
  [['missing.jsonnet'], ''],
  [['-'], '{'],
];

test(
  'exit codes and output are those of jsonnetfmt',
  { skip: real === undefined && 'jsonnetfmt is not installed' },
  () => {
    for (const [args, input] of calls) {
      const theirs = spawnSync(real!, args, { input, encoding: 'utf8' });
      const { status, stdout, stderr } = ours(args, input);
      assert.deepEqual([status, stdout], [theirs.status, theirs.stdout], args.join(' '));
      if (theirs.stderr.startsWith('ERROR')) assert.equal(stderr.split('\n')[0], theirs.stderr.split('\n')[0]);
    }
  },
);

test('help and version are asked for without a file', () => {
  assert.match(ours(['--help']).stdout, /^rekindle-jsonnetfmt \{<option>\}/);
  assert.match(ours(['--version']).stdout, /jsonnetfmt v0\.22\.0/);
  assert.ok(existsSync(script));
});
