// What is missing before anything is made, all of it at once, each with the command that mends it.
import { output, type RunProgram } from '../program.ts';
import type { Diagnostic, Environment } from '../types.ts';
import { missingSecrets } from './secrets-step.ts';
import { checkProgram, type CheckedProgram } from './tools.ts';

const rule = 'preflight';

export interface PreflightOptions {
  run: RunProgram;
  /** The program that makes the cluster; undefined where somebody else made it. */
  maker?: 'terraform' | 'tofu' | undefined;
}

/** Findings; a cluster can be made when none of them is an error. */
export async function preflight(environment: Environment, { run, maker }: PreflightOptions): Promise<Diagnostic[]> {
  const env = environment.name;
  const check = (program: CheckedProgram): Promise<Diagnostic[]> => checkProgram(program, { run, env, rule });
  const [kubectl, making, secrets, unread] = await Promise.all([
    check('kubectl'),
    maker === undefined ? [] : check(maker),
    missingSecrets(environment),
    unreadChanges(environment, run),
  ]);
  // It has nothing to open before every value is there.
  const sealed = secrets.length > 0 ? [] : await check('sops');
  return [...kubectl, ...making, ...secrets, ...sealed, ...unread];
}

/** Argo CD reads commits: what lies here and in no commit is not what it will install. */
async function unreadChanges({ name, root }: Environment, run: RunProgram): Promise<Diagnostic[]> {
  const git = (...args: string[]): Promise<string> => output(run, { program: 'git', args, cwd: root });
  const changed = await git('status', '--porcelain', '--', '.').catch(() => undefined);
  if (changed === undefined || changed.trim() === '') return [];
  const files = changed.trimEnd().split('\n').length;
  return [
    {
      rule,
      severity: 'warning',
      env: name,
      message: `${files} ${files === 1 ? 'file is' : 'files are'} changed and not committed: Argo CD installs what is in Git`,
      hint: 'commit and push them',
    },
  ];
}
