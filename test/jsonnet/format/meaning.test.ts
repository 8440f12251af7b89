// A formatted program gives what the program gave: go-jsonnet's own programs with their goldens, in opposite styles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatJsonnet } from '../../../scripts/jsonnet/format/format.ts';
import type { FormatOptions } from '../../../scripts/jsonnet/format/options.ts';
import { JsonnetSyntaxError } from '../../../scripts/jsonnet/syntax/errors.ts';
import { conformanceCases, goJsonnetModule, moduleFolder } from '../conformance/cases.ts';
import { runCase } from '../conformance/run.ts';

const styles: Partial<FormatOptions>[] = [
  {},
  { indent: 4, stringStyle: 'double', commentStyle: 'hash', maxBlankLines: 1, padArrays: true, padObjects: false },
  { indent: 0, useImplicitPlus: false, prettyFieldNames: false, sortImports: false },
];

test('formatting never changes what a program evaluates to', (t) => {
  const folder = moduleFolder();
  if (folder === null) return t.skip(`${goJsonnetModule} can't be had: no Go, or no module proxy`);
  let count = 0;
  for (const each of conformanceCases(folder)) {
    for (const style of styles) {
      const source = formatted(each.source, style);
      if (source === undefined) continue;
      const outcome = runCase({ ...each, source }, folder);
      // An error is one still; its message may quote the source.
      if (each.isError) assert.ok('reason' in outcome, each.name);
      else if ('output' in outcome) assert.deepEqual(outcome.output, each.expected, `${each.name}\n${source}`);
      else assert.fail(`${each.name}: ${outcome.reason}\n${source}`);
      count++;
    }
  }
  assert.ok(count > 0);
  t.diagnostic(`${count} evaluations`);
});

function formatted(source: string, style: Partial<FormatOptions>): string | undefined {
  try {
    return formatJsonnet(source, style);
  } catch (error) {
    if (error instanceof JsonnetSyntaxError) return undefined;
    throw error;
  }
}
