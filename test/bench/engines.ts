// Jsonnet engines side by side on the same programs: cold, each run a process, and warm, again and again in one process.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { findProgram } from './kubeconform.ts';
import { warmGo, warmRust } from './warm.ts';
import { measure, peakMemory, type Case, type Measured } from './measure.ts';

export interface Workload {
  name: string;
  /** Arguments as all engines take them: `-J` folders, and a file or `-e` with a program. */
  args: string[];
  cwd: string;
  /** Whether libjsonnet takes minutes for it. */
  isLong?: boolean;
}

export interface Engine {
  name: string;
  command: string[];
  /** Runs in Node, whose own start is not the engine's. */
  isNode: boolean;
  /** Evaluates only what isn't long. */
  isSlow?: boolean;
  /** Evaluates again and again in one process: takes how often, then the arguments. Undefined where it can't be built. */
  warm?: string[] | undefined;
}

/** An environment of `apps` times five objects, as a function of its number. */
export const generated = (apps: number): string => `
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

/** Our environments one by one and all together, generated ones, and kube-prometheus where `checkout` names one. */
export const workloads = (
  root: string,
  folder: string,
  environments: readonly string[],
  checkout: string | undefined,
): Workload[] => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'environment.libsonnet'), generated(10));
  writeFileSync(path.join(folder, 'one.jsonnet'), `(import 'environment.libsonnet')(1)`);
  const thousand = `local e = import 'environment.libsonnet'; [std.length(std.toString(e(i))) for i in std.range(1, 1000)]`;
  writeFileSync(path.join(folder, 'thousand.jsonnet'), thousand);
  const apps = (env: string): string =>
    `(local c = import 'environments/${env}/cluster.libsonnet', main = import 'environments/${env}/main.jsonnet'; ` +
    `{ [app]: main(app) for app in c.apps })`;
  const libraries = ['-J', '.', '-J', 'vendor', '-J', 'lib'];
  const ours = (name: string, program: string): Workload => ({
    name,
    args: [...libraries, '-e', program],
    cwd: root,
    isLong: true,
  });
  return [
    ...environments.map((env) => ours(`all apps of \`${env}\``, apps(env))),
    ours('all environments', `{ ${environments.map((env) => `${env}: ${apps(env)}`).join(', ')} }`),
    { name: '1 environment of 50 objects', args: ['one.jsonnet'], cwd: folder },
    { name: '1 000 environments of 50 objects', args: ['thousand.jsonnet'], cwd: folder, isLong: true },
    ...(checkout === undefined
      ? []
      : [{ name: 'kube-prometheus', args: ['-J', 'vendor', 'example.jsonnet'], cwd: checkout, isLong: true }]),
  ];
};

/** The engines that are installed, and why the others are missing. `warm`: also what evaluates again and again. */
export const engines = (root: string, folder: string, warm = false): { found: Engine[]; missing: string[] } => {
  const node = process.execPath;
  const found: Engine[] = [];
  const missing: string[] = [];
  const native = (name: string, program: string, way: string, build: () => string[] | string): void => {
    const file = findProgram(program);
    if (file === null) return void missing.push(`${name}: no ${program} on PATH (${way})`);
    const repeats = warm ? build() : [];
    if (typeof repeats === 'string') missing.push(`${name}, warm: ${repeats}`);
    found.push({ name, command: [file], isNode: false, warm: typeof repeats === 'string' ? undefined : repeats });
  };
  const repeat = (name: string): string[] => [node, bundled(root, folder), name];
  const goVersion = 'go install github.com/google/go-jsonnet/cmd/jsonnet@v0.22.0';
  native('go-jsonnet', 'jsonnet', goVersion, () => warmGo(folder));
  const command = [node, path.join(root, 'dist/jsonnet.js')];
  found.push({ name: 'rekindle-jsonnet', command, isNode: true, warm: warm ? repeat('rekindle-jsonnet') : undefined });
  const rustVersion = 'cargo install jrsonnet --version 0.5.0-pre98 --locked';
  native('jrsonnet', 'jrsonnet', rustVersion, () => warmRust(root));
  try {
    createRequire(import.meta.url)('@hanazuki/node-jsonnet');
    const again = repeat('node-jsonnet');
    found.push({ name: 'node-jsonnet', command: [...again, '1'], isNode: true, isSlow: true, warm: again });
  } catch (error) {
    missing.push(`node-jsonnet: ${(error as Error).message.split('\n')[0]}`);
  }
  return { found, missing };
};

/** repeat.ts as one file, as the toolchain is: unbundled, enumerations cost a lookup. */
const bundled = (root: string, folder: string): string => {
  const outfile = path.join(root, 'node_modules/.cache/rekindle-bench/repeat.cjs');
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [path.join(import.meta.dirname, 'repeat.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['@hanazuki/node-jsonnet'],
    logLevel: 'warning',
  });
  return outfile;
};

export interface Row {
  workload: string;
  engine: string;
  cpu: number;
  /** Above an empty Node process, for an engine that runs in Node. */
  net: number;
  wall: number;
  mebibytes: number | undefined;
  runs: number;
}

/** A process per run. The empty process is measured with each workload, as it changes with the load of the machine. */
export const measureCold = (list: readonly Workload[], all: readonly Engine[], empty: Case, runs: number): Row[] =>
  list.flatMap(({ name, args, cwd, isLong }) => {
    const suited = all.filter(({ isSlow }) => !(isSlow && isLong));
    const cases: Case[] = suited.map((engine) => ({ name: engine.name, command: [...engine.command, ...args], cwd }));
    const [nothing, ...measured] = measure([empty, ...cases], runs) as [Measured, ...Measured[]];
    return suited.map((engine, index) => {
      const { cpu, wall } = measured[index]!;
      const net = Math.max(0, cpu - (engine.isNode ? nothing.cpu : 0));
      return { workload: name, engine: engine.name, cpu, net, wall, mebibytes: peakMemory(cases[index]!), runs };
    });
  });

/** The later half of `repeats` evaluations in one process. */
export const measureWarm = (
  folder: string,
  list: readonly Workload[],
  all: readonly Engine[],
  repeats: number,
): Row[] =>
  list.flatMap(({ name, args, cwd, isLong }) =>
    all
      .filter(({ warm, isSlow }) => warm !== undefined && !(isSlow && isLong))
      .map((engine) => {
        const report = path.join(folder, 'warm.json');
        const command = [...engine.warm!, String(repeats), ...args];
        const one: Case = { name: engine.name, command, cwd, env: { REPORT: report } };
        rmSync(report, { force: true });
        const mebibytes = peakMemory(one);
        if (mebibytes === undefined) measure([one], 1);
        const { cpu, wall } = JSON.parse(readFileSync(report, 'utf8')) as { cpu: number; wall: number };
        return { workload: name, engine: engine.name, cpu, net: cpu, wall, mebibytes, runs: Math.ceil(repeats / 2) };
      }),
  );

/** As Markdown. The last column is what each engine takes beside go-jsonnet. */
export const engineTable = (rows: readonly Row[]): string => {
  const head = ['program', 'engine', 'CPU s', 'net', 'wall s', 'MiB', 'net / go-jsonnet'];
  const body = rows.map((row) => {
    const go = rows.find(({ workload, engine }) => workload === row.workload && engine === 'go-jsonnet');
    const ratio = go === undefined || go.net === 0 ? '' : (row.net / go.net).toFixed(2);
    const figures = [row.cpu, row.net, row.wall].map((figure) => figure.toFixed(3));
    return [row.workload, row.engine, ...figures, row.mebibytes?.toFixed(0) ?? '-', ratio];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)].join('\n');
};
