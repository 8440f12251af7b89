// What the tests of Contour share: a cluster with it, and looks at what comes out.
import assert from 'node:assert/strict';
import path from 'node:path';
import { loadChecker } from '../../scripts/core/schemas/checker.ts';
import { clusterOf } from './fixture.ts';

export const lib = path.resolve(import.meta.dirname, '../../lib');

// A cluster with cert-manager and Contour, and whatever else a test brings.
export const cluster = (settings: string, more = '', extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { dns01: { cloudflare: { tokenSecret: { name: 'dns', key: 'token' } } } } },
      contour: (import 'contour/main.libsonnet') + ${settings},
      ${more}
    }`,
    `{ email: 'operator@test.example' } + ${extra}`,
  );

export const app = (settings: string, more = '', extra = '{}', name = 'contour'): string =>
  `(${cluster(settings, more, extra)}).manifests('${name}')`;

export const highlyAvailable = `{ profile: 'highly-available' }`;

export const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.find((m) => m.kind === kind && m.metadata.name === name);
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};
export const kindsOf = (manifests: any[], name: string): string[] =>
  manifests
    .filter((m) => m.metadata.name === name)
    .map((m) => m.kind)
    .sort();
export const container = (workload: any, name: string): any =>
  [...workload.spec.template.spec.containers, ...(workload.spec.template.spec.initContainers ?? [])].find(
    (c: any) => c.name === name,
  );
export const argsOf = (workload: any, name: string): string[] => container(workload, name).args;

export const problemsOf = (code: string, name: string): string =>
  `local c = ${code}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;

// A component that exposes one host, for settings of `exposes`.
export const site = `{ site: { host: 'site.test.example', workload: 'server', port: 'http' } }`;
export const blog = (exposes: string, name = 'blog') => `${name}: echo { name: '${name}', exposes:: ${exposes} },`;

export const checker = loadChecker({ root: path.resolve(lib, '..'), kubernetes: '1.36' });
export const valid = (manifests: any[]): void =>
  assert.deepEqual(
    manifests.flatMap((manifest) => checker.check(manifest)),
    [],
  );
