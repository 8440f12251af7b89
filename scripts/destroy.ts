import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { addAccessOptions, engineOption, positive, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { UsageError } from './core/errors.ts';
import { accessOf } from './core/live/access.ts';
import { openKubectl } from './core/live/kubectl.ts';
import { demandCluster } from './core/live/mark.ts';
import { clearingSteps, endingSteps } from './core/live/remove.ts';
import { runSteps } from './core/live/run-steps.ts';
import { openTarget } from './core/live/target.ts';
import { destroyStep, findTerraform, stacksOf } from './core/live/terraform.ts';
import { runProgram } from './core/program.ts';
import { printFindings } from './report/findings.ts';
import { stepPrinter } from './report/steps.ts';

interface Flags extends AccessFlags {
  env: string;
  yes?: boolean;
  lost?: boolean;
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
    .option('--lost', 'the programs in the cluster can end no more: only destroy what Terraform made')
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

async function destroy({ env, yes, lost = false, grace, engine, ...flags }: Flags): Promise<void> {
  const target = await openTarget(env, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  const { apps, namespace, infrastructure, repository, settings } = target;
  const isMade =
    stacksOf(infrastructure).includes('cluster') && flags.kubeconfig === undefined && flags.context === undefined;
  if (lost && !isMade)
    throw new UsageError('--lost: Terraform did not make this cluster, so there is nothing to destroy');
  const program = isMade ? await findTerraform(runProgram) : undefined;
  const kubectl = openKubectl(lost ? {} : accessOf(env, repository.root, settings, flags));
  if (!lost) await demandCluster(kubectl, env, 'ours');
  if (!yes) await demandConsent(env);
  const options = { environment: env, apps, kubectl, namespace, grace };
  const folder = join(repository.root, 'rendered', env, 'terraform');
  const ending = lost ? [] : endingSteps(options);
  const rest =
    program === undefined ? clearingSteps(options) : [destroyStep('cluster', { program, folder, run: runProgram })];
  await runSteps([...ending, ...rest], stepPrinter(process.stdout));
}

async function demandConsent(env: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked here; say --yes');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Everything of "${env}" in this cluster goes. Its name, to go on: `);
  asking.close();
  if (answer.trim() !== env) throw new UsageError('nothing was changed');
}
