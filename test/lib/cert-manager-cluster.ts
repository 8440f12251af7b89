// Clusters with cert-manager for its tests, and what is read from them.
import assert from 'node:assert/strict';
import { evaluate } from './evaluate.ts';
import { clusterOf } from './fixture.ts';

export const digitalocean = `{ digitalocean: { tokenSecretRef: { name: 'do', key: 'token' } } }`;
export const byDNS = `acme+: { dns01: ${digitalocean} }`;

/** A cluster of cert-manager with these settings, metrics-server, and others where they are asked for. */
const clusterWith = (settings: string, extra = '{}', others = ''): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { ${settings} },
      'metrics-server': import 'metrics-server/main.libsonnet',
      ${others}
    }`,
    `{ email: 'operator@test.example' } + (${extra})`,
  );

export const withCluster = (expression: string, settings = byDNS, extra = '{}', others = ''): string =>
  `local cluster = ${clusterWith(settings, extra, others)}; ${expression}`;

const rendered = new Map<string, Promise<any[]>>();

/** What the app cert-manager applies; each variant is evaluated once for all tests. */
export const manifestsOf = (settings = byDNS, extra = '{}', others = ''): Promise<any[]> => {
  const code = withCluster(`cluster.manifests('cert-manager')`, settings, extra, others);
  if (!rendered.has(code)) rendered.set(code, evaluate(code));
  return rendered.get(code)!;
};

export const leaves = (node: any): any[] => {
  if (node === null || typeof node !== 'object') return [];
  return node.apiVersion === undefined ? Object.values(node).flatMap(leaves) : [node];
};

/** The same of some branches of its resources only, which is quicker. */
export const branchesOf = async (branches: string[], settings: string, extra = '{}', others = ''): Promise<any[]> =>
  leaves(
    await evaluate(
      withCluster(
        `[cluster.get('cert-manager').resources[branch] for branch in ${JSON.stringify(branches)}]`,
        settings,
        extra,
        others,
      ),
    ),
  );

export const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(' ')}`);
  return found[0];
};

export const named = (manifests: any[], kind: string): string[] =>
  manifests.filter((m) => m.kind === kind).map((m) => m.metadata.name);

export const contour = `contour: (import 'contour/main.libsonnet') { crds:: [] },`;
