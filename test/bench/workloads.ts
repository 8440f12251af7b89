import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generated } from './engines.ts';

const container = (name: string): object => ({
  name,
  image: `registry.example/${name}:1.0.0`,
  env: Array.from({ length: 20 }, (_, i) => ({ name: `VARIABLE_${i}`, value: `value-${i}` })),
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
});

const deployment = (i: number): object => {
  const labels = { 'app.kubernetes.io/name': `app-${i}` };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `app-${i}`, namespace: 'bench', labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: ['main', 'proxy', 'agent'].map(container) } },
    },
  };
};

/** One file with a List of Deployments of 3 containers and 60 variables each: 10 000 are about 36 MB. */
export const writeDeployments = (file: string, count: number): void => {
  const items = Array.from({ length: count }, (_, i) => deployment(i));
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
};

/** A repository with a thousand environments of 50 objects. */
export const writeThousand = (root: string): void => {
  mkdirSync(path.join(root, 'lib'), { recursive: true });
  mkdirSync(path.join(root, 'vendor'));
  writeFileSync(path.join(root, 'package.json'), '{}');
  writeFileSync(path.join(root, 'lib/environment.libsonnet'), generated(10));
  writeFileSync(
    path.join(root, 'lib/cluster.libsonnet'),
    `function(number) {
  local objects = (import 'environment.libsonnet')(number),
  local inNamespace(object) = object { metadata+: { namespace: 'default' } },
  apps:: ['app-%d' % i for i in std.range(0, 9)],
  capacity:: { requested: { cpu: 0, memory: 0 }, allocatable: null, components: [] },
  manifests(app, revision=null):: local first = std.parseInt(app[4:]) * 5; std.map(inNamespace, objects[first:first + 5]),
}
`,
  );
  for (let number = 1; number <= 1000; number++) {
    const environment = path.join(root, 'environments', `env-${String(number).padStart(4, '0')}`);
    mkdirSync(environment, { recursive: true });
    const main = `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)\n`;
    writeFileSync(path.join(environment, 'main.jsonnet'), main);
    writeFileSync(path.join(environment, 'cluster.libsonnet'), `(import '../../lib/cluster.libsonnet')(${number})\n`);
  }
};

/** A repository with one environment of 500 manifests in ten apps, in Jsonnet that costs next to nothing to evaluate. */
export const writeRepository = (root: string): void => {
  const environment = path.join(root, 'environments/bench');
  mkdirSync(environment, { recursive: true });
  mkdirSync(path.join(root, 'lib'));
  mkdirSync(path.join(root, 'vendor'));
  writeFileSync(path.join(root, 'package.json'), '{}');
  writeFileSync(
    path.join(environment, 'main.jsonnet'),
    `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)\n`,
  );
  writeFileSync(
    path.join(environment, 'cluster.libsonnet'),
    `{
  local names = ['app-%d' % i for i in std.range(0, 9)],
  apps:: names,
  capacity:: { requested: { cpu: 0, memory: 0 }, allocatable: null, components: [] },
  local labels(name) = { 'app.kubernetes.io/name': name },
  local meta(app, name) = { name: name, namespace: 'default', labels: labels(name) },
  manifests(app, revision=null):: std.flattenArrays([
    local name = '%s-%d' % [app, i];
    [
      {
        apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta(app, name),
        spec: {
          replicas: 1,
          selector: { matchLabels: labels(name) },
          template: { metadata: { labels: labels(name) }, spec: { containers: [{
            name: 'main', image: 'registry.example/main:1.0.0', ports: [{ name: 'http', containerPort: 8080 }],
            env: [{ name: 'VARIABLE_%d' % n, value: 'value' } for n in std.range(0, 9)],
            resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
          }] } },
        },
      },
      { apiVersion: 'v1', kind: 'Service', metadata: meta(app, name), spec: { selector: labels(name), ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta(app, name), data: { 'config.yaml': 'key: value' } },
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta(app, name), automountServiceAccountToken: false },
      { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: meta(app, name), spec: { podSelector: { matchLabels: labels(name) }, policyTypes: ['Ingress'] } },
    ]
    for i in std.range(0, 9)
  ]),
}
`,
  );
};
