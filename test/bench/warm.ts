// Programs that evaluate again and again in one process, for the engines that are no JavaScript. Built when they are needed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** The command, or why there is none. */
export const warmGo = (folder: string): string[] | string => {
  const program = path.join(folder, 'warm-go');
  return build('go', ['build', '-o', program, '.'], 'warm-go', {}) ?? [program];
};

/** Kept beside the other dependencies: from scratch it takes minutes. */
export const warmRust = (root: string): string[] | string => {
  const target = path.join(root, 'node_modules/.cache/rekindle-bench/warm-jrsonnet');
  const args = ['build', '--release', '--locked', '--quiet'];
  return (
    build('cargo', args, 'warm-jrsonnet', { CARGO_TARGET_DIR: target }) ?? [path.join(target, 'release/warm-jrsonnet')]
  );
};

function build(program: string, args: string[], source: string, env: Record<string, string>): string | undefined {
  const cwd = path.join(import.meta.dirname, source);
  const { error, status, stderr } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (error !== undefined) return `${program} is not installed`;
  return status === 0 ? undefined : `${program} ${args[0]} failed: ${stderr.trim().split('\n').at(-1)}`;
}
