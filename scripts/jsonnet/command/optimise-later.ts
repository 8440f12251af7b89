import { setFlagsFromString } from 'node:v8';

/** Milliseconds after the start of the process for which nothing is optimised. */
const delay = 1500;

let isOff = false;

/**
 * Keeps V8's optimising compiler from running in a short process: it takes as much processor time as a whole cold
 * evaluation, for code that has run before it is done. Whoever evaluates calls `optimiseWhenLong` now and then, which lets
 * it run in a process that turns out to be a long one.
 */
export function optimiseLater(): void {
  if (performance.now() > delay) return;
  setFlagsFromString('--no-opt');
  isOff = true;
  setTimeout(optimiseWhenLong, delay).unref();
}

export function optimiseWhenLong(): void {
  if (!isOff || performance.now() < delay) return;
  setFlagsFromString('--opt');
  isOff = false;
}
