import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { addAccessOptions, engineOption, positive, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { demandCluster } from './core/live/mark.ts';
import { removalSteps } from './core/live/remove.ts';
import { runSteps } from './core/live/run-steps.ts';
import { openTarget } from './core/live/target.ts';
import { printFindings } from './report/findings.ts';
import { stepPrinter } from './report/steps.ts';

interface Flags extends AccessFlags {
  env: string;
  yes?: boolean;
  grace: number;
  engine: EngineName;
}

/** `destroy`: an environment out of its cluster. */
export function command(): Command {
  return addAccessOptions(
    new Command('destroy')
      .description('Take an environment out of its cluster, program by program; object storage is not touched.')
      .requiredOption('--env <name>', 'the environment'),
  )
    .option('--yes', "don't ask")
    .option('--grace <seconds>', 'how long the programs of one app may take to end', positive, 1500)
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(destroy);
}

const notes = `
It asks once, for the name of the environment. Programs end in the reverse of the order in which they came, so that each can
still hand on what it holds; the stores of the profile "small" upload what they have before they end. It may be run again
after whatever interrupted it.
`;

async function destroy({ env, yes, grace, engine, ...access }: Flags): Promise<void> {
  const target = await openTarget(env, access, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  const { apps, kubectl, namespace } = target;
  await demandCluster(kubectl, env, 'ours');
  if (!yes) await demandConsent(env);
  await runSteps(removalSteps({ environment: env, apps, kubectl, namespace, grace }), stepPrinter(process.stdout));
}

async function demandConsent(env: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked here; say --yes');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Everything of "${env}" in this cluster goes. Its name, to go on: `);
  asking.close();
  if (answer.trim() !== env) throw new UsageError('nothing was changed');
}
