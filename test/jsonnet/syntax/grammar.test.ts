// The cases of parser.test.ts, put to the real thing: jsonnetfmt parses with go-jsonnet's own parser.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { findTool } from '../../../scripts/core/tools.ts';
import { accepted, refused } from './cases.ts';

const tool = findTool('jsonnetfmt');

test('go-jsonnet accepts and refuses the same', { skip: tool === undefined && 'jsonnetfmt is not installed' }, () => {
  const accepts = (source: string): boolean => spawnSync(tool!, ['-e', '--', source]).status === 0;
  for (const source of accepted) assert.ok(accepts(source), `go-jsonnet refuses ${source}`);
  for (const [source, , message] of refused) {
    // On purpose: see scripts/jsonnet/README.md.
    if (!message.startsWith("A literal ':'")) assert.ok(!accepts(source), `go-jsonnet accepts ${source}`);
  }
});
