import { cacheKey, inputsOf, inputsUnchanged, readEntry, writeEntry, writeJson } from './cache.ts';
import type { Cache, Inputs } from './cache.ts';
import { newFileHashes, type FileHashes } from './file-hashes.ts';
import { folderOf, importGraph, type ImportGraph } from './graph.ts';
import type { Environment } from './types.ts';

/** What was last computed for one question about an environment: from which inputs, and under which key. */
interface Answer {
  inputs: Inputs;
  key: string;
  /** A small value, which would not be worth an entry of its own. */
  value?: unknown;
}

/** Characters of JSON that a small value takes at most. */
const small = 16_384;

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
    const value = valueOf(cache, answer);
    if (value !== undefined) return value as T;
  }
  const current = graph ?? importGraph(environment);
  const inputs = inputsOf(current);
  const key = cacheKey(asked, inputs);
  let value = readEntry(cache, key) as T | undefined;
  if (value === undefined) {
    const computed = await compute(current);
    // Somebody may have saved a file between the reading of the graph and the evaluation.
    if (!computed.keep || !inputsUnchanged(environment.root, inputs, hashes.afresh())) return computed.value;
    value = computed.value;
  }
  // Whoever goes back to the state of before finds its answer.
  if (answer?.value !== undefined && answer.key !== key) writeEntry(cache, answer.key, answer.value);
  const json = JSON.stringify(value);
  if (json.length > small) writeJson(cache, key, json);
  writeEntry(cache, last, { inputs, key, ...(json.length <= small && { value }) } satisfies Answer);
  return value;
}

function valueOf(cache: Cache, { key, value }: Answer): unknown {
  return value === undefined ? readEntry(cache, key) : value;
}
