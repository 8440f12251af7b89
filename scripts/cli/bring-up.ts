// An environment into its cluster, and its cluster before that where it is ours to make: for `bootstrap` and `rebirth`.
import { join } from 'node:path';
import { accessOf, namesCluster } from '../core/live/access.ts';
import { converge } from '../core/live/convergence.ts';
import { installationSteps, type Step } from '../core/live/install.ts';
import { openKubectl, type ClusterAccess } from '../core/live/kubectl.ts';
import { preflight } from '../core/live/preflight.ts';
import { runSteps, timed, type StepResult } from '../core/live/run-steps.ts';
import { secretsStep } from '../core/live/secrets-step.ts';
import type { Target } from '../core/live/target.ts';
import { findTerraform, makeSteps, stacksOf } from '../core/live/terraform.ts';
import { runProgram } from '../core/program.ts';
import { infrastructureOutput } from '../core/terraform/files.ts';
import { writeOutput } from '../core/write.ts';
import { startConvergenceView } from '../report/convergence.ts';
import { printFindings } from '../report/findings.ts';
import { formatTroubles } from '../report/status-text.ts';
import { stepPrinter } from '../report/steps.ts';

/**
 * What is missing before anything is made, printed. True when that keeps it from being made; the exit code is set then.
 */
export async function lacksSomething(target: Target, flags: ClusterAccess): Promise<boolean> {
  const maker = makesStacks(target, flags) ? await findTerraform(runProgram) : undefined;
  const missing = await preflight(target.environment, { run: runProgram, maker });
  await printFindings(missing, process.stderr);
  return missing.some(({ severity }) => severity === 'error');
}

/** Does Terraform make something of this environment now? With a cluster that is there it isn't asked. */
function makesStacks({ infrastructure }: Target, flags: ClusterAccess): boolean {
  return !namesCluster(flags) && stacksOf(infrastructure).length > 0;
}

export interface BringUpFlags extends ClusterAccess {
  /** Seconds that Argo CD may take. */
  wait: number;
  /** Seconds that the same lasting trouble may stand before it counts as the end. */
  patience: number;
}

/**
 * Does all of it and says how it goes. The steps that were done; whether every app is in order at last, else what keeps it from
 * that has been printed.
 */
export async function bringUp(
  target: Target,
  { wait, patience, ...flags }: BringUpFlags,
  out: NodeJS.WriteStream,
): Promise<{ settled: boolean; steps: StepResult[] }> {
  const { environment, repository, settings, apps, namespace, wanted } = target;
  const env = environment.name;
  const made = makesStacks(target, flags) ? await runSteps(await terraformSteps(target), stepPrinter(out)) : [];
  const kubectl = openKubectl(accessOf(env, repository.root, settings, flags));
  const secrets = secretsStep(environment, apps, { kubectl, run: runProgram });
  const installed = await runSteps(installationSteps(env, apps, kubectl, [secrets]), stepPrinter(out));

  const view = startConvergenceView(out, wanted.length);
  const { value: result, step: synced } = await timed('every app is Synced and Healthy', () =>
    converge(kubectl, { namespace, wanted, seconds: wait, patience, onLook: view.onLook }),
  );
  view.end();
  const { settled, blocking, troubles, apps: states } = result.look;
  if (result.settled) {
    out.write(`${wanted.length} apps are Synced and Healthy at ${states[0]!.revision.slice(0, 7)}\n`);
  } else {
    out.write(
      `${settled.length} of ${wanted.length} apps are in order; ${blocking ?? 'the root Application'} is not, and ${result.why}:\n` +
        (troubles.length === 0
          ? `nothing says why; npm run status -- --env ${env} shows every app\n`
          : formatTroubles(troubles)),
    );
  }
  return { settled: result.settled, steps: [...made, ...installed, synced] };
}

/** What Terraform makes of an environment, in the files of `render`. */
async function terraformSteps({ environment, repository, infrastructure }: Target): Promise<Step[]> {
  if (infrastructure === null) return [];
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
  return [write, ...makeSteps(stacksOf(infrastructure), { program, folder, run: runProgram })];
}
