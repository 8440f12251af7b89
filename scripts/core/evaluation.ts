// What evaluating an environment and evaluating a slice of it share.
import { availableParallelism } from 'node:os';
import pLimit from 'p-limit';
import { openCache, type Cache } from './cache.ts';
import { defaultLimits, type Engine, type EvaluationRequest, type Limits } from './engine.ts';
import { typescriptEngine } from './engine-typescript.ts';
import { folderOf, libraryPath, type ImportGraph } from './graph.ts';
import { remember, type Computed, type Known } from './memo.ts';
import type { Environment } from './types.ts';

export interface EvaluateOptions extends Known {
  /** Default: no more than 30 s and 2 GiB for an environment. */
  limits?: Limits | undefined;
  /** Default: typescript. */
  engine?: Engine | undefined;
  /** Default: the repository's own. null neither reads nor writes one. */
  cache?: Cache | null | undefined;
  /** Receives every line that `std.trace` writes. A cached result writes none. */
  onTrace?: ((line: string) => void) | undefined;
}

/** Everything that one evaluation needs but its snippet. */
export interface Evaluator {
  graph: ImportGraph;
  engine: Engine;
  limits: Limits;
  request: Omit<EvaluationRequest, 'snippet' | 'limits'>;
}

/** Milliseconds below which an evaluation isn't kept: to keep it and to read it again would take as long. */
const cheap = 10;

/** More children than cores would only make each other late, and late means killed. */
const slot = pLimit(availableParallelism());

/** Takes a result from the cache, or computes it when a core is free. `question` tells it from other results. */
export function evaluated<T>(
  environment: Environment,
  options: EvaluateOptions,
  question: unknown[],
  compute: (evaluator: Evaluator) => Promise<Computed<T>>,
): Promise<T> {
  const engine = options.engine ?? typescriptEngine();
  const cache = options.cache === undefined ? openCache(environment.root) : options.cache;
  const inSlot = (graph: ImportGraph): Promise<Computed<T>> => {
    const limits = options.limits ?? defaultLimits;
    const file = `${folderOf(environment)}/(rekindle)`;
    const request = { root: environment.root, libraryPath: libraryPath(environment), file, onTrace: options.onTrace };
    return slot(async () => {
      const start = performance.now();
      const { value, keep } = await compute({ graph, engine, limits, request });
      return { value, keep: keep && performance.now() - start >= cheap };
    });
  };
  return remember(environment, cache, [...question, engine.name, engine.version], inSlot, options);
}

/** Whether an import graph may be handed to an engine: not when the engine would read files that it must not. */
export function mayEvaluate(graph: ImportGraph): boolean {
  return !graph.diagnostics.some(({ rule }) => rule === 'import-outside-repository' || rule === 'source-encoding');
}
