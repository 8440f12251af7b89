// A verb of the toolchain as a person types it, for the cluster of a rig.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { findTool } from '../../helpers/tools.ts';
import { environmentsFolder } from '../argo-cd/installation.ts';
import { repositoryRoot } from '../rig/rendered.ts';
import type { Rig } from '../rig/rig.ts';

export interface VerbResult {
  /** Null for one that was killed. */
  code: number | null;
  /** What it printed, errors included. */
  output: string;
}

export interface VerbOptions {
  /** Kills it, without a word, once it printed this. */
  killAt?: string;
}

/** Has the verbs in a clone of the repository see the environments of the rig. */
export function useRigEnvironments(clone: string): void {
  const file = join(clone, 'package.json');
  const content = JSON.parse(readFileSync(file, 'utf8')) as object;
  writeFileSync(file, JSON.stringify({ ...content, rekindle: { environments: environmentsFolder } }));
}

/** sops and age, which are installed beside the Go tools of the tests. */
function secretsPrograms(): string[] {
  return ['sops', 'age-keygen'].map((name) => {
    const path = findTool(name);
    if (path === undefined) throw new Error(`${name} is not installed: .ci/run says how`);
    return path;
  });
}

/** Runs a verb in the clone, as the administrator of the rig's cluster. */
export async function runVerb(
  rig: Rig,
  clone: string,
  args: readonly string[],
  { killAt }: VerbOptions = {},
): Promise<VerbResult> {
  const script = join(repositoryRoot, 'scripts', 'rekindle.ts');
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, ...args], {
    cwd: clone,
    env: {
      ...process.env,
      PATH:
        [rig.binary('kubectl'), ...secretsPrograms()].map((path) => dirname(path)).join(delimiter) +
        delimiter +
        process.env.PATH,
      // Every rig has the same address, and kubectl remembers by address what a server serves.
      KUBECACHEDIR: join(rig.folder, 'kube-cache'),
      SOPS_AGE_KEY_FILE: join(rig.folder, 'age-key.txt'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // With what it started it is one group, which can be killed as one.
    detached: true,
  });
  let output = '';
  const take = (chunk: string): void => {
    output += chunk;
    if (killAt !== undefined && output.includes(killAt) && child.exitCode === null)
      process.kill(-child.pid!, 'SIGKILL');
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
