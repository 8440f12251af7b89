// Clusters with Linkerd for its tests, and what is read from them.
import assert from 'node:assert/strict';
import { evaluate } from './evaluate.ts';
import { clusterOf } from './fixture.ts';

interface Cluster {
  /** Jsonnet that is added to each component. */
  linkerd?: string;
  cni?: string;
  trustManager?: string;
  viz?: string;
  /** Jsonnet that is added to the cluster. */
  extra?: string;
}

/** Jsonnet of an expression about `cluster`: Linkerd, what it needs, and linkerd-viz with Mimir where its settings are given. */
export const withLinkerd = (
  expression: string,
  { linkerd = '', cni = '', trustManager = '', viz, extra = '{}' }: Cluster = {},
): string =>
  `local cluster = ${clusterOf(
    `{
    'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
    linkerd: (import 'linkerd/main.libsonnet') { ${linkerd} },
    'linkerd-cni': (import 'linkerd-cni/main.libsonnet') { ${cni} },
    'trust-manager': (import 'trust-manager/main.libsonnet') { ${trustManager} },
    ${
      viz === undefined
        ? ''
        : `mimir: import 'mimir/main.libsonnet',
           'object-storage': import 'object-storage/main.libsonnet',
           'linkerd-viz': (import 'linkerd-viz/main.libsonnet') { ${viz} },`
    }
  }`,
    `{ certificates+: { issuer: 'self-signed-ca' }, objectStorage+: { endpoint: 's3.test.example' } } + (${extra})`,
  )}; ${expression}`;

/** What an app applies. */
export const manifestsOf = (app: string, options?: Cluster): Promise<any[]> =>
  evaluate(withLinkerd(`cluster.manifests('${app}')`, options));

export const find = (manifests: any[], kind: string, name: string): any => {
  const found = manifests.filter((m) => m.kind === kind && m.metadata.name === name);
  assert.equal(found.length, 1, `${kind}/${name} in ${manifests.map((m) => `${m.kind}/${m.metadata.name}`).join(' ')}`);
  return found[0];
};

export const podOf = (manifests: any[], name: string): any => find(manifests, 'Deployment', name).spec.template.spec;

export const highlyAvailable = `{ profile: 'highly-available' }`;
