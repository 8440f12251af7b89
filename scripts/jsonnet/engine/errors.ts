// The errors of the engine. What went wrong is said in go-jsonnet's words, so that both engines can be compared; where it
// went wrong is kept as sites and printed by trace.ts.
import type { Unit } from './unit.ts';

/** A range of a source file from which something is evaluated. */
export interface Site {
  unit: Unit;
  start: number;
  end: number;
}

/** A frame of a trace: a place in the source, what the engine itself was doing, or the field or element that it printed. */
export type TraceFrame = Site | { label: string } | string | number;

export const duringEvaluation: TraceFrame = { label: 'During evaluation' };
export const duringManifestation: TraceFrame = { label: 'During manifestation' };
export const topLevelCall: TraceFrame = { label: 'Top-level function call' };

export function isSite(frame: TraceFrame): frame is Site {
  return typeof frame === 'object' && 'unit' in frame;
}

/** The program was refused while it ran, or before. */
export class JsonnetError extends Error {
  override readonly name = 'JsonnetError';
  /** `static` errors are found before anything is evaluated. */
  readonly kind: 'runtime' | 'static';
  /** Innermost first. */
  readonly frames: TraceFrame[];
  /** Whether the innermost frame is the expression at fault, not only what asked for it. */
  located: boolean;

  constructor(kind: 'runtime' | 'static', message: string, frames: TraceFrame[], located: boolean) {
    super(message);
    this.kind = kind;
    this.frames = frames;
    this.located = located;
  }
}

/** The evaluation was ended from outside: it took too long, too much, or nobody wants it any more. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
  readonly reason: 'timeout' | 'memory' | 'cancelled';

  constructor(reason: 'timeout' | 'memory' | 'cancelled', message: string) {
    super(message);
    this.reason = reason;
  }
}
