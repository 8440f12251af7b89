// Programs that run as long as the rig does.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessSpec {
  /** Names the log file. */
  name: string;
  /** The program and its arguments. */
  command: readonly string[];
  /** The whole environment of the process but PATH, HOME and TMPDIR, which it gets unless they are given here. */
  env?: Record<string, string>;
  cwd?: string;
  /** Network namespace to run in, as `PodNetwork.enter` says; default that of the nodes. */
  enter?: readonly string[];
  /** Called again and again until it doesn't throw. Default: running is ready. */
  ready?: () => Promise<unknown>;
  /** How long it may take to become ready. Default: 60. */
  readySeconds?: number;
}

export interface RunningProcess {
  name: string;
  pid: number;
  /** Path of the file with what it writes. */
  log: string;
  /** How it ended; undefined while it runs. */
  ended(): string | undefined;
  /** The last lines of its log. */
  tail(lines?: number): string;
  /** The most resident memory that it had so far, in MiB; 0 when it has ended. */
  memory(): number;
  /** Ends it, by SIGKILL when it has not gone after ten seconds. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program and waits until it is ready. It keeps nothing alive: it is the namespace that ends it. One that ends
 * before it is ready, or is not ready in time, is an error that quotes its log.
 */
export async function startProcess(spec: ProcessSpec, folder: string): Promise<RunningProcess> {
  const log = `${folder}/${spec.name}.log`;
  const file = openSync(log, 'a');
  const [command, ...args] = [...(spec.enter ?? []), ...spec.command];
  const { PATH = '/usr/sbin:/usr/bin:/sbin:/bin', HOME = '/root', TMPDIR = '/tmp' } = process.env;
  const child = spawn(command!, args, {
    env: { PATH, HOME, TMPDIR, ...spec.env },
    ...(spec.cwd !== undefined && { cwd: spec.cwd }),
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  let end: string | undefined;
  child.on('error', (error) => (end = error.message));
  child.on('exit', (code, signal) => (end ??= signal === null ? `exit code ${code}` : signal));
  child.unref();
  const running: RunningProcess = {
    name: spec.name,
    pid: child.pid ?? 0,
    log,
    ended: () => end,
    tail: (lines = 20) => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n'),
    memory: () => (end === undefined ? residentPeak(child.pid!) : 0),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      for (let waited = 0; end === undefined && waited < 10_000; waited += 50) await sleep(50);
      if (end === undefined) child.kill('SIGKILL');
    },
  };
  await waitUntilReady(running, spec);
  return running;
}

async function waitUntilReady(running: RunningProcess, { ready, readySeconds = 60, name }: ProcessSpec): Promise<void> {
  const deadline = performance.now() + readySeconds * 1000;
  while (true) {
    // One turn, so that a program that isn't there is noticed.
    await sleep(20);
    const end = running.ended();
    if (end !== undefined)
      throw new Error(`${name} ended at its start (${end}); ${running.log} ends with\n${running.tail()}`);
    try {
      await ready?.();
      return;
    } catch (error) {
      if (performance.now() > deadline) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(
          `${name} is not ready after ${readySeconds} s (${why}); ${running.log} ends with\n${running.tail()}`,
          { cause: error },
        );
      }
      await sleep(200);
    }
  }
}

/** VmHWM of a process in MiB. */
function residentPeak(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kibibytes ?? 0) / 1024);
}
