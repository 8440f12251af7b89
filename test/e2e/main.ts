// `npm run e2e`: what this repository renders, run by the real programs. See README.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTools } from './cli/build.ts';
import { readOptions, UsageError, type Options } from './cli/options.ts';
import { installDebianPackages, missingRequirements } from './cli/requirements.ts';
import { runFolder, runProofs, type Outcome } from './cli/run-proofs.ts';
import { readRows, summaryOf } from './report-summary.ts';
import { reportTable } from './report-table.ts';
import { repositoryRoot } from './rig/rendered.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (process.env.CI !== undefined) await installDebianPackages();
  const missing = missingRequirements();
  if (missing.length > 0) {
    for (const line of missing) say(`missing: ${line}`);
    if (options.verb === 'setup' || process.env.CI !== undefined) return 1;
    say(`skipped: the programs of npm run e2e need what is missing above`);
    return 0;
  }
  const building = await buildTools(options.proofs, say);
  say(`building took ${building.toFixed(0)} s`);
  return options.verb === 'setup' ? 0 : prove(options);
}

async function prove({ environments, proofs, kubernetes, cluster }: Options): Promise<number> {
  const folder = runFolder();
  const report = join(folder, 'report.jsonl');
  writeFileSync(report, '');
  const outcomes = await runProofs({ environments, proofs, kubernetes, cluster, report, folder }, say);
  const summary = summaryOf(readRows(report), outcomes, kubernetes);
  mkdirSync(join(repositoryRoot, 'rendered'), { recursive: true });
  writeFileSync(join(repositoryRoot, 'rendered', 'e2e.json'), `${JSON.stringify(summary, null, 2)}\n`);
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
