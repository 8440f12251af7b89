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

export function meter({ seconds, mebibytes }: Limits): Meter {
  const base = process.memoryUsage.rss();
  const allowed = Math.min(mebibytes * mebibyte, getHeapStatistics().heap_size_limit * heapShare) - ownMemory;
  let used = 0;
  let cpuStart = process.cpuUsage();
  let clockStart = performance.now();
  let lastLook = clockStart;

  const cpuSeconds = (): number => {
    const { user, system } = process.cpuUsage(cpuStart);
    return (user + system) / 1e6;
  };
  const refuse = (): never => {
    throw new LimitError('memory', `needed more than ${mebibytes} MiB`);
  };
  return {
    start: () => {
      cpuStart = process.cpuUsage();
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
      optimiseWhenLong();
      if (used + cpuSeconds() > seconds || (now - clockStart) / 1000 > seconds * patience) {
        throw new LimitError('timeout', `did not finish within ${seconds} s`);
      }
      if (process.memoryUsage.rss() - base > allowed) refuse();
    },
    room: (bytes) => {
      if (process.memoryUsage.rss() - base + bytes > allowed) refuse();
    },
  };
}
