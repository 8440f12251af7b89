// What the tests of Alloy, kube-state-metrics and Grafana share: a cluster that has everything they work with.
import { clusterOf } from './fixture.ts';

type Part = 'alloy' | 'alloy-node' | 'grafana' | 'kube-state-metrics' | 'loki' | 'mimir' | 'tempo';

export interface Setup {
  /** Jsonnet that is added to components. */
  settings?: Partial<Record<Part, string>>;
  /** Components that are off. */
  off?: Part[];
  /** Further components. */
  more?: string;
  /** Jsonnet that is added to the cluster. */
  extra?: string;
}

/** Jsonnet of a cluster with the collectors, what they watch and what stores it. */
export const collectors = ({ settings = {}, off = [], more = '', extra = '{}' }: Setup = {}): string =>
  clusterOf(
    `{
      'cert-manager': (import 'cert-manager/main.libsonnet') { acme+: { enabled: false } },
      contour: import 'contour/main.libsonnet',
      'metrics-server': import 'metrics-server/main.libsonnet',
      'object-storage': import 'object-storage/main.libsonnet',
      ${(['alloy', 'alloy-node', 'grafana', 'kube-state-metrics', 'loki', 'mimir', 'tempo'] as const)
        .map(
          (name) =>
            `'${name}': (import '${name}/main.libsonnet') + ${settings[name] ?? '{}'} + { enabled: ${!off.includes(name)} },`,
        )
        .join('\n')}
      ${more}
    }`,
    `{
      certificates+: { issuer: 'self-signed-ca' },
      objectStorage+: { endpoint: 's3.example.net' },
    } + ${extra}`,
  );

/** Every setting of the collectors that adds something to their configuration. */
export const everything: Setup = {
  settings: {
    alloy: `{
      scrapeInterval: '30s',
      dropMetrics: ['go_.+', 'process_.+'],
      annotatedPods+: { ports: [8080, 9100] },
      extraConfig: 'prometheus.exporter.self "own" { }\\n',
    }`,
    'alloy-node': `{
      excludedNamespaces: ['noisy'],
      journal+: { units: ['kubelet\\\\.service'] },
      insecureKubelets: true,
      logLevel: 'debug',
    }`,
  },
  extra: `{ tenancy+: { enabled: true, tenant: 'me' } }`,
};

/** Jsonnet of the manifests of one app. */
export const app = (name: Part | 'cluster', cluster: string): string => `(${cluster}).manifests('${name}')`;

/** Jsonnet of the files of a collector's configuration. */
export const configOf = (name: 'alloy' | 'alloy-node', cluster: string): string =>
  `[m.data for m in ${app(name, cluster)} if m.kind == 'ConfigMap'][0]`;

/** Jsonnet of what is wrong with one component. */
export const problemsOf = (name: Part, cluster: string): string =>
  `local c = ${cluster}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;
