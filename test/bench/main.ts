// npm run bench [-- --runs N] [--only PART] [--json FILE] [--kube-prometheus FOLDER]: whole processes in CPU seconds; README.md.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { engines, engineTable, measureCold, measureWarm, workloads, type Row } from './engines.ts';
import { findProgram, writeKubeconformSchemas } from './kubeconform.ts';
import { measure, measureWithMemory, median, type Case, type Measured } from './measure.ts';
import { peers } from './peers.ts';
import { writeDeployments, writeRepository, writeThousand } from './workloads.ts';

const { values: flags } = parseArgs({
  options: {
    help: { type: 'boolean' },
    runs: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'string' },
    'kube-prometheus': { type: 'string', default: process.env['KUBE_PROMETHEUS'] },
  },
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

/** Programs for every engine; says once which engines are missing. */
const engineCases = (warm: boolean) => {
  const { found, missing } = engines(root, file('engines'), warm);
  for (const why of missing) console.log(`skipped: ${why}`);
  const checkout = flags['kube-prometheus'];
  if (checkout === undefined)
    console.log('skipped: kube-prometheus (--kube-prometheus FOLDER, with its vendor folder)');
  return { found, list: workloads(root, file('engines'), environments, checkout && path.resolve(checkout)) };
};

const parts: Record<string, () => Measured[] | Row[]> = {
  cold: () =>
    measureWithMemory(
      [
        empty,
        ours('render, cold', render, () => remove('cache', 'rendered')),
        ours('validate, cold', ['validate'], () => remove('cache')),
        ...peers(root, scratch, environments),
      ],
      runs,
    ),
  environment: () =>
    measureWithMemory(
      [
        empty,
        ours('render, cold, production', [...render, '--env', 'production'], () => remove('cache', 'rendered')),
        ...peers(root, scratch, ['production']),
      ],
      runs,
    ),
  warm: () => {
    measure([ours('fill the cache', render), ours('fill the cache', ['validate'])], 1);
    const again = [ours('render, unchanged', render), ours('validate, unchanged', ['validate'])];
    return measureWithMemory([empty, ...again], runs * 3);
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
  engines: () => {
    const { found, list } = engineCases(false);
    return measureCold(list, found, empty, runs);
  },
  'engines-warm': () => {
    const { found, list } = engineCases(true);
    return measureWarm(file('engines'), list, found, runs * 2);
  },
  thousand: () => {
    const cwd = file('thousand');
    writeThousand(cwd);
    // Each run has folders of its own: right after many files were deleted, the file system takes longer to make new ones.
    let run = 0;
    const inside = (name: string, args: string[], isCold: boolean): Case => {
      const env = { REKINDLE_CACHE: '' };
      const command = [node, cli, ...args];
      const fresh = () => {
        if (isCold) run += 1;
        env.REKINDLE_CACHE = file(`cache-${run}`);
        command.splice(2, Infinity, ...args.map((arg) => arg.replace('OUTPUT', file(`rendered-${run}`))));
      };
      return { name: `1 000 environments: ${name}`, command, cwd, env, prepare: fresh };
    };
    const files = ['render', '--output', 'OUTPUT'];
    const cold = [
      inside('validate, cold', ['validate'], true),
      inside('render --stdout, cold', ['render', '--stdout'], true),
      ...peers(root, scratch, readdirSync(path.join(cwd, 'environments')), cwd),
      inside('render, cold', files, true),
    ];
    const measured = measureWithMemory([empty, ...cold], runs);
    return [...measured, ...measureWithMemory([inside('render, unchanged', files, false)], runs)];
  },
  overhead: () => {
    // The evaluation of this repository costs next to nothing: what is measured is everything else. Each run has folders of
    // its own, as above.
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

if (flags.help) {
  console.log(`npm run bench -- [--runs N] [--only PART] [--json FILE] [--kube-prometheus FOLDER]
PART is one of ${Object.keys(parts).join(', ')}; all by default. N repetitions of each, 5 by default; test/bench/README.md.`);
  process.exit(0);
}
const selected = Object.keys(parts).filter((part) => flags.only === undefined || part === flags.only);
if (selected.length === 0) {
  console.error(`unknown part "${flags.only}"; known: ${Object.keys(parts).join(', ')}`);
  process.exit(2);
}
const results: Record<string, (Measured | Row)[]> = {};
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`);
for (const part of selected) {
  console.log(`\n${part}`);
  const measured = parts[part]!();
  results[part] = measured;
  if (isRows(measured)) console.log(engineTable(measured));
  else printMeasured(measured);
}
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 2)}\n`);

function isRows(measured: Measured[] | Row[]): measured is Row[] {
  return 'engine' in measured[0]!;
}

function printMeasured(measured: Measured[]): void {
  const base = measured[0]!.cpu;
  for (const { name, cpu, wall, mebibytes, runs: n } of measured) {
    const ratio = measured.length > 1 ? `  ${(cpu / base).toFixed(2)} ×` : '';
    const memory = mebibytes === undefined ? '' : ` ${mebibytes.toFixed(0).padStart(6)} MiB`;
    console.log(
      `  ${name.padEnd(60)} ${cpu.toFixed(3).padStart(8)} CPU s ${wall.toFixed(3).padStart(8)} s${memory}  median of ${n}${ratio}`,
    );
  }
}
