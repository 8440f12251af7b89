// Programs that nest deeper than JavaScript's stack allows run again on a thread with a larger one.
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { JsonnetError } from '../engine/errors.ts';
import { formatReport } from '../engine/trace.ts';
import type { Settings } from './arguments.ts';
import { fileHost } from './file-host.ts';
import { evaluateProgram, type Program } from './evaluate.ts';

interface Task {
  program: Program;
  settings: Settings;
}

type Answer = { line: string } | { result: string | Map<string, string> } | { failure: string };

/** MiB: what 500 frames may need, and more for more. Memory is taken only as the stack grows. */
function stackSize(maxStack: number): number {
  return Math.min(3900, Math.max(256, Math.ceil(maxStack / 64)));
}

export function evaluateOnLargeStack(program: Program, settings: Settings): Promise<string | Map<string, string>> {
  return new Promise((resolve, reject) => {
    const task: Task = { program, settings };
    const worker = new Worker(fileURLToPath(import.meta.url), {
      workerData: task,
      resourceLimits: { stackSizeMb: stackSize(settings.maxStack) },
    });
    worker.on('message', (message: Answer) => {
      if ('line' in message) process.stderr.write(`${message.line}\n`);
      else if ('result' in message) resolve(message.result);
      else reject(new Error(message.failure));
    });
    worker.on('error', reject);
  });
}

function answer(message: Answer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort!.postMessage(message);
}

/** What the thread does. */
export function work(): void {
  const { program, settings } = workerData as Task;
  try {
    const host = fileHost(settings.libraryPath);
    answer({ result: evaluateProgram(program, settings, host, (line) => answer({ line })) });
  } catch (error) {
    if (error instanceof JsonnetError) answer({ failure: formatReport(error, settings.maxTrace) });
    else if (error instanceof RangeError) answer({ failure: 'RUNTIME ERROR: max stack frames exceeded.' });
    else throw error;
  }
}

export const isWorker = !isMainThread;
