// `npm run e2e`: what this repository renders, run by the real programs. See README.md.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTools } from './cli/build.ts';
import { readOptions, UsageError, type Options } from './cli/options.ts';
import { installDebianPackages, missingRequirements } from './cli/requirements.ts';
import { missingForKind } from './cli/kind-cluster.ts';
import { runFolder, runProofs, type Outcome } from './cli/run-proofs.ts';
import { up } from './cli/up.ts';
import { readRows, summaryOf } from './report-summary.ts';
import { reportTable } from './report-table.ts';
import { repositoryRoot } from './rig/rendered.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (process.env.CI !== undefined) await installDebianPackages();
  const missing = options.cluster === 'kind' ? missingForKind() : missingRequirements();
  if (missing.length > 0) {
    for (const line of missing) say(`missing: ${line}`);
    if (options.verb === 'setup' || process.env.CI !== undefined) return 1;
    say(`skipped: the programs of npm run e2e need what is missing above`);
    return 0;
  }
  if (options.cluster === 'local') {
    const building = await buildTools(options.proofs, options.kubernetes, say);
    say(`building took ${building.toFixed(0)} s`);
  }
  if (options.verb === 'setup') return 0;
  return options.verb === 'up' ? stay(options) : prove(options);
}

async function stay({ environments, kubernetes }: Options): Promise<number> {
  const [environment] = environments;
  if (environments.length !== 1) throw new UsageError('up takes one environment: add --environment <name>');
  const folder = runFolder();
  const report = join(folder, 'report.jsonl');
  return up({ environment: environment!, folder, report, kubernetes, cluster: 'local' }, say);
}

async function prove({ environments, proofs, kubernetes, cluster, jobs }: Options): Promise<number> {
  const folder = runFolder();
  const report = join(folder, 'report.jsonl');
  writeFileSync(report, '');
  const outcomes = await runProofs({ environments, proofs, kubernetes, cluster, jobs, report, folder }, say);
  const summary = summaryOf(readRows(report), outcomes, kubernetes);
  mkdirSync(join(repositoryRoot, 'rendered'), { recursive: true });
  writeFileSync(join(repositoryRoot, 'rendered', 'e2e.json'), `${JSON.stringify(summary, null, 2)}\n`);
  if (summary.passed) rmSync(folder, { recursive: true, force: true });
  say(`\n${reportTable(summary)}`);
  return conclude(outcomes);
}

function conclude(outcomes: readonly Outcome[]): number {
  const failed = outcomes.filter(({ passed }) => !passed);
  for (const { environment, proof, folder } of failed) say(`FAIL ${environment}: ${proof}; its logs are in ${folder}`);
  say(`${outcomes.length - failed.length} of ${outcomes.length} proofs hold`);
  return failed.length === 0 && outcomes.length > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `${error instanceof UsageError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 2;
}
