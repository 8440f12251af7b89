import { cacheKey, inputsOf, inputsUnchanged, readEntry, writeEntry, type Cache, type Inputs } from './cache.ts';
import { folderOf, importGraph, type ImportGraph } from './graph.ts';
import type { Environment } from './types.ts';

/** What was last computed for one question about an environment: from which inputs, and under which key. */
export interface Answer {
  inputs: Inputs;
  key: string;
}

/** Whether a computed value may be kept: one that a deadline cut short may not. */
export interface Computed<T> {
  value: T;
  keep: boolean;
}

/**
 * Answers a question about an environment from the cache, or computes the answer. The key is the content of the import
 * graph, the question and the code that runs; an unchanged environment isn't even tokenized.
 */
export async function remember<T>(
  environment: Environment,
  cache: Cache | null,
  question: unknown[],
  compute: (graph: ImportGraph) => Promise<Computed<T>>,
): Promise<T> {
  if (cache === null) return (await compute(importGraph(environment))).value;
  const known = lastAnswer(environment, cache, question);
  if (known !== undefined) {
    const value = readEntry(cache, known.key);
    if (value !== undefined) return value as T;
  }
  const graph = importGraph(environment);
  const inputs = inputsOf(graph);
  const key = cacheKey(questionOf(environment, question), inputs);
  let value = readEntry(cache, key) as T | undefined;
  if (value === undefined) {
    const computed = await compute(graph);
    if (!computed.keep) return computed.value;
    value = computed.value;
    writeEntry(cache, key, value);
  }
  writeEntry(cache, cacheKey(questionOf(environment, question)), { inputs, key } satisfies Answer);
  return value;
}

/** The last answer to a question, when none of its inputs has changed since. */
export function lastAnswer(environment: Environment, cache: Cache, question: unknown[]): Answer | undefined {
  const answer = readEntry(cache, cacheKey(questionOf(environment, question))) as Answer | undefined;
  return answer !== undefined && inputsUnchanged(environment.root, answer.inputs) ? answer : undefined;
}

function questionOf(environment: Environment, question: unknown[]): unknown[] {
  return [folderOf(environment), environment.libs, ...question];
}
