// Evaluates a program once more, so that every value knows its origin. What goes wrong in a program is the engine's to say:
// trace what has been evaluated.
import { LimitError } from '../engine/errors.ts';
import { openEvaluation, type EvaluateOptions } from '../engine/evaluate.ts';
import { currentRun, loadUnit } from '../engine/run.ts';
import { toEngine } from './bridge.ts';
import { evaluate } from './evaluate.ts';
import { rootEnv } from './import.ts';
import { manifestData } from '../engine/manifest.ts';
import { apply } from './call.ts';
import { isTracedFunction, type Traced } from './value.ts';

export interface Tracing {
  root: Traced;
  /** Runs what looks at the values, which are computed when they are asked for. */
  within: <T>(look: () => T) => T;
}

/**
 * Traces a program. `name` is for messages, `file` for its imports. A program that is a function is called without
 * arguments. Throws what the program throws, and a `LimitError` when it nests deeper than the stack allows.
 */
export function trace(name: string, file: string, source: string, options: EvaluateOptions): Tracing {
  // The engine has been within its limit; here its frames lie between others.
  const evaluation = openEvaluation({ ...options, maxStack: Infinity });
  const within = <T>(look: () => T): T => evaluation.within(() => bounded(look));
  const root = within(() => {
    const unit = loadUnit(currentRun().cache, name, file, source);
    const traced = evaluate(unit.root, rootEnv(unit));
    if (!isTracedFunction(traced.value)) return traced;
    const { site } = traced.origin;
    return apply(traced.value, [], new Map(), site, rootEnv(unit));
  });
  return { root, within };
}

/** A value as data of JavaScript, as the program would be printed. */
export function dataOf(traced: Traced): unknown {
  return manifestData(toEngine(traced.value));
}

function bounded<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LimitError('memory', 'nests too deep to be traced');
  }
}
