import type { ChildProcess } from 'node:child_process';

/** The child processes that run now. */
export const living = new Set<ChildProcess>();

/** Ends every child at once. For signal handlers: a child that evaluates can't be asked to stop. */
export function killChildren(): void {
  for (const child of living) child.kill('SIGKILL');
}

/** Signals that a run listens to, with the listeners that end it. */
const endings = new Map<NodeJS.Signals, () => void>();

/** Ends the run by `end` when it receives a signal. */
export function endOnSignal(signal: NodeJS.Signals, end: () => void): void {
  endings.set(signal, end);
  process.on(signal, end);
}

/** Whether the listeners are off. */
let isDeaf = false;

/**
 * For a computation without a pause, in which no listener could be called: from now on a signal ends the process by itself.
 * Unless there are children, which somebody must end.
 */
export function stopListening(): void {
  if (isDeaf || living.size > 0) return;
  for (const [signal, end] of endings) process.off(signal, end);
  isDeaf = true;
}

/** Takes back `stopListening`. */
export function listenAgain(): void {
  if (!isDeaf) return;
  for (const [signal, end] of endings) process.on(signal, end);
  isDeaf = false;
}
