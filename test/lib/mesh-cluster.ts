// Clusters with a mesh, for its tests: Linkerd and what it needs, and small components.
import { clusterOf } from './fixture.ts';

/** A cluster with Linkerd and these components; `extra` is Jsonnet that is added to the cluster. */
export const meshOf = (components: string, extra = '{}'): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      linkerd: import 'linkerd/main.libsonnet',
      'trust-manager': import 'trust-manager/main.libsonnet',
    } + (${components})`,
    `{ certificates+: { issuer: 'self-signed-ca' } } + (${extra})`,
  );

/** Two of the fixture's component, of which `echo` makes these calls. */
export const two = (calls = '', changes = '{}'): string =>
  `{ echo: echo { calls:: [${calls}] } + (${changes}), other: echo { name: 'other' } }`;

export const toOther = `{ from: 'server', to: { component: 'other', workload: 'server' }, port: 'http' }`;

/** Jsonnet of all that such a cluster applies. */
export const all = (cluster: string): string =>
  `local cluster = ${cluster}; std.flattenArrays([cluster.manifests(app) for app in cluster.apps if app != 'applications'])`;

export const find = (manifests: any[], kind: string, name: string): any =>
  manifests.find((m) => m.kind === kind && m.metadata.name === name);
