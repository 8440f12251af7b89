import { infrastructureManifests } from '../terraform/files.ts';
import type { Manifest, ManifestRef } from '../types.ts';
import { diffFields } from './fields.ts';
import type { EnvironmentDiff, ManifestChange, Side } from './types.ts';

/**
 * What differs between two renderings of an environment. A manifest is the same when group, kind, namespace and name are:
 * another app or another version of its API is a change of it.
 */
export function diffSides(env: string, before: Side | undefined, after: Side | undefined): EnvironmentDiff {
  const failed = [...(before?.failed ?? []), ...(after?.failed ?? [])];
  const old = placed(before, failed);
  const now = placed(after, failed);
  const changes: ManifestChange[] = [];
  let unchanged = 0;
  for (const [identity, { app, manifest }] of now) {
    const was = old.get(identity);
    if (was === undefined) {
      changes.push({ change: 'added', app, manifest: refOf(manifest), fields: [] });
      continue;
    }
    const fields = diffFields(was.manifest, manifest);
    const movedFrom = was.app === app ? undefined : was.app;
    if (fields.length === 0 && movedFrom === undefined) unchanged++;
    else
      changes.push({
        change: 'changed',
        app,
        ...(movedFrom !== undefined && { movedFrom }),
        manifest: refOf(manifest),
        fields,
      });
  }
  for (const [identity, { app, manifest }] of old) {
    if (!now.has(identity)) changes.push({ change: 'removed', app, manifest: refOf(manifest), fields: [] });
  }
  const count = (kind: ManifestChange['change']) => changes.filter(({ change }) => change === kind).length;
  return {
    env,
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    unchanged,
    changes: sorted(changes),
  };
}

/** Whether two renderings are the same. */
export function isSame({ added, removed, changed }: EnvironmentDiff): boolean {
  return added + removed + changed === 0;
}

interface Placed {
  app: string;
  manifest: Manifest;
}

/** Manifests by identity; an identity that is there twice gets a number, so that nothing is passed over. */
function placed(side: Side | undefined, leftOut: string[]): Map<string, Placed> {
  const found = new Map<string, Placed>();
  const infrastructure = side?.infrastructure ? infrastructureManifests(side.infrastructure) : [];
  for (const { app, manifests } of [...(side?.apps ?? []), ...infrastructure]) {
    if (leftOut.includes(app)) continue;
    for (const manifest of manifests) {
      const { apiVersion, kind, metadata } = manifest;
      const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
      const identity = [group, kind, metadata.namespace ?? '', metadata.name].join('|');
      let key = identity;
      for (let i = 2; found.has(key); i++) key = `${identity}#${i}`;
      found.set(key, { app, manifest });
    }
  }
  return found;
}

function refOf({ apiVersion, kind, metadata: { namespace, name } }: Manifest): ManifestRef {
  return { apiVersion, kind, ...(namespace !== undefined && { namespace }), name };
}

function sorted(changes: ManifestChange[]): ManifestChange[] {
  const key = ({ app, manifest }: ManifestChange) =>
    [app, manifest.namespace ?? '', manifest.kind, manifest.name].join('|');
  return changes
    .map((change) => ({ change, key: key(change) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => change);
}
