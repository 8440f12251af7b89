// An environment out of its cluster, and the cluster away where Terraform made it: for `destroy` and `rebirth`.
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../core/errors.ts';
import { accessOf, namesCluster } from '../core/live/access.ts';
import type { Step } from '../core/live/install.ts';
import { openKubectl, type ClusterAccess } from '../core/live/kubectl.ts';
import { demandCluster } from '../core/live/mark.ts';
import { forwarding } from '../core/live/port-forward.ts';
import { clearingSteps, endingSteps } from '../core/live/remove.ts';
import type { Target } from '../core/live/target.ts';
import { destroyStep, findTerraform, stacksOf } from '../core/live/terraform.ts';
import { uploadSteps } from '../core/live/upload.ts';
import { runProgram } from '../core/program.ts';

export interface TakeDownFlags extends ClusterAccess {
  /** Seconds that the programs of one app may take to end. */
  grace: number;
  /** Whether stores are made to upload what they hold. */
  upload: boolean;
}

/** Did Terraform make this cluster, so that it can destroy it? */
export function isMade({ infrastructure }: Target, flags: ClusterAccess): boolean {
  return !namesCluster(flags) && stacksOf(infrastructure).includes('cluster');
}

/** Lets programs end in the reverse of the order in which they came; then the cluster goes, or all that was put into it. */
export async function takeDownSteps(target: Target, { grace, upload, ...flags }: TakeDownFlags): Promise<Step[]> {
  const { environment, apps, namespace, repository, settings, signals } = target;
  const access = accessOf(environment.name, repository.root, settings, flags);
  const kubectl = openKubectl(access);
  await demandCluster(kubectl, environment.name, 'ours');
  const before = (app: string): Step[] =>
    upload ? uploadSteps(app, signals, { kubectl, forward: forwarding(access) }) : [];
  const options = { environment: environment.name, apps, kubectl, namespace, grace, before };
  return [...endingSteps(options), ...(isMade(target, flags) ? await clusterGoes(target) : clearingSteps(options))];
}

/** The cluster that Terraform made goes at once, whatever runs in it. */
export async function clusterGoes({ environment, repository }: Target): Promise<Step[]> {
  const folder = join(repository.root, 'rendered', environment.name, 'terraform');
  return [destroyStep('cluster', { program: await findTerraform(runProgram), folder, run: runProgram })];
}

/** Asks once, for the name of the environment. */
export async function demandConsent(env: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked here; say --yes');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Everything of "${env}" in this cluster goes. Its name, to go on: `);
  asking.close();
  if (answer.trim() !== env) throw new UsageError('nothing was changed');
}
