import { fileURLToPath } from 'node:url';
import { runBounded, type BoundedExit } from './bounded-child.ts';
import { engineMissing } from './engine-node-jsonnet.ts';
import type { Evaluation, EvaluationRequest, Limits } from './engine.ts';

/** What the parent writes to the child's standard input, as one line of JSON. */
export interface ChildRequest {
  root: string;
  libraryPath: string[];
  file: string;
  snippet: string;
  limits: Limits;
}

/** How an evaluation ended, with the processor time that it took in seconds. */
export type ChildVerdict = { seconds: number } & (
  { ok: true } | { error: string } | { exceeded: 'timeout' | 'memory' }
);

/** One line of JSON from the child. After `ok` follows the value, to the end of the stream. */
export type ChildMessage = { enter: string } | ChildVerdict;

/**
 * Evaluates in a child process of its own: a running evaluation can't be cancelled, and some inputs abort the whole
 * process. The child ends by SIGKILL at the deadline or at the memory cap.
 */
export async function evaluateInChild(request: EvaluationRequest): Promise<Evaluation> {
  const { root, libraryPath, file, snippet, limits, onEnter, onTrace } = request;
  const input: ChildRequest = { root, libraryPath, file, snippet, limits };
  let part: string | undefined;
  let verdict: ChildVerdict | undefined;
  const exit = await runBounded({
    script: childScript(),
    input: `${JSON.stringify(input)}\n`,
    limits,
    onLine: (line) => {
      const message = JSON.parse(line) as ChildMessage;
      if (!('enter' in message)) verdict = message;
      else {
        part = message.enter;
        onEnter?.(part);
      }
      return verdict === undefined;
    },
    onErrorLine: (line) => {
      if (line.startsWith('TRACE:')) onTrace?.(line);
    },
  });
  const seconds = verdict?.seconds ?? exit.seconds;
  if (verdict !== undefined && 'ok' in verdict && exit.code === 0) return { seconds, json: exit.rest };
  if (verdict !== undefined && 'error' in verdict) {
    return { seconds, failure: { reason: 'error', message: verdict.error, part } };
  }
  if (/bindings file|ERR_DLOPEN_FAILED|MODULE_NOT_FOUND/.test(exit.errors)) throw engineMissing();
  const exceeded = verdict !== undefined && 'exceeded' in verdict ? verdict.exceeded : undefined;
  return { seconds, failure: { ...ended(limits, exit, exceeded), part } };
}

function ended(
  limits: Limits,
  exit: BoundedExit,
  exceeded: 'timeout' | 'memory' | undefined,
): { reason: 'timeout' | 'memory' | 'crash'; message: string } {
  if (exit.timedOut || exceeded === 'timeout') {
    return { reason: 'timeout', message: `did not finish within ${limits.seconds} s` };
  }
  // The hard limit of the operating system makes an allocation fail before the watch in the child sees the growth.
  if (exceeded === 'memory' || /bad_alloc|out of memory|memory allocation/i.test(exit.errors)) {
    return { reason: 'memory', message: `needed more than ${limits.mebibytes} MiB` };
  }
  const how = exit.signal === null ? `exit code ${exit.code}` : `signal ${exit.signal}`;
  const last = exit.errors.trim().split('\n').at(-1);
  return { reason: 'crash', message: `ended the engine with ${how}${last ? `: ${last}` : ''}` };
}

/** Always the bundled one, which lies beside this module in dist/: a compiler in every child would cost more than the evaluation. */
function childScript(): string {
  const folder = import.meta.url.endsWith('.ts') ? '../../dist/' : './';
  return fileURLToPath(new URL(`${folder}engine-child.js`, import.meta.url));
}
