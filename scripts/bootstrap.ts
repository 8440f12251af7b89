import { Command } from 'commander';
import { addAccessOptions, engineOption, positive, type AccessFlags } from './cli/flags.ts';
import type { EngineName } from './core/engine.ts';
import { converge } from './core/live/convergence.ts';
import { installationSteps } from './core/live/install.ts';
import { runSteps } from './core/live/run-steps.ts';
import { openTarget } from './core/live/target.ts';
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

/** `bootstrap`: from an empty cluster to one in which Argo CD has everything in order. */
export function command(): Command {
  return addAccessOptions(
    new Command('bootstrap')
      .description('Install an environment into a cluster, and wait until every app is Synced and Healthy.')
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
It may be run again at any time, after whatever interrupted it: what is there already stays as it is. Exit code: 0 when all
apps are in order, 1 when one is not and what keeps it from it, 2 when it could not begin.
`;

async function bootstrap({ env, wait, patience, engine, ...access }: Flags): Promise<void> {
  const target = await openTarget(env, access, engine);
  if ('diagnostics' in target) return await printFindings(target.diagnostics, process.stderr);
  const { apps, kubectl, namespace, wanted } = target;
  const out = process.stdout;
  await runSteps(installationSteps(env, apps, kubectl), stepPrinter(out));
  const view = startConvergenceView(out, wanted.length);
  const result = await converge(kubectl, { namespace, wanted, seconds: wait, patience, onLook: view.onLook });
  view.end();
  if (result.settled) {
    out.write(`${wanted.length} apps are Synced and Healthy at ${result.look.apps[0]!.revision.slice(0, 7)}\n`);
    return;
  }
  const { blocking, troubles, settled } = result.look;
  out.write(
    `${settled.length} of ${wanted.length} apps are in order; ${blocking ?? 'the root Application'} is not, and ${result.why}:\n` +
      (troubles.length === 0 ? 'nothing says why; npm run status shows every app\n' : formatTroubles(troubles)),
  );
  process.exitCode = 1;
}
