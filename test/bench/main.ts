// npm run bench [-- --runs N] [--only PART] [--json FILE]: whole processes in CPU seconds; see README.md.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureEngines } from './engines.ts';
import { findProgram, writeKubeconformSchemas } from './kubeconform.ts';
import { measure, median, type Case, type Measured } from './measure.ts';
import { writeDeployments, writeRepository } from './workloads.ts';

const { values: flags } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string' }, json: { type: 'string' } },
});
const runs = Number(flags.runs);
const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'rekindle-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const file = (name: string): string => path.join(scratch, name);
const remove = (...names: string[]) => names.forEach((name) => rmSync(file(name), { recursive: true, force: true }));

const node = process.execPath;
const cli = path.join(root, 'dist/rekindle.js');
const environments = readdirSync(path.join(root, 'environments'));
const go = findProgram('jsonnet');
const kubeconform = findProgram('kubeconform');
writeFileSync(file('empty.mjs'), '');

const empty: Case = { name: 'an empty node process', command: [node, file('empty.mjs')], cwd: root };
const ours = (name: string, args: string[], prepare?: () => void): Case => ({
  name,
  command: [node, cli, ...args],
  cwd: root,
  env: { REKINDLE_CACHE: file('cache') },
  ...(prepare && { prepare }),
});
const render = ['render', '--output', file('rendered')];

/** What people run today for the same work: go-jsonnet for every environment in one process, then kubeconform on its output. */
const peers = (): Case[] => {
  if (go === null || kubeconform === null) {
    console.log('go-jsonnet or kubeconform is not installed: no comparison with them');
    return [];
  }
  const location = writeKubeconformSchemas(root, '1.36', file('kubeconform'));
  const evaluate = environments.map((env) => {
    const folder = `environments/${env}`;
    const program = `local c = import '${folder}/cluster.libsonnet', main = import '${folder}/main.jsonnet'; { apiVersion: 'v1', kind: 'List', items: std.flattenArrays([main(app) for app in c.apps]) }`;
    return `${go} -J ${folder} -J vendor -J lib -e "${program}" > ${file(env)}.json`;
  });
  const check = `${kubeconform} -strict -ignore-missing-schemas -schema-location '${location}' ${environments.map((env) => `${file(env)}.json`).join(' ')}`;
  return [
    { name: 'go-jsonnet, all environments', command: ['bash', '-ec', evaluate.join('\n')], cwd: root },
    {
      name: 'go-jsonnet, then kubeconform',
      command: ['bash', '-ec', [...evaluate, check].join('\n')],
      cwd: root,
      accept: [0, 1],
    },
  ];
};

const parts: Record<string, () => Measured[]> = {
  cold: () =>
    measure(
      [
        empty,
        ours('render, cold', render, () => remove('cache', 'rendered')),
        ours('validate, cold', ['validate'], () => remove('cache')),
        ...peers(),
      ],
      runs,
    ),
  warm: () => {
    measure([ours('fill the cache', render), ours('fill the cache', ['validate'])], 1);
    return measure([empty, ours('render, unchanged', render), ours('validate, unchanged', ['validate'])], runs * 3);
  },
  deployments: () => {
    writeDeployments(file('deployments.json'), 10_000);
    const cases = [
      ours('validate 10 000 Deployments', [
        'validate',
        '--manifests',
        file('deployments.json'),
        '--kubernetes',
        '1.36',
      ]),
    ];
    if (kubeconform !== null) {
      const location = writeKubeconformSchemas(root, '1.36', file('kubeconform'));
      const command = [kubeconform, '-strict', '-schema-location', location, file('deployments.json')];
      cases.push({ name: 'kubeconform, 10 000 Deployments', command, cwd: root });
    }
    return measure(cases, Math.max(1, Math.floor(runs / 2)));
  },
  engines: () => measureEngines(root, file('engines'), environments, empty, runs),
  overhead: () => {
    // The evaluation of this repository costs next to nothing: what is measured is everything else. Each run has folders of
    // its own: right after many files were deleted, the file system takes longer to make new ones.
    writeRepository(file('repository'));
    const preload = ['--import', path.join(import.meta.dirname, 'own-cpu.mjs')];
    const own = (commandOf: (run: number) => string[]): number => {
      const samples = Array.from({ length: runs * 2 }, (_, run) => {
        const env = { OWN_CPU: file('own-cpu'), REKINDLE_CACHE: file(`cache-${run}`) };
        const command = commandOf(run);
        measure([{ name: command.join(' '), command, cwd: file('repository'), env }], 1);
        return Number(readFileSync(file('own-cpu'), 'utf8'));
      });
      return median(samples);
    };
    const base = own(() => [node, ...preload, file('empty.mjs')]);
    const cold = own((run) => [node, ...preload, cli, 'render', '--output', file(`rendered-${run}`)]);
    return [{ name: '500 manifests: render, cold, above an empty process', cpu: cold - base, wall: 0, runs: runs * 2 }];
  },
};

const selected = Object.keys(parts).filter((part) => flags.only === undefined || part === flags.only);
if (selected.length === 0) {
  console.error(`unknown part "${flags.only}"; known: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
const results: Record<string, Measured[]> = {};
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`);
for (const part of selected) {
  const measured = parts[part]!();
  results[part] = measured;
  const base = measured[0]!.cpu;
  console.log(`\n${part}`);
  for (const { name, cpu, wall, runs: n } of measured) {
    const ratio = measured.length > 1 ? `  ${(cpu / base).toFixed(2)} ×` : '';
    console.log(
      `  ${name.padEnd(70)} ${cpu.toFixed(3).padStart(8)} CPU s ${wall.toFixed(3).padStart(8)} s  median of ${n}${ratio}`,
    );
  }
}
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 2)}\n`);
