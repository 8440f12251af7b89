import { Command } from 'commander';
import { bringUp, lacksSomething } from './cli/bring-up.ts';
import { addAccessOptions, addBringUpOptions, engineOption, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { namesCluster } from './core/live/access.ts';
import { openKubectl } from './core/live/kubectl.ts';
import { demandCluster } from './core/live/mark.ts';
import { openTarget } from './core/live/target.ts';
import { printFindings } from './report/findings.ts';

interface Flags extends AccessFlags {
  env: string;
  wait: number;
  patience: number;
  engine: EngineName;
}

/** `bootstrap`: from nothing to a cluster in which Argo CD has everything in order. */
export function command(): Command {
  const verb = new Command('bootstrap')
    .description('Make the cluster of an environment, install it, and wait until every app is Synced and Healthy.')
    .requiredOption('--env <name>', 'the environment');
  return addBringUpOptions(addAccessOptions(verb))
    .addOption(engineOption())
    .addHelpText('after', notes)
    .action(bootstrap);
}

const notes = `
It may be run again at any time, after whatever interrupted it: what is there already stays as it is. A plan of Terraform's
that would destroy something is not carried out. With --kubeconfig or --context the cluster is there, and Terraform is not
asked. Exit code: 0 when all apps are in order, 1 when something is missing beforehand or an app is not in order, with what
keeps it from it, 2 when it could not begin.
`;

async function bootstrap({ env, wait, patience, engine, ...flags }: Flags): Promise<void> {
  const target = await openTarget(env, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  // The wrong cluster is a worse mistake than a missing value.
  if (namesCluster(flags)) await demandCluster(openKubectl(flags), env, 'ours or new');
  if (await lacksSomething(target, flags)) return;
  const { settled } = await bringUp(target, { wait, patience, ...flags }, process.stdout);
  if (!settled) process.exitCode = 1;
}
