// Evaluation by the engine in scripts/jsonnet, in this process: no other has to start. The program counts its steps, so it
// ends itself at its limits.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { optimiseLater } from '../jsonnet/command/optimise-later.ts';
import { duringManifestation, JsonnetError, LimitError } from '../jsonnet/engine/errors.ts';
import { openEvaluation, type EvaluateOptions, type Evaluation as OpenEvaluation } from '../jsonnet/engine/evaluate.ts';
import { manifestData, manifestJson } from '../jsonnet/engine/manifest.ts';
import { makeUnitCache } from '../jsonnet/engine/run.ts';
import { formatError } from '../jsonnet/engine/trace.ts';
import type { Value } from '../jsonnet/engine/value.ts';
import { listenAgain, stopListening } from './children.ts';
import type { Evaluation, EvaluationFailure, EvaluationRequest, Limits, Session, SessionEvaluation } from './engine.ts';
import { meter } from './engine-meter.ts';
import { toEvaluationError } from './engine-typescript-error.ts';
import { repositoryHost } from './engine-typescript-host.ts';
import type { ImportGraph } from './graph.ts';

optimiseLater();

/** Parsed files of all environments and evaluations. */
const cache = makeUnitCache();

type Request = Omit<EvaluationRequest, 'snippet'> & { graph?: ImportGraph };

/** What one program came to, in the form that the caller wants it in. */
type Outcome<T> = { seconds: number } & ({ value: T } | { failure: EvaluationFailure });

export async function evaluateOnce({ snippet, ...request }: EvaluationRequest): Promise<Evaluation> {
  const outcome = await machineOf(request)(snippet, (value) => manifestJson(value, duringManifestation));
  return 'value' in outcome ? { seconds: outcome.seconds, json: `${outcome.value}\n` } : outcome;
}

export function openSession(request: Request): Session {
  const evaluate = machineOf(request);
  return {
    evaluate: (snippet): Promise<SessionEvaluation> =>
      evaluate(snippet, (value) => manifestData(value, duringManifestation)),
  };
}

/** A virtual machine: evaluates programs one after the other. */
function machineOf(request: Request) {
  const { limits, file } = request;
  // Turning listeners off and on again costs more than a small program.
  const taken = meter(limits, stopListening);
  let part: string | undefined;
  const options: EvaluateOptions = {
    host: repositoryHost(request.root, request.libraryPath, request.graph),
    cache,
    natives: {
      enter: {
        parameters: ['part'],
        call: (name) => {
          part = String(name);
          request.onEnter?.(part);
          return name;
        },
      },
    },
    onTrace: request.onTrace,
    check: taken.check,
    room: taken.room,
  };
  const evaluation: OpenEvaluation = openEvaluation(options);
  return async <T>(snippet: string, manifest: (value: Value) => T): Promise<Outcome<T>> => {
    await breathe();
    part = undefined;
    taken.start();
    try {
      const evaluated = evaluation.program(file, file, snippet);
      const value = evaluation.within(() => manifest(evaluated));
      return { seconds: taken.stop(), value };
    } catch (error) {
      return { seconds: taken.stop(), failure: { ...failureOf(error, limits), part } };
    } finally {
      listenAgain();
    }
  };
}

/** Milliseconds that programs may follow each other before signals are heard and timers run. */
const breath = 20;

let lastBreath = performance.now();

async function breathe(): Promise<void> {
  if (performance.now() - lastBreath < breath) return;
  await nextTurn();
  lastBreath = performance.now();
}

function failureOf(error: unknown, limits: Limits): Omit<EvaluationFailure, 'part'> {
  if (error instanceof JsonnetError) {
    return { reason: 'error', message: formatError(error), error: toEvaluationError(error) };
  }
  if (error instanceof LimitError) {
    return { reason: error.reason === 'timeout' ? 'timeout' : 'memory', message: error.message };
  }
  if (error instanceof RangeError && /string length|array length|allocation failed/i.test(error.message)) {
    return { reason: 'memory', message: `needed more than ${limits.mebibytes} MiB` };
  }
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    // Within 500 frames only expressions that are nested by the hundred come so far.
    return { reason: 'error', message: 'RUNTIME ERROR: max stack frames exceeded: expressions are nested too deeply' };
  }
  throw error;
}
