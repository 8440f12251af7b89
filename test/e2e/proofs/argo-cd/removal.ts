// A component that is turned off takes with it what its app applied, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refresh, rootName, waitUntilSettled } from '../../argo-cd/applications.ts';
import { environmentWith } from '../../argo-cd/changes.ts';
import { renderRigEnvironment, type Installation } from '../../argo-cd/installation.ts';
import { managedObjects, missingOf, nameOf, type ManagedObject } from '../../argo-cd/objects.ts';
import { report } from '../../report.ts';

/** The app `cluster` prunes nothing. */
function isGround(objects: ReadonlyMap<string, ManagedObject[]>, name: string): boolean {
  return objects.get('cluster')!.some((one) => one.name === name);
}

/** Registers the test. Everything is settled by then; the environment is without Contour afterwards. */
export function proveRemoval({ environment, rig: { api }, repository, names }: Installation): void {
  test('removing a component prunes exactly it', async (t) => {
    const before = await managedObjects(api);
    const goes = before.get('contour')!;
    const stays = [...before]
      .flatMap(([app, objects]) => (app === 'contour' ? [] : objects))
      .filter(({ name }) => name !== 'Application argocd/contour');
    const commit = await repository.push(
      'Remove Contour',
      environmentWith(environment, `components+: { contour+: { enabled: false } },`),
    );
    await refresh(api, rootName);
    const left = names.filter((name) => name !== 'contour');
    await report.timed('a component goes', () => waitUntilSettled(api, { names: left, commit, seconds: 240 }));
    assert.deepEqual(
      (await missingOf(api, goes)).sort(),
      goes.map(({ name }) => name).sort(),
      'what the component applied is gone',
    );
    // What others say for its sake goes along: a host that nobody serves needs no certificate, and a port that only it called
    // no rule of the mesh.
    const said = await renderRigEnvironment(environment, repository.clone);
    const kept = new Set(said.flatMap(({ manifests }) => manifests.map(nameOf)));
    const along = stays.map(({ name }) => name).filter((name) => !kept.has(name) && !isGround(before, name));
    assert.ok(along.some((name) => name.startsWith('HTTPProxy ')));
    assert.deepEqual((await missingOf(api, stays)).sort(), along.sort());
    // The ground stays although nothing in Git names it any more.
    const ground = stays.map(({ name }) => name);
    for (const name of ['CustomResourceDefinition /httpproxies.projectcontour.io', 'Namespace /contour']) {
      assert.ok(ground.includes(name), name);
    }
    t.diagnostic(`${goes.length} objects went, ${stays.length - along.length} stayed`);
  });
}
