// The environments of the rig are the real ones at other addresses: whatever else differed would be tested instead of them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { diffSides } from '../scripts/core/diff/diff.ts';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { renderApps, type RenderedApps } from '../scripts/core/render-apps.ts';
import { openRepository } from '../scripts/core/root.ts';
import type { Environment } from '../scripts/core/types.ts';

const repository = openRepository(path.resolve(import.meta.dirname, '..'));
const real = discoverEnvironments(repository);
const rig = discoverEnvironments({ ...repository, environments: 'test/e2e/environments' });

/** Every pointer at which an environment of the rig may differ, by kind. */
const addresses: Record<string, string[]> = {
  // Where the repository and the environment's folder in it are.
  Application: [
    '/metadata/annotations/argocd.argoproj.io~1manifest-generate-paths',
    '/spec/source/path',
    '/spec/source/repoURL',
  ],
  AppProject: ['/spec/sourceRepos/0'],
  // The port of the Git server, in what the repo-server may call.
  NetworkPolicy: ['/spec/egress/0/ports/0/port'],
};

const rendered = async (environment: Environment): Promise<RenderedApps> => {
  const result = await renderApps(environment);
  assert.deepEqual(result.diagnostics, []);
  return result;
};

test('the rig has every environment, and its own entry is the same', () => {
  assert.deepEqual(
    rig.map(({ name }) => name),
    real.map(({ name }) => name),
  );
});

for (const [index, environment] of real.entries()) {
  test(`${environment.name}: the rig's differs in addresses only`, async (t) => {
    const [before, after] = await Promise.all([rendered(environment), rendered(rig[index]!)]);
    const side = ({ apps }: RenderedApps) => ({ env: environment.name, apps, failed: [] });
    const { added, removed, changes } = diffSides(environment.name, side(before), side(after));
    assert.deepEqual({ added, removed }, { added: 0, removed: 0 });
    const pointers = new Map<string, Set<string>>();
    for (const { manifest, movedFrom, fields } of changes) {
      assert.equal(movedFrom, undefined, manifest.name);
      const found = pointers.get(manifest.kind) ?? new Set();
      for (const { pointer } of fields) found.add(pointer);
      pointers.set(manifest.kind, found);
    }
    const found = Object.fromEntries([...pointers].map(([kind, set]) => [kind, [...set].sort()]));
    assert.deepEqual(found, addresses);
    // One policy is that of the repo-server; every Application and every project knows the repository.
    const changed = (kind: string) => changes.filter(({ manifest }) => manifest.kind === kind);
    assert.deepEqual(
      changed('NetworkPolicy').map(({ manifest }) => manifest.name),
      ['argocd-repo-server'],
    );
    t.diagnostic(`${changes.length} manifests differ, in ${Object.values(addresses).flat().length} pointers`);
  });
}
