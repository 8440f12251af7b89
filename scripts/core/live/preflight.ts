// What is missing before anything is made, all of it at once, each with the command that mends it.
import { output, type RunProgram } from '../program.ts';
import type { Diagnostic, Environment } from '../types.ts';
import { missingSecrets } from './secrets-step.ts';

const rule = 'preflight';

/** Findings; a cluster can be made when none of them is an error. */
export async function preflight(environment: Environment, run: RunProgram): Promise<Diagnostic[]> {
  const env = environment.name;
  const [kubectl, secrets, unread] = await Promise.all([
    missingProgram(run, 'kubectl', ['version', '--client'], env),
    missingSecrets(environment),
    unreadChanges(environment, run),
  ]);
  const sealed = secrets.length > 0 ? [] : await missingProgram(run, 'sops', ['--version'], env);
  return [...kubectl, ...secrets, ...sealed, ...unread];
}

async function missingProgram(
  run: RunProgram,
  program: 'kubectl' | 'sops',
  args: readonly string[],
  env: string,
): Promise<Diagnostic[]> {
  try {
    await run({ program, args });
    return [];
  } catch (error) {
    return [{ rule, severity: 'error', env, message: error instanceof Error ? error.message : String(error) }];
  }
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
