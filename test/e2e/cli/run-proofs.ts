// Runs proofs, each in a process and namespaces of its own, and says what came of it.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextVariables, type Context } from '../context.ts';
import type { Proof } from '../proofs/index.ts';
import { spawnIsolated } from '../rig/isolate.ts';
import { withKindCluster } from './kind-cluster.ts';

/** How one proof ended. */
export interface Outcome {
  proof: string;
  environment: string;
  passed: boolean;
  seconds: number;
  /** Logs and data. */
  folder: string;
}

export interface ProofRun {
  environments: readonly string[];
  proofs: readonly Proof[];
  kubernetes: string;
  cluster: Context['cluster'];
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

/** Runs every proof for every environment, one at a time. */
export async function runProofs(plan: ProofRun, say: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const environment of plan.environments) {
    for (const proof of plan.proofs) {
      if (proof.environments !== undefined && !proof.environments.includes(environment)) continue;
      say(`\n== ${environment}: ${proof.name}`);
      outcomes.push(await runProof(plan, environment, proof));
    }
  }
  return outcomes;
}

async function runProof(plan: ProofRun, environment: string, proof: Proof): Promise<Outcome> {
  const { kubernetes, cluster, report } = plan;
  const folder = join(plan.folder, environment, proof.name);
  mkdirSync(folder, { recursive: true });
  const context: Context = { environment, folder, report, kubernetes, cluster };
  const start = performance.now();
  const code =
    cluster === 'kind'
      ? await withKindCluster(folder, (kubeconfig) => exitCode(proof, { ...context, kubeconfig }))
      : await exitCode(proof, context);
  const seconds = (performance.now() - start) / 1000;
  return { proof: proof.name, environment, passed: code === 0, seconds, folder };
}

/** No proof takes so long unless it hangs. */
const minutes = 15;

/** Runs a proof: next to a kind cluster as it is, else in namespaces of its own. */
function exitCode(proof: Proof, context: Context): Promise<number | null> {
  const file = join(import.meta.dirname, '..', 'proofs', proof.file);
  const command = [process.execPath, '--import', 'tsx', '--test-reporter=spec', file];
  const env = { ...process.env, ...contextVariables(context) };
  const child =
    context.cluster === 'kind'
      ? spawn(command[0]!, command.slice(1), { env, stdio: 'inherit' })
      : spawnIsolated(command, { env, stdio: 'inherit' });
  const deadline = setTimeout(() => child.kill('SIGKILL'), minutes * 60_000);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(deadline);
      resolve(code);
    });
  });
}
