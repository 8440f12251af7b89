// The Git repository that Argo CD reads: the checkout as it lies on disk, committed, and served inside the rig.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { addresses } from '../rig/network.ts';
import type { Rig } from '../rig/rig.ts';
import { run } from '../rig/run.ts';

/** What a commit does: the new content of files by path in the repository, null for a file that goes. */
export type Change = Record<string, string | null>;

/** A clone of the repository, with its newest commit checked out. */
export interface GitRepository {
  clone: string;
  /** Commits a change, makes it visible to Argo CD and returns the commit. */
  push(message: string, change: Change): Promise<string>;
  /** The newest commit. */
  head(): Promise<string>;
}

/** Where test/e2e/environments/endpoints.libsonnet says that the repository is. */
const host = 'git.e2e.test';
const name = 'infrastructure.git';

// Nothing of the person who runs this, and nothing that could ask for a password or a key.
const isolated: Record<string, string> = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'e2e',
  GIT_AUTHOR_EMAIL: 'e2e@localhost',
  GIT_COMMITTER_NAME: 'e2e',
  GIT_COMMITTER_EMAIL: 'e2e@localhost',
};

/** Git without anything of the person who runs this. */
export async function gitAlone(...args: string[]): Promise<string> {
  return (await run('git', args, { env: isolated })).trimEnd();
}

/** Commits the files of a checkout, without those that Git ignores, into a new repository in `folder`. */
export async function makeRepository(checkout: string, folder: string): Promise<GitRepository> {
  const bare = join(folder, name);
  const clone = join(folder, 'clone');
  mkdirSync(folder, { recursive: true });
  await gitAlone('init', '--quiet', '--bare', '--initial-branch=main', bare);
  const fromCheckout = ['--git-dir', bare, '--work-tree', checkout, '-c', 'core.bare=false'];
  await gitAlone(...fromCheckout, 'add', '--all', checkout);
  await gitAlone(...fromCheckout, 'commit', '--quiet', '--message', 'The checkout');
  await gitAlone('clone', '--quiet', bare, clone);
  const head = (): Promise<string> => gitAlone('-C', clone, 'rev-parse', 'HEAD');
  return {
    clone,
    head,
    async push(message, change) {
      for (const [path, content] of Object.entries(change)) {
        const file = join(clone, path);
        if (content === null) rmSync(file);
        else {
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, content);
        }
      }
      await gitAlone('-C', clone, 'add', '--all');
      await gitAlone('-C', clone, 'commit', '--quiet', '--message', message);
      await gitAlone('-C', clone, 'push', '--quiet', 'origin', 'main');
      return head();
    },
  };
}

/** As `makeRepository`, served inside a rig of size `cluster` at the URL that its environments name. */
export async function serveRepository(rig: Rig, checkout: string): Promise<GitRepository> {
  const folder = join(rig.folder, 'git');
  const repository = await makeRepository(checkout, folder);
  rig.names.add(host, addresses.controlPlane);
  // `git daemon` would be a parent of the server, and leave it behind when it is ended.
  const program = join(await gitAlone('--exec-path'), 'git-daemon');
  await rig.start({
    name: 'git-daemon',
    command: [program, `--base-path=${folder}`, `--listen=${addresses.controlPlane}`, '--export-all', '--verbose'],
    env: isolated,
    ready: () => accepts(addresses.controlPlane, 9418),
  });
  return repository;
}

function accepts(address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, timeout: 1000 });
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer within 1 s')));
    socket.once('error', reject);
  });
}
