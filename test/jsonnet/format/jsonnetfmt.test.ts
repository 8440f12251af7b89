// The output of the real jsonnetfmt, file by file. JSONNET_TREES names further folders, parted by colons.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { sourceFiles } from '../../../scripts/core/source-files.ts';
import { findTool } from '../../helpers/tools.ts';
import { readArguments } from '../../../scripts/jsonnet/format/arguments.ts';
import { formatJsonnet } from '../../../scripts/jsonnet/format/format.ts';
import { JsonnetSyntaxError } from '../../../scripts/jsonnet/syntax/errors.ts';
import { goJsonnetTree, ownTree, type Tree } from './trees.ts';

const tool = findTool('jsonnetfmt');
const skip = tool === undefined && 'jsonnetfmt is not installed';
const others = (process.env.JSONNET_TREES ?? '').split(':').filter((root) => root !== '');
const trees: Tree[] = [
  ownTree(),
  ...others.map((root) => ({ name: basename(root), root, files: sourceFiles(root, ['.jsonnet', '.libsonnet']) })),
];

/** What differs on purpose, as the real one changes or breaks the program; see scripts/jsonnet/README.md. */
const differing = new Set([
  // A field of an object comprehension must stay computed.
  'testdata/object_comp_err_elem.jsonnet',
  'testdata/object_literal_in_object_comp.jsonnet',
  // A text block of blank lines loses the line that shows its indentation.
  'testdata/escaped_fields.jsonnet',
]);

const styles: string[][] = [
  [],
  ['-n', '4', '--max-blank-lines', '1', '--string-style', 'd', '--comment-style', 'h'],
  ['--pad-arrays', '--no-pad-objects', '--no-sort-imports', '--no-pretty-field-names', '--no-use-implicit-plus'],
  ['-n', '0', '--max-blank-lines', '0', '--string-style', 'l', '--comment-style', 'l'],
];

function theirs(source: string, style: string[]): string | undefined {
  const { status, stdout } = spawnSync(tool!, [...style, '-'], { input: source, encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}

function ours(source: string, style: string[]): string | undefined {
  try {
    return formatJsonnet(source, readArguments([...style, '-']).options);
  } catch (error) {
    assert.ok(error instanceof JsonnetSyntaxError, String(error));
    return undefined;
  }
}

function compare(tree: Tree, style: string[]): { equal: number; refused: number } {
  const count = { equal: 0, refused: 0 };
  for (const file of tree.files) {
    const source = readFileSync(join(tree.root, file), 'utf8');
    const formatted = ours(source, style);
    if (!differing.has(file)) {
      assert.equal(formatted, theirs(source, style), `${tree.name}: ${file} ${style.join(' ')}`);
      if (formatted === undefined) count.refused++;
      else count.equal++;
    }
    if (formatted !== undefined) assert.equal(ours(formatted, style), formatted, `${file} again`);
  }
  return count;
}

for (const tree of trees) {
  test(`${tree.name} is formatted as jsonnetfmt formats it`, { skip }, (t) => {
    assert.ok(tree.files.length > 0);
    const { equal, refused } = compare(tree, []);
    t.diagnostic(`${equal} of ${tree.files.length} equal, ${refused} refused by both`);
  });
}

test('so is what go-jsonnet itself is tested with, in every style', { skip }, (t) => {
  const tree = goJsonnetTree();
  if (tree === undefined) return t.skip("go-jsonnet's module can't be had: no Go, or no module proxy");
  for (const style of styles) {
    const { equal, refused } = compare(tree, style);
    t.diagnostic(
      `${style.join(' ') || 'defaults'}: ${equal} of ${tree.files.length} equal, ${refused} refused by both`,
    );
  }
});
