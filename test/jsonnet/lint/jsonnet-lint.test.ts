// What jsonnet-lint 0.22 says of the sources that it is tested with itself, and of ours.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { findTool } from '../../helpers/tools.ts';
import { lintRepository } from '../../../scripts/core/lint/lint.ts';
import { lintJsonnet } from '../../../scripts/jsonnet/lint/lint.ts';
import { goJsonnetTree, ownTree, type Tree } from '../format/trees.ts';

const tool = findTool('jsonnet-lint');
const skip = tool === undefined && 'jsonnet-lint is not installed';

/** Rules that jsonnet-lint hasn't got. */
const ours = ['shadowed-variable', 'portability', 'suspicious-plus', 'unreachable-branch', 'unused-suppression'];

/** Only the other one finds something: functions or objects out of both branches of an `if`, and values nested deeper than types are followed. */
const onlyTheirs = [
  'deepest_array_call_integer',
  'deepest_array_call_integer2',
  'max_arity_violated',
  'obj',
  'stdlib_call_returned_numberarray',
];
/** Only ours does, rightly: both fail when they are evaluated. */
const onlyOurs = ['local_used_in_assertion', 'subtract-arrays'];

test("jsonnet-lint's own cases are found or left alone as it does", (t) => {
  const tree = goJsonnetTree();
  if (tree === undefined) return t.skip("go-jsonnet's module can't be had: no Go, or no module proxy");
  const files = tree.files.filter((file) => file.startsWith('linter/testdata/'));
  const findings = lintRepository({ root: tree.root, libs: [] }, files);
  let same = 0;
  for (const file of files) {
    const golden = join(tree.root, file.replace(/\.jsonnet$/, '.linter.golden'));
    if (!existsSync(golden)) continue;
    const theirs = readFileSync(golden, 'utf8').trim() !== '';
    const own = findings.some((one) => one.file === file && !ours.includes(one.rule));
    const name = basename(file, '.jsonnet');
    if (onlyTheirs.includes(name)) assert.deepEqual([theirs, own], [true, false], name);
    else if (onlyOurs.includes(name)) assert.deepEqual([theirs, own], [false, true], name);
    else {
      assert.equal(own, theirs, name);
      same++;
    }
  }
  assert.ok(same > 0);
  t.diagnostic(
    `${same} of ${files.length} the same, ${onlyTheirs.length} only jsonnet-lint, ${onlyOurs.length} only ours`,
  );
});

/** Names of unused variables, sorted; undefined where the file is refused before it is looked at. */
function theirUnused(path: string): string[] | undefined {
  const { stderr } = spawnSync(tool!, ['--', path], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const found = [...stderr.matchAll(/Unused variable: (\w+)/g)].map(([, name]) => name!);
  return found.length === 0 && stderr !== '' ? undefined : found.sort();
}

function compareUnused({ root, files, name }: Tree): { compared: number; unused: number } {
  const count = { compared: 0, unused: 0 };
  for (const file of files) {
    const theirs = theirUnused(join(root, file));
    if (theirs === undefined) continue;
    const own = lintJsonnet(readFileSync(join(root, file), 'utf8'))
      .filter(({ rule }) => rule === 'unused-variable' || rule === 'unused-import')
      .map(({ message }) => message.replace(/.*: /, ''))
      .sort();
    assert.deepEqual(own, theirs, `${name}: ${file}`);
    count.compared++;
    count.unused += own.length;
  }
  return count;
}

test('unused variables are those that jsonnet-lint finds', { skip }, (t) => {
  const go = goJsonnetTree();
  const testdata = go && { ...go, files: go.files.filter((file) => file.startsWith('testdata/')) };
  for (const tree of [ownTree(), ...(testdata ? [testdata] : [])]) {
    const { compared, unused } = compareUnused(tree);
    assert.ok(compared > 0, tree.name);
    t.diagnostic(`${tree.name}: ${unused} in ${compared} files`);
  }
});
