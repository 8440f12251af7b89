// Steps one after the other. What was done stays done: whoever starts again goes through all of them, and those that find
// nothing to do take a moment.
import type { Step } from './install.ts';

export interface StepResult {
  name: string;
  seconds: number;
}

/** Does something, and says how long it took. */
export async function timed<T>(name: string, run: () => Promise<T>): Promise<{ value: T; step: StepResult }> {
  const start = performance.now();
  const value = await run();
  return { value, step: { name, seconds: (performance.now() - start) / 1000 } };
}

/** Runs steps in their order; `say` is told of each before and after it. The error of one that fails names it. */
export async function runSteps(
  steps: readonly Step[],
  say: (step: string, done: StepResult | undefined) => void,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { name, run } of steps) {
    say(name, undefined);
    try {
      const { step } = await timed(name, run);
      results.push(step);
    } catch (error) {
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
    say(name, results.at(-1));
  }
  return results;
}
