// What the tests of Terraform share: a cluster with what its stacks read of components.
import { clusterOf } from './fixture.ts';

/** Jsonnet of a cluster; `extra` is Jsonnet that is added to it. */
export const cluster = (extra = '{}', components = ''): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') + { acme+: { enabled: false } },
      contour: (import 'contour/main.libsonnet') + { exposure: 'host-port' },
      'external-dns': (import 'external-dns/main.libsonnet') + { provider: 'digitalocean', domains: ['test.example'] },
      loki: import 'loki/main.libsonnet',
      'object-storage': import 'object-storage/main.libsonnet',
    } + { ${components} }`,
    `{ objectStorage+: { endpoint: 'fra1.digitaloceanspaces.com', region: 'fra1' } } + ${extra}`,
  );

export const nodes = `nodes: [{ count: 2, cpu: '4', memory: '8Gi', size: 's-4vcpu-8gb' }]`;

/** One setting of each target that evaluates. */
export const targets = {
  existing: `{ infrastructure+: { target: 'existing' } }`,
  kind: `{ infrastructure+: { target: 'kind' } }`,
  minikube: `{ infrastructure+: { target: 'minikube' }, ${nodes} }`,
  digitalocean: `{ infrastructure+: { target: 'digitalocean' }, ${nodes} }`,
} as const;

/** Jsonnet of both stacks. */
export const stacks = (extra = '{}', components = ''): string => `(${cluster(extra, components)}).terraform`;

/** Jsonnet of the configuration of kind. */
export const kindOf = (extra = '{}', components = ''): string => `(${cluster(extra, components)}).kind`;
