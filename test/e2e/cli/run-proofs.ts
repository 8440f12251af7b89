// Runs proofs, each in a process and namespaces of its own, and says what came of it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { contextVariables, type Context } from '../context.ts';
import type { Proof } from '../proofs/index.ts';
import { removeCgroups } from '../rig/cgroup.ts';
import { spawnIsolated } from '../rig/isolate.ts';
import { withKindCluster } from './kind-cluster.ts';

/** How one proof ended. */
export interface Outcome {
  proof: string;
  environment: string;
  passed: boolean;
  seconds: number;
  /** Logs and data; gone when it passed. */
  folder: string;
}

export interface ProofRun {
  environments: readonly string[];
  proofs: readonly Proof[];
  kubernetes: string;
  cluster: Context['cluster'];
  /** How many run at the same time. */
  jobs: number;
  /** File that gets the rows of the report. */
  report: string;
  /** Folder of the whole run. */
  folder: string;
}

/** A folder for a run: programs that don't run as root must be able to pass through. */
export function runFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rekindle-e2e-'));
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Runs every proof for every environment, `jobs` at a time: each has namespaces of its own, and much of it is waiting. What
 * a proof prints comes when it has ended, unless there is one at a time.
 */
export async function runProofs(plan: ProofRun, say: (line: string) => void): Promise<Outcome[]> {
  const wanted = plan.environments.flatMap((environment) =>
    plan.proofs
      .filter(({ environments }) => environments === undefined || environments.includes(environment))
      .map((proof) => ({ environment, proof })),
  );
  const limit = pLimit(plan.jobs);
  return Promise.all(
    wanted.map(({ environment, proof }) =>
      limit(async () => {
        if (plan.jobs === 1) say(`\n== ${environment}: ${proof.name}`);
        const { output, ...outcome } = await runProof(plan, environment, proof);
        if (plan.jobs > 1) say(`\n== ${environment}: ${proof.name}\n${output}`);
        return outcome;
      }),
    ),
  );
}

async function runProof(plan: ProofRun, environment: string, proof: Proof): Promise<Outcome & { output: string }> {
  const { kubernetes, cluster, report, jobs } = plan;
  const folder = join(plan.folder, environment, proof.name);
  mkdirSync(folder, { recursive: true });
  const context: Context = { environment, folder, report, kubernetes, cluster };
  const start = performance.now();
  const isQuiet = jobs > 1;
  const { code, output } =
    cluster === 'kind'
      ? await withKindCluster(folder, (kubeconfig) => end(proof, { ...context, kubeconfig }, isQuiet))
      : await end(proof, context, isQuiet);
  const seconds = (performance.now() - start) / 1000;
  removeCgroups(folder);
  // Nobody asks for the logs of a proof that holds; a failure names its folder.
  if (code === 0) rmSync(folder, { recursive: true, force: true });
  return { proof: proof.name, environment, passed: code === 0, seconds, folder, output };
}

/** No proof takes so long unless it hangs. */
const minutes = 25;
/** A long one takes as long as the deadlines that it waits for. */
const longMinutes = 30;

/** Runs a proof to its end: next to a kind cluster as it is, else in namespaces of its own. */
function end(proof: Proof, context: Context, isQuiet: boolean): Promise<{ code: number | null; output: string }> {
  const file = join(import.meta.dirname, '..', 'proofs', proof.file);
  const command = [process.execPath, '--import', 'tsx', '--test-reporter=spec', file];
  const env = { ...process.env, ...contextVariables(context) };
  const stdio = isQuiet ? 'pipe' : 'inherit';
  const child =
    context.cluster === 'kind'
      ? spawn(command[0]!, command.slice(1), { env, stdio })
      : spawnIsolated(command, { env, stdio });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const deadline = setTimeout(() => child.kill('SIGKILL'), (proof.long === true ? longMinutes : minutes) * 60_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(deadline);
      resolve({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}
