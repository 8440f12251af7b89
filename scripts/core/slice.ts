import { evaluated, mayEvaluate, type EvaluateOptions } from './evaluation.ts';
import { failureFinding } from './evaluation-failure.ts';
import type { Diagnostic, Environment } from './types.ts';

/** A slice's value as JSON data, or why there is none. */
export type SliceResult = { value: unknown } | { diagnostics: Diagnostic[] };

/**
 * Evaluates one field of an environment's cluster object (`settings`, `secrets`, `capacity`, `traffic`, `schema`, …),
 * within the same limits and from the same cache as its manifests.
 */
export function slice(environment: Environment, name: string, options: EvaluateOptions = {}): Promise<SliceResult> {
  const snippet = `{ value: (import 'cluster.libsonnet')[${JSON.stringify(name)}] }`;
  return evaluated(environment, options, ['slice', name], async ({ graph, engine, request, limits }) => {
    if (!mayEvaluate(graph)) return { keep: true, value: { diagnostics: graph.diagnostics } };
    const evaluation = await engine.evaluate({ ...request, snippet, limits });
    if ('json' in evaluation) return { keep: true, value: JSON.parse(evaluation.json) as SliceResult };
    const { failure } = evaluation;
    const diagnostics = [failureFinding(environment, graph, failure, undefined)];
    return { keep: failure.reason === 'error', value: { diagnostics } };
  });
}
