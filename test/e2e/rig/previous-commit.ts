import { run } from './run.ts';

/** What the environments are rendered from. */
const sources = ['lib', 'environments', 'vendor'];

/**
 * The last commit that rendered something else than this checkout: HEAD while the sources have uncommitted changes, else
 * the parent of the commit that last changed the goldens of the environment, or that last changed the sources when none
 * did. Undefined when there is none, as in a clone of one commit.
 */
export async function previousCommit(root: string, environment: string): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string> => (await run('git', args, { cwd: root })).trim();
  try {
    if ((await git('status', '--porcelain', '--', ...sources)) !== '') return await git('rev-parse', 'HEAD');
    const last = (...paths: string[]): Promise<string> =>
      git('log', '-1', '--format=%H', '--diff-filter=M', '--', ...paths);
    const changed = (await last(`test/golden/${environment}`)) || (await last(...sources));
    return await git('rev-parse', '--verify', '--quiet', `${changed}^`);
  } catch {
    return undefined;
  }
}
