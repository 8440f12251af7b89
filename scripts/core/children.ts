import type { ChildProcess } from 'node:child_process';

/** The child processes that run now. */
export const living = new Set<ChildProcess>();

/** Ends every child at once. For signal handlers: a child that evaluates can't be asked to stop. */
export function killChildren(): void {
  for (const child of living) child.kill('SIGKILL');
}
