// Steps one after the other. What was done stays done: whoever starts again goes through all of them, and those that find
// nothing to do take a moment.
import type { Step } from './install.ts';

export interface StepResult {
  name: string;
  seconds: number;
}

/** Runs steps in their order; `say` is told of each before and after it. The error of one that fails names it. */
export async function runSteps(
  steps: readonly Step[],
  say: (step: string, done: StepResult | undefined) => void,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const { name, run } of steps) {
    say(name, undefined);
    const start = performance.now();
    try {
      await run();
    } catch (error) {
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
    const result = { name, seconds: (performance.now() - start) / 1000 };
    results.push(result);
    say(name, result);
  }
  return results;
}
