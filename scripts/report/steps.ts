import type { StepResult } from '../core/live/run-steps.ts';

/** One line for each step that is done; for `runSteps`. */
export function stepPrinter(stream: NodeJS.WritableStream): (name: string, done: StepResult | undefined) => void {
  return (name, done) => {
    if (done !== undefined) stream.write(`${done.seconds.toFixed(1).padStart(7)} s  ${name}\n`);
  };
}
