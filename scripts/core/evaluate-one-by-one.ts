import { capacityPart, infrastructurePart, infrastructureProgram, isSlice, type Outcome } from './evaluate-outcome.ts';
import type { EvaluationFailure, Session } from './engine.ts';
import type { Evaluator } from './evaluation.ts';
import { failureFinding } from './evaluation-failure.ts';
import type { Diagnostic, Environment } from './types.ts';

/**
 * Evaluates the parts of an environment one after the other in one virtual machine: what they have in common is evaluated
 * once, and a part that fails costs only itself. After a limit is exceeded nothing more is evaluated.
 */
export async function evaluateOneByOne(
  environment: Environment,
  { graph, limits }: Evaluator,
  session: Session,
  only: readonly string[] | undefined,
  onPart: (part: string) => void,
): Promise<Outcome> {
  const failed = new Map<string, Diagnostic>();
  const parts: { name: string; value: unknown }[] = [];
  let keep = true;
  const finding = (failure: EvaluationFailure, part: string | undefined): Diagnostic => {
    if (failure.reason === 'timeout') failure.message = `did not finish within ${limits.seconds} s`;
    keep &&= failure.reason === 'error';
    return failureFinding(environment, graph, failure, isSlice(part) ? undefined : part);
  };

  const listed = await session.evaluate(`local main = import 'main.jsonnet'; (import 'cluster.libsonnet').apps`);
  if ('failure' in listed) return { fatal: finding(listed.failure, undefined), keep };
  const apps = listed.value as string[];
  for (const name of apps) {
    if (only !== undefined && !only.includes(name)) continue;
    onPart(name);
    const evaluation = await session.evaluate(`(import 'main.jsonnet')(${JSON.stringify(name)})`);
    if ('value' in evaluation) parts.push({ name, value: evaluation.value });
    else {
      failed.set(name, finding(evaluation.failure, name));
      if (evaluation.failure.reason === 'timeout') return { failed, fatal: failed.get(name)!, keep };
    }
  }
  const evaluateSlice = async (part: string, program: string): Promise<void> => {
    const evaluation = await session.evaluate(program);
    if ('value' in evaluation) parts.push({ name: part, value: evaluation.value });
    else failed.set(part, finding(evaluation.failure, part));
  };
  if (only === undefined && failed.size === 0) {
    await evaluateSlice(capacityPart, `(import 'cluster.libsonnet').capacity`);
  }
  if (only === undefined) await evaluateSlice(infrastructurePart, infrastructureProgram);
  return { apps, parts, failed, keep };
}
