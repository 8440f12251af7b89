// The environments of the rig are the real ones at other addresses: whatever else differed would be tested instead of them.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { diffSides } from '../scripts/core/diff/diff.ts';
import { discoverEnvironments } from '../scripts/core/discover.ts';
import { renderApps, type RenderedApps } from '../scripts/core/render-apps.ts';
import { openRepository } from '../scripts/core/root.ts';
import type { Environment, ManifestRef } from '../scripts/core/types.ts';

const repository = openRepository(path.resolve(import.meta.dirname, '..'));
const real = discoverEnvironments(repository);
const rig = discoverEnvironments({ ...repository, environments: 'test/e2e/environments' });

/** Where the repository is, in every Application and project, and the port of its server in what the repo-server may call. */
const endpoints = [
  'AppProject /spec/sourceRepos/0',
  'Application /metadata/annotations/argocd.argoproj.io~1manifest-generate-paths',
  'Application /spec/source/path',
  'Application /spec/source/repoURL',
  'NetworkPolicy/argocd-repo-server /spec/egress/0/ports/0/port',
];

/** The issuers of public authorities, and what the controller may call for their sake. */
const issuers = [
  'ClusterIssuer/letsencrypt-production /spec/acme',
  'ClusterIssuer/letsencrypt-production /spec/selfSigned',
  'ClusterIssuer/letsencrypt-staging /spec/acme',
  'ClusterIssuer/letsencrypt-staging /spec/selfSigned',
  'NetworkPolicy/cert-manager /spec/egress',
];

/** Where the repository is read from `git-server`: the rig has a server of its own, to which the proofs push. */
const gitServer = [
  ...endpoints.filter((place) => !place.startsWith('NetworkPolicy')),
  'Application /metadata/annotations/argocd.argoproj.io~1sync-wave',
  'Application /spec/source/targetRevision',
  'NetworkPolicy/argocd-repo-server /spec/egress/0',
];
const isOfGitServer = ({ name, namespace }: ManifestRef): boolean =>
  [name, namespace].includes('git-server') || name === 'kind-git-server';

/** Every place at which an environment may differ, with all below it. */
const allowed: Record<string, string[]> = {
  home: [...endpoints, ...issuers],
  kind: gitServer,
  production: [...endpoints, ...issuers],
};

const rendered = async (environment: Environment): Promise<RenderedApps> => {
  const result = await renderApps(environment);
  assert.deepEqual(result.diagnostics, []);
  return result;
};

test('the rig has every environment', () => {
  assert.deepEqual(
    rig.map(({ name }) => name),
    real.map(({ name }) => name),
  );
  assert.deepEqual(
    real.map(({ name }) => name),
    Object.keys(allowed),
  );
});

for (const [index, environment] of real.entries()) {
  test(`${environment.name}: the rig's differs in addresses and issuers only`, async (t) => {
    const [before, after] = await Promise.all([rendered(environment), rendered(rig[index]!)]);
    const side = ({ apps }: RenderedApps) => ({ env: environment.name, apps, failed: [] });
    const { changes } = diffSides(environment.name, side(before), side(after));
    const places = allowed[environment.name]!;
    const used = new Set<string>();
    for (const { change, movedFrom, manifest, fields } of changes) {
      const name = `${manifest.kind}/${manifest.name}`;
      if (change === 'removed' && environment.name === 'kind' && isOfGitServer(manifest)) continue;
      assert.deepEqual({ change, movedFrom }, { change: 'changed', movedFrom: undefined }, name);
      for (const { pointer } of fields) {
        const place = places.find((one) => [name, manifest.kind].some((who) => isBelow(`${who} ${pointer}`, one)));
        assert.ok(place !== undefined, `${name} differs at ${pointer}`);
        used.add(place);
      }
    }
    assert.deepEqual([...used].sort(), [...places].sort(), 'a place that no longer differs');
    t.diagnostic(`${changes.length} manifests differ, at ${places.length} places`);
  });
}

function isBelow(pointer: string, place: string): boolean {
  return pointer === place || pointer.startsWith(`${place}/`);
}
