import { run } from './run.ts';

/** What the environments are rendered from. */
const sources = ['lib', 'environments', 'vendor'];

/**
 * The last commit whose sources are not those of the checkout: HEAD while they have uncommitted changes, else the parent of the commit that
 * changed them last. Undefined when there is none, as in a clone of one commit.
 */
export async function previousCommit(root: string): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string> => (await run('git', args, { cwd: root })).trim();
  try {
    if ((await git('status', '--porcelain', '--', ...sources)) !== '') return await git('rev-parse', 'HEAD');
    const changed = await git('log', '-1', '--format=%H', '--', ...sources);
    return await git('rev-parse', '--verify', '--quiet', `${changed}^`);
  } catch {
    return undefined;
  }
}
