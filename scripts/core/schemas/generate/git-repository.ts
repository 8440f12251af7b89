import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { UsageError, errorMessage } from '../../errors.ts';

const run = promisify(execFile);

/** Options of {@link withGitTag}; `git` is the program to run. */
export interface GitOptions {
  git?: string;
}

/**
 * Gives `read` the files of one tag of a Git repository below `paths`, in a folder that goes afterwards. Nothing else of the
 * repository is fetched where its server can filter. A mirror takes its place by Git's own `url.<base>.insteadOf`.
 *
 * @throws UsageError in one sentence when Git is not installed, or when the tag can't be had.
 */
export async function withGitTag<T>(
  repository: string,
  tag: string,
  paths: readonly string[],
  read: (directory: string) => Promise<T>,
  { git = 'git' }: GitOptions = {},
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'rekindle-git-'));
  const inFolder = (...args: string[]) => run(git, ['-C', directory, ...args], { env: quiet() });
  try {
    await inFolder('init', '--quiet');
    await inFolder('remote', 'add', 'origin', repository);
    await inFolder('sparse-checkout', 'set', '--no-cone', ...paths);
    await inFolder('fetch', '--quiet', '--depth=1', '--filter=blob:none', 'origin', `refs/tags/${tag}`);
    await inFolder('checkout', '--quiet', 'FETCH_HEAD');
    return await read(directory);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new UsageError('Git is not installed: install it and try again');
    throw new UsageError(`The tag ${tag} of ${repository} can't be had: ${stderr?.trim() || errorMessage(error)}`);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Git must not ask for a password where nobody sits. */
const quiet = (): NodeJS.ProcessEnv => ({ ...process.env, GIT_TERMINAL_PROMPT: '0' });
