import { cacheKey, inputsOf, inputsUnchanged, readEntry, writeEntry } from './cache.ts';
import type { Cache, Inputs } from './cache.ts';
import { newFileHashes, type FileHashes } from './file-hashes.ts';
import { folderOf, importGraph, type ImportGraph } from './graph.ts';
import type { Environment } from './types.ts';

/** What was last computed for one question about an environment: from which inputs, and under which key. */
interface Answer {
  inputs: Inputs;
  key: string;
}

/** What a caller has already read of an environment. */
export interface Known {
  /** Its import graph. */
  graph?: ImportGraph | undefined;
  /** Hashes of files that don't change while the caller runs. */
  hashes?: FileHashes | undefined;
}

/** Whether a computed value may be kept: one that a deadline cut short may not. */
export interface Computed<T> {
  value: T;
  keep: boolean;
}

/**
 * Answers a question about an environment from the cache, or computes the answer. The key is the content of the import
 * graph, the question and the code that runs; of an unchanged environment not even the graph is read again.
 */
export async function remember<T>(
  environment: Environment,
  cache: Cache | null,
  question: unknown[],
  compute: (graph: ImportGraph) => Promise<Computed<T>>,
  { graph, hashes = newFileHashes() }: Known = {},
): Promise<T> {
  if (cache === null) return (await compute(graph ?? importGraph(environment))).value;
  const asked = [folderOf(environment), environment.libs, ...question];
  const last = cacheKey(asked);
  const answer = readEntry(cache, last) as Answer | undefined;
  if (answer !== undefined && inputsUnchanged(environment.root, answer.inputs, hashes)) {
    const value = readEntry(cache, answer.key);
    if (value !== undefined) return value as T;
  }
  const current = graph ?? importGraph(environment);
  const inputs = inputsOf(current);
  const key = cacheKey(asked, inputs);
  let value = readEntry(cache, key) as T | undefined;
  if (value === undefined) {
    const computed = await compute(current);
    // Somebody may have saved a file between the reading of the graph and the evaluation.
    if (!computed.keep || !inputsUnchanged(environment.root, inputs, newFileHashes())) return computed.value;
    value = computed.value;
    writeEntry(cache, key, value);
  }
  writeEntry(cache, last, { inputs, key } satisfies Answer);
  return value;
}
