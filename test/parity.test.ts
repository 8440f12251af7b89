// The toolchain renders with the engine in TypeScript, Argo CD with go-jsonnet: both must give the same bytes for every app.
// node-jsonnet has a test of its own.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { evaluate, goJsonnet } from './lib/evaluate.ts';

const root = path.resolve(import.meta.dirname, '..');
const skip = goJsonnet === null ? 'go-jsonnet is not installed (CI has it)' : false;

/** One app exactly as Argo CD's repo-server asks for it: app path, then the libraries, and the app's name as a string. */
const asArgoCD = (env: string, app: string): unknown => {
  const directory = path.join('environments', env);
  const search = [directory, 'vendor', 'lib'].flatMap((folder) => ['-J', folder]);
  const args = [...search, '--tla-str', `app=${app}`, path.join(directory, 'main.jsonnet')];
  const { status, stdout, stderr } = spawnSync(goJsonnet!, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
};

for (const env of readdirSync(path.join(root, 'environments'))) {
  test(`${env}: both engines give the same bytes for every app`, { skip }, async (t) => {
    const directory = `${root}/environments/${env}`;
    const apps = await evaluate(`
      local cluster = import '${directory}/cluster.libsonnet';
      local main = import '${directory}/main.jsonnet';
      { [app]: main(app) for app in cluster.apps }
    `);
    assert.ok(Object.keys(apps).length > 2);
    for (const [app, value] of Object.entries(apps)) assert.deepEqual(asArgoCD(env, app), value, app);
    t.diagnostic(`${Object.keys(apps).length} apps, ${Object.values(apps).flat().length} manifests, byte-identical`);
  });

  test(`${env}: the slices are the same in both engines`, { skip }, async () => {
    const cluster = `(import '${root}/environments/${env}/cluster.libsonnet')`;
    await evaluate(
      `{ [slice]: ${cluster}[slice] for slice in ['settings', 'secrets', 'capacity', 'traffic', 'terraform', 'kind', 'schema'] }`,
    );
  });
}
