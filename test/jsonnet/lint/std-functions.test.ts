import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { findTool } from '../../helpers/tools.ts';
import { commonStd, goOnlyStd, stdResults } from '../../../scripts/jsonnet/lint/std-functions.ts';

const names = (json: string) => (JSON.parse(json) as string[]).filter((name) => /^[a-z]/i.test(name)).sort();

test('what both engines have is what libjsonnet says it has', async (t) => {
  let Jsonnet: new () => { evaluateSnippet(s: string): Promise<string> };
  try {
    ({ Jsonnet } = createRequire(import.meta.url)('@hanazuki/node-jsonnet') as { Jsonnet: typeof Jsonnet });
  } catch {
    return t.skip('@hanazuki/node-jsonnet is not installed');
  }
  assert.deepEqual([...commonStd].sort(), names(await new Jsonnet().evaluateSnippet('std.objectFieldsAll(std)')));
});

test('the rest is what go-jsonnet has beyond it', (t) => {
  const jsonnet = findTool('jsonnet');
  if (jsonnet === undefined) return t.skip('go-jsonnet is not installed');
  const { stdout, status } = spawnSync(jsonnet, ['-e', 'std.objectFieldsAll(std)'], { encoding: 'utf8' });
  assert.equal(status, 0);
  // A jsonnet of another origin on PATH may be the older engine itself.
  if (!names(stdout).includes('trim')) return t.skip('the jsonnet on PATH is not go-jsonnet');
  assert.deepEqual([...commonStd, ...goOnlyStd].sort(), names(stdout));
});

test('results are known of functions that exist', () => {
  for (const name of Object.keys(stdResults)) assert.ok([...commonStd, ...goOnlyStd].includes(name), name);
});
