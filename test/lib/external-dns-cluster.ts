// What the tests of external-dns share: a cluster with it, and looks at what comes out.
import assert from 'node:assert/strict';
import { clusterOf } from './fixture.ts';

export const cloudflare = `{ provider: 'cloudflare', domains: ['test.example'], credentials: { CF_API_TOKEN: { name: 'cloudflare', key: 'token' } } }`;

// A cluster with external-dns and what it finds hosts by, and whatever else a test brings.
export const cluster = (settings: string, more = '', extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      'external-dns': (import 'external-dns/main.libsonnet') + ${cloudflare} + ${settings},
      ${more}
    }`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + ${extra}`,
  );
export const app = (settings: string, more = '', extra = '{}', name = 'external-dns'): string =>
  `(${cluster(settings, more, extra)}).manifests('${name}')`;
export const problemsOf = (code: string, name = 'external-dns'): string =>
  `local c = ${code}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;

export const digitalOcean = `{ provider: 'digitalocean', credentials: { DO_TOKEN: { name: 'digitalocean', key: 'token' } } }`;
export const internal = `'external-dns-internal': (import 'external-dns/main.libsonnet') + ${cloudflare} + { name: 'external-dns-internal', annotationFilter: 'dns in (internal)' },`;

export const find = (manifests: any[], kind: string, name = 'external-dns'): any => {
  const found = manifests.find((m) => m.kind === kind && m.metadata.name === name);
  assert.ok(found, `${kind}/${name} is not among ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(', ')}`);
  return found;
};
export const podOf = (manifests: any[], name?: string): any => find(manifests, 'Deployment', name).spec.template.spec;
export const argsOf = (manifests: any[], name?: string): string[] => podOf(manifests, name).containers[0].args;
export const valuesOf = (args: string[], flag: string): string[] =>
  args.filter((arg) => arg.startsWith(`--${flag}=`)).map((arg) => arg.slice(flag.length + 3));
