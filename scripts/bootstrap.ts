import { join } from 'node:path';
import { Command } from 'commander';
import { addAccessOptions, engineOption, positive, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { accessOf } from './core/live/access.ts';
import { converge } from './core/live/convergence.ts';
import { installationSteps, type Step } from './core/live/install.ts';
import { openKubectl, type ClusterAccess } from './core/live/kubectl.ts';
import { demandCluster } from './core/live/mark.ts';
import { preflight } from './core/live/preflight.ts';
import { runSteps } from './core/live/run-steps.ts';
import { secretsStep } from './core/live/secrets-step.ts';
import { openTarget, type Target } from './core/live/target.ts';
import { findTerraform, makeSteps, stacksOf } from './core/live/terraform.ts';
import { runProgram } from './core/program.ts';
import { infrastructureOutput } from './core/terraform/files.ts';
import { writeOutput } from './core/write.ts';
import { startConvergenceView } from './report/convergence.ts';
import { printFindings } from './report/findings.ts';
import { formatTroubles } from './report/status-text.ts';
import { stepPrinter } from './report/steps.ts';

interface Flags extends AccessFlags {
  env: string;
  wait: number;
  patience: number;
  engine: EngineName;
}

/** `bootstrap`: from nothing to a cluster in which Argo CD has everything in order. */
export function command(): Command {
  return addAccessOptions(
    new Command('bootstrap')
      .description('Make the cluster of an environment, install it, and wait until every app is Synced and Healthy.')
      .requiredOption('--env <name>', 'the environment'),
  )
    .option('--wait <seconds>', 'how long Argo CD may take', positive, 1800)
    .option(
      '--patience <seconds>',
      'how long the same lasting trouble may stand before it counts as the end',
      positive,
      180,
    )
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
  const isThere = flags.kubeconfig !== undefined || flags.context !== undefined;
  // The wrong cluster is a worse mistake than a missing value.
  if (isThere) await demandCluster(openKubectl(flags), env, 'ours or new');
  const missing = await preflight(target.environment, runProgram);
  await printFindings(missing, process.stderr);
  if (missing.some(({ severity }) => severity === 'error')) return;

  const out = process.stdout;
  if (!isThere) await runSteps(await terraformSteps(target), stepPrinter(out));
  const access: ClusterAccess = accessOf(env, target.repository.root, target.settings, flags);
  const kubectl = openKubectl(access);
  const secrets = secretsStep(target.environment, target.apps, { kubectl, run: runProgram });
  await runSteps(installationSteps(env, target.apps, kubectl, [secrets]), stepPrinter(out));

  const { namespace, wanted } = target;
  const view = startConvergenceView(out, wanted.length);
  const result = await converge(kubectl, { namespace, wanted, seconds: wait, patience, onLook: view.onLook });
  view.end();
  const { settled, blocking, troubles, apps } = result.look;
  if (result.settled) {
    out.write(`${wanted.length} apps are Synced and Healthy at ${apps[0]!.revision.slice(0, 7)}\n`);
    return;
  }
  out.write(
    `${settled.length} of ${wanted.length} apps are in order; ${blocking ?? 'the root Application'} is not, and ${result.why}:\n` +
      (troubles.length === 0
        ? `nothing says why; npm run status -- --env ${env} shows every app\n`
        : formatTroubles(troubles)),
  );
  process.exitCode = 1;
}

/** What Terraform makes of an environment, in the files of `render`; nothing where somebody else makes the cluster. */
async function terraformSteps({ environment, repository, infrastructure }: Target): Promise<Step[]> {
  const stacks = stacksOf(infrastructure);
  if (infrastructure === null || stacks.length === 0) return [];
  const rendered = join(repository.root, 'rendered');
  const program = await findTerraform(runProgram);
  const write: Step = {
    name: 'the stacks of Terraform',
    run: async () => {
      // Of the output only this is written anew; the rest stays as it is.
      await writeOutput(rendered, infrastructureOutput(environment, infrastructure), () => true);
    },
  };
  const folder = join(rendered, environment.name, 'terraform');
  return [write, ...makeSteps(stacks, { program, folder, run: runProgram })];
}
