// Jsonnet engines side by side: our environments and generated ones, each in a process of its own.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findProgram } from './kubeconform.ts';
import { measure, type Case, type Measured } from './measure.ts';

/** An environment of `apps` times five objects, as a function of its number. */
const generated = (apps: number): string => `
local labels(name) = { 'app.kubernetes.io/name': name };
local object(kind, version, name) = { apiVersion: version, kind: kind, metadata: { name: name, labels: labels(name) } };
local app(name, i) = [
  object('Deployment', 'apps/v1', name) + { spec: {
    replicas: i % 3, selector: { matchLabels: labels(name) },
    template: { metadata: { labels: labels(name) }, spec: { containers: [{
      name: name, image: 'registry.example/' + name + ':1.0', ports: [{ containerPort: 8080 + i }],
      env: [{ name: 'V' + j, value: 'v' + j } for j in std.range(0, 9)],
    }] } },
  } } + { spec+: { template+: { spec+: { serviceAccountName: name } } } },
  object('Service', 'v1', name) + { spec: { selector: labels(name), ports: [{ port: 80, targetPort: 8080 + i }] } },
  object('ServiceAccount', 'v1', name),
  object('ConfigMap', 'v1', name) + { data: { 'config.json': std.toString({ name: name, index: i }) } },
  object('PodDisruptionBudget', 'policy/v1', name) + { spec: { minAvailable: 1, selector: { matchLabels: labels(name) } } },
];
function(number) std.flattenArrays([app('app-' + number + '-' + i, i) for i in std.range(1, ${apps})])
`;

/** Every engine on one program. */
const cases = (root: string, name: string, args: string[], cwd: string): Case[] => {
  const node = process.execPath;
  const programs: [string, string[] | null][] = [
    ['go-jsonnet', [findProgram('jsonnet') ?? ''].filter(Boolean)],
    ['rekindle-jsonnet', [node, path.join(root, 'dist/jsonnet.js')]],
    ['jrsonnet', [findProgram('jrsonnet') ?? ''].filter(Boolean)],
  ];
  return programs.flatMap(([engine, command]) =>
    command === null || command.length === 0
      ? []
      : [{ name: `${name}: ${engine}`, command: [...command, ...args], cwd }],
  );
};

/** `environments` in one process each, and one and a thousand generated environments of 50 objects. */
export const measureEngines = (
  root: string,
  folder: string,
  environments: readonly string[],
  empty: Case,
  runs: number,
): Measured[] => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'environment.libsonnet'), generated(10));
  writeFileSync(path.join(folder, 'one.jsonnet'), `(import 'environment.libsonnet')(1)`);
  const thousand = `local e = import 'environment.libsonnet'; [std.length(std.toString(e(i))) for i in std.range(1, 1000)]`;
  writeFileSync(path.join(folder, 'thousand.jsonnet'), thousand);
  const all = environments.flatMap((env) => {
    const directory = `environments/${env}`;
    const program =
      `local c = import '${directory}/cluster.libsonnet', main = import '${directory}/main.jsonnet'; ` +
      `{ [app]: main(app) for app in c.apps }`;
    return cases(root, env, ['-J', directory, '-J', 'vendor', '-J', 'lib', '-e', program], root);
  });
  return measure(
    [
      empty,
      ...all,
      ...cases(root, '1 environment of 50 objects', ['one.jsonnet'], folder),
      ...cases(root, '1 000 environments of 50 objects', ['thousand.jsonnet'], folder),
    ],
    runs,
  );
};
