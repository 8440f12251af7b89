import { Command } from 'commander';
import { addAccessOptions, addTakeDownOptions, engineOption, type AccessFlags } from './cli/flags.ts';
import { clusterGoes, demandConsent, isMade, takeDownSteps } from './cli/take-down.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { runSteps } from './core/live/run-steps.ts';
import { openTarget } from './core/live/target.ts';
import { printFindings } from './report/findings.ts';
import { stepPrinter } from './report/steps.ts';

interface Flags extends AccessFlags {
  env: string;
  yes?: boolean;
  lost?: boolean;
  grace: number;
  withoutUpload?: boolean;
  engine: EngineName;
}

/** `destroy`: an environment out of its cluster. */
export function command(): Command {
  const verb = new Command('destroy')
    .description('Take an environment out of its cluster, program by program; object storage is not touched.')
    .requiredOption('--env <name>', 'the environment');
  return addTakeDownOptions(addAccessOptions(verb))
    .option('--lost', 'the programs in the cluster can end no more: only destroy what Terraform made')
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(destroy);
}

const notes = `
It asks once, for the name of the environment. Programs end in the reverse of the order in which they came, so that each can
still hand on what it holds; every store uploads what it has before it ends. It may be run again after whatever interrupted
it.
`;

async function destroy({ env, yes, lost = false, grace, withoutUpload = false, engine, ...flags }: Flags) {
  const target = await openTarget(env, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  if (lost && !isMade(target, flags))
    throw new UsageError('--lost: Terraform did not make this cluster, so there is nothing to destroy');
  const steps = lost
    ? await clusterGoes(target)
    : await takeDownSteps(target, { grace, upload: !withoutUpload, ...flags });
  if (!yes) await demandConsent(env);
  await runSteps(steps, stepPrinter(process.stdout));
}
