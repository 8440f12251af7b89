import { getHeapStatistics } from 'node:v8';
import { optimiseWhenLong } from '../jsonnet/command/optimise-later.ts';
import { LimitError } from '../jsonnet/engine/errors.ts';
import { patience, type Limits } from './engine.ts';

/** What the evaluations of one environment take of this process. */
export interface Meter {
  start: () => void;
  /** Ends what `start` began; the processor time that it took, in seconds. */
  stop: () => number;
  /** Throws when a limit is exceeded. */
  check: () => void;
  /** Throws when so many bytes more would exceed the memory. */
  room: (bytes: number) => void;
}

/** Milliseconds between two looks: they cost some microseconds each. */
const interval = 5;

const mebibyte = 1024 * 1024;

/** What Node.js itself takes, which the limit includes: the same limit holds for an engine with a process of its own. */
const ownMemory = 64 * mebibyte;

/** Of the heap that V8 gives at most; above it V8 ends the process. */
const heapShare = 0.8;

/**
 * Looks at the clock when a program asks, and at the processor time and the memory after its first 5 ms: most programs are
 * over by then, and to ask the kernel would cost more than they do. `onLong` is called when a program is not.
 */
export function meter({ seconds, mebibytes }: Limits, onLong: () => void = () => {}): Meter {
  const allowed = Math.min(mebibytes * mebibyte, getHeapStatistics().heap_size_limit * heapShare) - ownMemory;
  // Before anything was evaluated: what a program takes in its first moments counts.
  const base = process.memoryUsage.rss();
  let used = 0;
  let cpuStart: NodeJS.CpuUsage | undefined;
  let clockStart = performance.now();
  let lastLook = clockStart;

  const cpuSeconds = (): number => {
    if (cpuStart === undefined) return Math.min(performance.now() - clockStart, interval) / 1000;
    const { user, system } = process.cpuUsage(cpuStart);
    return interval / 1000 + (user + system) / 1e6;
  };
  const memory = (): number => process.memoryUsage.rss() - base;
  const refuse = (): never => {
    throw new LimitError('memory', `needed more than ${mebibytes} MiB`);
  };
  return {
    start: () => {
      cpuStart = undefined;
      clockStart = lastLook = performance.now();
    },
    stop: () => {
      const taken = cpuSeconds();
      used += taken;
      return taken;
    },
    check: () => {
      const now = performance.now();
      if (now - lastLook < interval) return;
      lastLook = now;
      if (cpuStart === undefined) {
        cpuStart = process.cpuUsage();
        onLong();
      }
      optimiseWhenLong();
      if (used + cpuSeconds() > seconds || (now - clockStart) / 1000 > seconds * patience) {
        throw new LimitError('timeout', `did not finish within ${seconds} s`);
      }
      if (memory() > allowed) refuse();
    },
    room: (bytes) => {
      if (memory() + bytes > allowed) refuse();
    },
  };
}
