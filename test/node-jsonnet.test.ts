// node-jsonnet renders to the bytes that the engine in TypeScript renders. libjsonnet computes a field at each access anew, and
// takes minutes for an environment, so only who asks for all engines waits for it: CI does. With the mesh, where everybody asks
// who has a proxy, it takes a quarter of an hour: so every environment is compared without, and some apps with it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { rekindleScript } from './helpers/repository.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rekindle-engines-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const skip =
  process.env['REKINDLE_TEST_ENGINES'] === 'all' ? false : 'it takes minutes; REKINDLE_TEST_ENGINES=all asks for it';

const environments = readdirSync(join(root, 'environments'));
const run = promisify(execFile);

/** The repository with the mesh turned off in every environment. */
function withoutMesh(): string {
  const copy = join(folder, 'without-mesh');
  for (const name of ['environments', 'lib', 'vendor']) cpSync(join(root, name), join(copy, name), { recursive: true });
  for (const environment of environments) {
    const directory = join(copy, 'environments', environment);
    renameSync(join(directory, 'cluster.libsonnet'), join(directory, 'with-mesh.libsonnet'));
    const off = `linkerd+: { enabled: false }, 'linkerd-viz'+: { enabled: false }`;
    writeFileSync(
      join(directory, 'cluster.libsonnet'),
      `(import 'with-mesh.libsonnet') + { components+: { ${off} } }\n`,
    );
  }
  return copy;
}

/** The files that a render writes, by path. */
async function rendered(cwd: string, engine: string, ...selection: string[]): Promise<Map<string, string>> {
  const output = mkdtempSync(join(folder, `${engine}-`));
  const limits = ['--timeout', '1800', '--memory', '8192', '--no-cache'];
  await run(
    process.execPath,
    [rekindleScript, 'render', ...selection, '--engine', engine, '--output', output, ...limits],
    { cwd },
  );
  const paths = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(output, path), 'utf8')]));
}

describe('node-jsonnet renders the same files, to the byte', { concurrency: 2, skip }, () => {
  const repository = skip === false ? withoutMesh() : root;

  const compare = (name: string, cwd: string, least: number, ...selection: string[]): void => {
    test(name, async (t) => {
      const own = await rendered(cwd, 'typescript', ...selection);
      assert.ok(own.size > least, `${own.size} files`);
      assert.deepEqual(await rendered(cwd, 'node-jsonnet', ...selection), own);
      t.diagnostic(`${own.size} files`);
    });
  };

  for (const environment of environments)
    compare(`${environment}, without the mesh`, repository, 100, '--env', environment);
  const apps = ['linkerd', 'mimir', 'trust-manager'].flatMap((app) => ['--app', app]);
  compare('in the mesh', root, 60, '--env', 'kind', ...apps);
});
