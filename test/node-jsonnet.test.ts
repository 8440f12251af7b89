// node-jsonnet renders every environment to the bytes that the engine in TypeScript renders. libjsonnet takes minutes for an
// environment, so only who asks for all engines waits for it: CI does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rekindleScript } from './helpers/repository.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rekindle-engines-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const skip =
  process.env['REKINDLE_TEST_ENGINES'] === 'all' ? false : 'it takes minutes; REKINDLE_TEST_ENGINES=all asks for it';

/** The files that a render of one environment writes, by path. */
function rendered(environment: string, engine: string): Map<string, string> {
  const output = join(folder, engine);
  const limits = ['--timeout', '900', '--memory', '8192'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [rekindleScript, 'render', '--env', environment, '--engine', engine, '--no-cache', '--output', output, ...limits],
    { cwd: root, encoding: 'utf8' },
  );
  assert.equal(status, 0, stdout + stderr);
  const paths = readdirSync(join(output, environment), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.yaml'),
  );
  return new Map(paths.sort().map((path) => [path, readFileSync(join(output, environment, path), 'utf8')]));
}

for (const environment of readdirSync(join(root, 'environments'))) {
  test(`${environment}: node-jsonnet renders the same files, to the byte`, { skip }, (t) => {
    const own = rendered(environment, 'typescript');
    assert.ok(own.size > 100);
    assert.deepEqual(rendered(environment, 'node-jsonnet'), own);
    t.diagnostic(`${own.size} files`);
  });
}
