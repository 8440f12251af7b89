// Every program of go-jsonnet's own tests: the same output to the byte, or refused for the same reason. The reason is the
// message without place and trace; cases.ts says which wordings count as the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conformanceCases, expectedReason, goJsonnetModule, moduleFolder } from './cases.ts';
import { runCase } from './run.ts';

const folder = moduleFolder();

test(`the programs of ${goJsonnetModule}`, { skip: folder === null && 'needs Go and its module proxy' }, async (t) => {
  const cases = conformanceCases(folder!);
  let errors = 0;
  for (const each of cases) {
    if (each.isError) errors++;
    // A subtest for each of them would only fill the report.
    const outcome = runCase(each, folder!);
    if (each.isError) {
      assert.ok('reason' in outcome, `${each.name} is accepted`);
      assert.equal(outcome.reason, expectedReason(each), each.name);
    } else {
      assert.ok('output' in outcome, `${each.name}: ${'reason' in outcome ? outcome.reason : ''}`);
      assert.deepEqual(outcome.output, each.expected, each.name);
    }
  }
  assert.ok(cases.length >= 700, `only ${cases.length} programs were found`);
  t.diagnostic(
    `${cases.length} programs: ${cases.length - errors} values byte-identical, ${errors} errors for the same reason`,
  );
});
