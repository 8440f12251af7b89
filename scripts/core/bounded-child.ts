import { spawn } from 'node:child_process';
import { living } from './children.ts';
import { patience, type Limits } from './engine.ts';

export interface BoundedRun {
  /** Path of a Node.js script. */
  script: string;
  /** Written to standard input, which stays open: its end tells the child that this process is gone. */
  input: string;
  limits: Limits;
  /** Receives each line that the child writes to file descriptor 3, until it returns false; what follows is `rest`. */
  onLine: (line: string) => boolean;
  /** Receives each line of standard error. */
  onErrorLine: (line: string) => void;
}

export interface BoundedExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  timedOut: boolean;
  /** Wall time. */
  seconds: number;
  /** What came on file descriptor 3 after the last line that `onLine` received. */
  rest: string;
  /** The end of standard error. */
  errors: string;
}

const errorTail = 4096;

/**
 * Address space that a Node.js process takes besides the evaluation, in MiB. The hard limit is the memory cap plus this:
 * it bounds what grows faster than the child can watch itself.
 */
const processOverhead = 512;

/**
 * Runs a script as a child process until it ends, or ends it by SIGKILL when it has taken `patience` times its seconds by
 * the clock. Its processor time it watches itself.
 */
export function runBounded(run: BoundedRun): Promise<BoundedExit> {
  return new Promise((resolve, reject) => {
    const command = [process.execPath, run.script];
    // `exec` makes the shell become the child, so that a signal to its pid reaches it. Where the limit can't be set, the
    // child's own watch remains.
    const limited = `ulimit -d ${(run.limits.mebibytes + processOverhead) * 1024} 2>/dev/null; exec "$0" "$@"`;
    const child = spawn('/bin/sh', ['-c', limited, ...command], { stdio: ['pipe', 'ignore', 'pipe', 'pipe'] });
    living.add(child);

    const start = performance.now();
    let timedOut = false;
    const deadline = setTimeout(
      () => {
        timedOut = true;
        child.kill('SIGKILL');
      },
      run.limits.seconds * patience * 1000,
    );

    const messages = lineReader(child.stdio[3] as NodeJS.ReadableStream, run.onLine);
    let errors = '';
    lineReader(child.stderr as NodeJS.ReadableStream, (line) => {
      run.onErrorLine(line);
      errors = `${errors}${line}\n`.slice(-errorTail);
      return true;
    });

    const finish = (): void => {
      clearTimeout(deadline);
      living.delete(child);
    };
    child.on('error', (error) => {
      finish();
      reject(error);
    });
    child.on('close', (code, signal) => {
      finish();
      resolve({ code, signal, timedOut, seconds: (performance.now() - start) / 1000, rest: messages(), errors });
    });
    // A child that dies at once closes the pipe under the write; its exit says more than EPIPE would.
    child.stdin?.on('error', () => {});
    child.stdin?.write(run.input);
  });
}

/** Splits a stream into lines until `onLine` returns false. The result gives the text after the last line read. */
function lineReader(stream: NodeJS.ReadableStream, onLine: (line: string) => boolean): () => string {
  let open = true;
  let partial = '';
  const rest: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    if (!open) return void rest.push(chunk);
    partial += chunk;
    for (let end = partial.indexOf('\n'); open && end !== -1; end = partial.indexOf('\n')) {
      open = onLine(partial.slice(0, end));
      partial = partial.slice(end + 1);
    }
  });
  return () => partial + rest.join('');
}
