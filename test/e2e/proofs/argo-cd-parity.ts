// Argo CD renders the environment as the toolchain does: what validate, diff and the goldens say is true of the cluster.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareRenderings } from '../argo-cd/parity.ts';
import { makeRepository } from '../argo-cd/repository.ts';
import { readContext } from '../context.ts';
import { report } from '../report.ts';
import { renderEnvironment, repositoryRoot } from '../rig/rendered.ts';

const { environment, folder } = readContext();

test("the repo-server's manifests are the toolchain's, byte for byte as canonical JSON", async (t) => {
  const apps = await report.timed('render', () => renderEnvironment(environment));
  const { clone } = await makeRepository(repositoryRoot, `${folder}/git`);
  const parity = await report.timed("render by Argo CD's code", () => compareRenderings(clone, apps));
  assert.deepEqual(parity.differences, []);
  assert.equal(parity.apps, apps.length);
  const total = apps.flatMap(({ manifests }) => manifests).length;
  assert.equal(parity.manifests, total);
  report.count('parity', parity.manifests, total);
  t.diagnostic(`${parity.apps} apps, ${parity.manifests} manifests`);
});
