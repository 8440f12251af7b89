// What the tests of GitLab Runner share: a cluster with it, and looks at what comes out.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { clusterOf } from './fixture.ts';

const storage = `{ objectStorage+: { endpoint: 'storage.example' } }`;

/** A cluster with GitLab Runner, the object storage, and whatever else a test brings. */
export const cluster = (settings = '{}', extra = '{}', more = ''): string =>
  clusterOf(
    `{
      'gitlab-runner': (import 'gitlab-runner/main.libsonnet') + ${settings},
      'object-storage': import 'object-storage/main.libsonnet',
      ${more}
    }`,
    `${storage} + ${extra}`,
  );

export const app = (settings = '{}', extra = '{}', name = 'gitlab-runner'): string =>
  `(${cluster(settings, extra)}).manifests('${name}')`;

export const problemsOf = (settings: string, extra = '{}'): string =>
  `local c = ${cluster(settings, extra)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('gitlab-runner'))`;

export const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.find((m) => m.kind === kind && m.metadata.name === name);
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};

export const textOf = (manifests: any[]): string =>
  find(manifests, 'ConfigMap', 'gitlab-runner').data['config.toml'] as string;

/** config.toml as a parser of TOML reads it; through JSON, since the parser's objects have no prototype. */
export const configOf = (manifests: any[]): any => JSON.parse(JSON.stringify(parse(textOf(manifests))));

const root = path.resolve(import.meta.dirname, '../..');

/** The keys that gitlab-runner reads; `a.*` takes any key below `a`. */
export const knownKeys = new Set(
  readFileSync(path.join(root, 'lib/gitlab-runner/files/keys.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#')),
);

/** Every key of a configuration, as a path without indices; `a.*` for what is below a table that takes any key. */
export const keysOf = (value: unknown, prefix = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, prefix));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = `${prefix}${key}`;
    if (knownKeys.has(`${name}.*`)) return [`${name}.*`];
    return [name, ...keysOf(inner, `${name}.`)];
  });
};
