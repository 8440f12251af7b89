// The state of the evaluation that runs: how deep it is, from where each level was asked for, and what it may still take.
// There is one: JavaScript runs one evaluation at a time, and none is interrupted.
import { JsonnetError, type Site, type TraceFrame } from './errors.ts';
import { Tag, type Frame, type Lazy, type Thunk, type Value } from './value.ts';

/** Frames that a program may stack by default, as in both other engines. */
export const defaultMaxStack = 500;

/** Steps between two looks at the clock and the memory. */
const stepsBetweenChecks = 4096;

export const machine = {
  /** Calls, thunks and fields that are being evaluated. */
  depth: 0,
  maxDepth: defaultMaxStack,
  /** From where each of them was asked for. */
  sites: [] as (TraceFrame | undefined)[],
  /** Counts down to the next check. */
  steps: stepsBetweenChecks,
  /** Throws when the evaluation must end. */
  check: undefined as (() => void) | undefined,
  /** Throws when there is no room for so many bytes. */
  room: undefined as ((bytes: number) => void) | undefined,
  /** Of the native function that runs now, where it matters. */
  callSite: undefined as Site | undefined,
};

/** Opens a level of evaluation; whoever calls it closes it by `machine.depth--`. */
export function enter(site: TraceFrame | undefined): void {
  if (machine.depth >= machine.maxDepth) throw tooDeep(site);
  machine.sites[machine.depth++] = site;
}

export function tooDeep(site: TraceFrame | undefined): JsonnetError {
  const error = fail('max stack frames exceeded.');
  if (site !== undefined) error.frames.unshift(site);
  error.located = true;
  return error;
}

/** Counts a step of a loop that may be long. */
export function step(): void {
  if (--machine.steps <= 0) checkLimits();
}

export function checkLimits(): void {
  machine.steps = stepsBetweenChecks;
  machine.check?.();
}

/** An error at `site`, or at whatever asked for what is evaluated now. */
export function fail(message: string, site?: Site): JsonnetError {
  const frames: TraceFrame[] = [];
  if (site !== undefined) frames.push(site);
  for (let level = machine.depth - 1; level >= 0; level--) {
    const frame = machine.sites[level];
    if (frame !== undefined) frames.push(frame);
  }
  return new JsonnetError('runtime', message, frames, site !== undefined);
}

/** Gives an error that a native function raised the place of its call. */
export function locate(error: unknown, site: Site): unknown {
  if (error instanceof JsonnetError && !error.located) {
    error.frames.unshift(site);
    error.located = true;
  }
  return error;
}

export function forceThunk(thunk: Thunk, site: TraceFrame | undefined): Value {
  const { code } = thunk;
  if (code === undefined) return thunk.value!;
  if (machine.depth >= machine.maxDepth) throw tooDeep(site);
  machine.sites[machine.depth++] = site;
  if (--machine.steps <= 0) checkLimits();
  const value = code(thunk.frame!);
  machine.depth--;
  thunk.value = value;
  thunk.code = undefined;
  thunk.frame = undefined;
  return value;
}

export function force(lazy: Lazy, site?: TraceFrame): Value {
  return typeof lazy === 'object' && lazy !== null && lazy.tag === Tag.Thunk ? forceThunk(lazy, site) : lazy;
}

/** The value of an element, which then stands in place of what computed it. */
export function element(items: Lazy[], index: number, site?: TraceFrame): Value {
  const lazy = items[index]!;
  if (typeof lazy !== 'object' || lazy === null || lazy.tag !== Tag.Thunk) return lazy;
  return (items[index] = forceThunk(lazy, site));
}

/** A frame inside `outer` with room for `size` slots, slot 0 included. */
export function makeFrame(size: number, outer: Frame): Frame {
  switch (size) {
    case 1:
      return [outer];
    case 2:
      return [outer, undefined];
    case 3:
      return [outer, undefined, undefined];
    case 4:
      return [outer, undefined, undefined, undefined];
    case 5:
      return [outer, undefined, undefined, undefined, undefined];
    case 6:
      return [outer, undefined, undefined, undefined, undefined, undefined];
    case 7:
      return [outer, undefined, undefined, undefined, undefined, undefined, undefined];
    case 8:
      return [outer, undefined, undefined, undefined, undefined, undefined, undefined, undefined];
    default: {
      const frame: Frame = [outer, undefined, undefined, undefined, undefined, undefined, undefined, undefined];
      while (frame.length < size) frame.push(undefined);
      return frame;
    }
  }
}
