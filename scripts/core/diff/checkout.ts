import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';

/** A commit's files in a folder of their own. */
export interface Checkout {
  /** Full hash. */
  commit: string;
  directory: string;
  /** Removes the folder. A process that ends before, other than by SIGKILL, removes it as well. */
  dispose(): void;
}

/**
 * Writes the files of a commit into a temporary folder, without touching the repository: neither its index nor its
 * list of worktrees. Submodules are left out.
 */
export async function checkOut(root: string, ref: string): Promise<Checkout> {
  const git = await gitIn(root);
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (commit === undefined)
    throw new UsageError(`"${ref}" is no commit of this repository; --base takes a branch, a tag or a hash`);
  const top = (await git(['rev-parse', '--show-toplevel'])) ?? root;
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'rekindle-diff-')));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', remove);
  const dispose = () => {
    process.off('exit', remove);
    remove();
  };
  try {
    const withIndex = await gitIn(top, { GIT_INDEX_FILE: join(directory, '.index') });
    await demand(withIndex, ['read-tree', commit]);
    await demand(withIndex, ['checkout-index', '--all', `--prefix=${directory}/tree/`]);
  } catch (error) {
    dispose();
    throw error;
  }
  // The repository of the toolchain may be a folder of a larger one.
  const inside = (await git(['rev-parse', '--show-prefix'])) ?? '';
  const tree = join(directory, 'tree', inside);
  return { commit, directory: existsSync(tree) ? tree : join(directory, 'tree'), dispose };
}

/**
 * What a change is compared with when nobody says: the last commit while there are uncommitted changes; else where the
 * branch left the default branch; on the default branch itself the commit before.
 */
export async function defaultBase(root: string): Promise<string> {
  const git = await gitIn(root);
  const head = await git(['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (head === undefined)
    throw new UsageError(`${root}: no Git repository with a commit, so there is nothing to compare with`);
  if ((await git(['status', '--porcelain', '--untracked-files=normal'])) !== '') return 'HEAD';
  for (const branch of ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']) {
    const base = await git(['merge-base', 'HEAD', branch]);
    if (base !== undefined && base !== head) return base;
  }
  if ((await git(['rev-parse', '--verify', '--quiet', 'HEAD~1'])) === undefined) {
    throw new UsageError('the commit has no parent to compare with; name a base with --base');
  }
  return 'HEAD~1';
}

type Git = (args: string[]) => Promise<string | undefined>;

/** Runs git in a folder: its output, or undefined when it fails. */
async function gitIn(cwd: string, env: Record<string, string> = {}): Promise<Git> {
  const { $ } = await import('zx');
  const run = $({
    cwd,
    env: { ...process.env, ...env },
    quiet: true,
    nothrow: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return async (args) => {
    const output = await run`git ${args}`;
    return output.exitCode === 0 ? output.stdout.trim() : undefined;
  };
}

async function demand(git: Git, args: string[]): Promise<void> {
  if ((await git(args)) === undefined) throw new Error(`git ${args[0]} failed`);
}
