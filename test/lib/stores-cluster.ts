// What the tests of object storage, Mimir, Loki and Tempo share: a cluster with all four, and looks at what comes out.
import { clusterOf } from './fixture.ts';

export type Store = 'loki' | 'mimir' | 'object-storage' | 'tempo';

/** A cluster with the stores; `settings` is Jsonnet by component, `extra` is added to the cluster. */
export const cluster = (settings: Partial<Record<Store, string>> = {}, extra = '{}', more = ''): string =>
  clusterOf(
    `{
      ${(['loki', 'mimir', 'object-storage', 'tempo'] as const)
        .map((name) => `'${name}': (import '${name}/main.libsonnet') + ${settings[name] ?? '{}'},`)
        .join('\n')}
      ${more}
    }`,
    `{ objectStorage+: { endpoint: 's3.example.net', region: 'eu-1' } } + ${extra}`,
  );

export const highlyAvailable = `{ profile: 'highly-available' }`;
export const tenants = `{ tenancy+: { enabled: true } }`;
export const kafka = `{ mode: 'microservices', kafka: { address: 'kafka.example.net:9092', topic: 'traces', partitions: 2 } }`;

/** Jsonnet of the manifests of one app. */
export const app = (name: Store, settings = '{}', extra = '{}'): string =>
  `(${cluster({ [name]: settings }, extra)}).manifests('${name}')`;

/** Jsonnet of what is wrong with one component. */
export const problemsOf = (name: Store, settings: string, extra = '{}', more = ''): string =>
  `local c = ${cluster({ [name]: settings }, extra, more)}; (import 'cluster/problems.libsonnet').ofComponent(c, c.get('${name}'))`;

/** The file of a ConfigMap, as data. */
export const fileOf = (manifests: any[], name: string, file: string): any =>
  JSON.parse(manifests.find((m) => m.kind === 'ConfigMap' && m.metadata.name === name).data[file]);

/** Those of a kind, by name. */
export const kind = (manifests: any[], wanted: string): Record<string, any> =>
  Object.fromEntries(manifests.filter((m) => m.kind === wanted).map((m) => [m.metadata.name, m]));

export const podsOf = (manifests: any[]): any[] =>
  manifests.filter((m) => ['Deployment', 'StatefulSet', 'Job'].includes(m.kind));

/** The number of pods and what they request together, in millicores and MiB. */
export const requested = (manifests: any[]): { pods: number; milli: number; mebibytes: number } => {
  const total = { pods: 0, milli: 0, mebibytes: 0 };
  for (const { spec } of podsOf(manifests).filter((m) => m.kind !== 'Job')) {
    total.pods += spec.replicas;
    for (const { resources } of spec.template.spec.containers) {
      total.milli += spec.replicas * Number(/^(\d+)m$/.exec(resources.requests.cpu)![1]);
      total.mebibytes += spec.replicas * Number(/^(\d+)Mi$/.exec(resources.requests.memory)![1]);
    }
  }
  return total;
};
