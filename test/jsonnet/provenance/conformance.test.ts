// Tracing computes what the engine computes: the value of every program of go-jsonnet's own tests.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataOf, trace } from '../../../scripts/jsonnet/provenance/trace.ts';
import { conformanceCases, goJsonnetModule, moduleFolder, natives } from '../conformance/cases.ts';
import { hostIn } from '../conformance/run.ts';

/** Loops of many thousand turns by tail calls, which tracing stacks: it depends on V8 whether they are refused. */
const mayBeTooDeep = new Set(['testdata/tailstrict', 'testdata/tailstrict5']);

const folder = moduleFolder();

test(`the programs of ${goJsonnetModule}`, { skip: folder === null && 'needs Go and its module proxy' }, (t) => {
  let count = 0;
  for (const { name, source, expected, isError, stringOutput, extVars } of conformanceCases(folder!)) {
    if (isError || typeof expected !== 'string') continue;
    const traced = () => {
      const { root, within } = trace(name, name, source, { host: hostIn(folder!), natives, extVars });
      return within(() => dataOf(root));
    };
    let value: unknown;
    try {
      value = traced();
    } catch (error) {
      assert.ok(mayBeTooDeep.has(name), `${name}: ${(error as Error).stack}`);
      assert.match((error as Error).message, /nests too deep to be traced/, name);
      continue;
    }
    assert.deepEqual(value, stringOutput ? expected.replace(/\n$/, '') : JSON.parse(expected), name);
    count++;
  }
  assert.ok(count >= 480, `only ${count} programs were found`);
  t.diagnostic(`${count} programs have the same value`);
});
