// Alloy's own parser reads the configuration of every form of the two collectors.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { evaluateAll } from './evaluate.ts';
import { collectors, configOf, everything } from './collectors-cluster.ts';

const root = join(import.meta.dirname, '../..');
const binary = join(root, '.cache/alloy-syntax');

/** Builds the parser; says why not where there is no Go. */
const build = (): string | false => {
  mkdirSync(dirname(binary), { recursive: true });
  const { status, stderr, error } = spawnSync('go', ['build', '-o', binary, '.'], {
    cwd: join(root, 'test/alloy'),
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (error !== undefined) return 'Go is not installed (CI has it)';
  if (status !== 0) throw new Error(stderr);
  return false;
};

const parse = (files: Record<string, string>): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(binary, {
    input: JSON.stringify(files),
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
};

const skip = build();

test('the parser finds what is wrong', { skip }, () => {
  const { status, output } = parse({
    'a.alloy': 'loki.write "x" { endpoint { url = } }',
    'b.alloy': 'logging { level = "info" }',
    'c.alloy': 'logging { }',
  });
  assert.equal(status, 1);
  assert.match(output, /a\.alloy:1:\d+: expected expression/);
  assert.match(output, /c\.alloy: logging {2}is in b\.alloy already/);
});

test('every configuration parses', { skip }, async (t) => {
  const rendered = await evaluateAll({
    small: configOf('alloy', collectors()),
    everything: configOf('alloy', collectors(everything)),
    alone: configOf('alloy', collectors({ off: ['loki', 'tempo'] })),
    available: configOf('alloy', collectors({ extra: `{ profile: 'highly-available' }` })),
    node: configOf('alloy-node', collectors()),
    nodeEverything: configOf('alloy-node', collectors(everything)),
    nodeAlone: configOf('alloy-node', collectors({ off: ['mimir'] })),
  });
  for (const [form, files] of Object.entries(rendered)) {
    assert.deepEqual(parse(files as Record<string, string>), { status: 0, output: '' }, form);
  }
  t.diagnostic(`${Object.keys(rendered).length} configurations`);
});
