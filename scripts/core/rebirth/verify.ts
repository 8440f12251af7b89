// Asks for everything that was recorded until it is there, or as long as it may take to be found.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Signal } from '../live/signals.ts';
import { compare, type Comparison } from './compare.ts';
import type { Drill } from './file.ts';
import { readAgain, type Reach, type RecordedSignal } from './record.ts';

export interface Outcome extends Comparison {
  component: string;
  name: string;
  unit: string;
  /** How many seconds back may be missing: 0 in an orderly drill. */
  allowed: number;
  /** Seconds from the first question until the answer that counts. */
  seconds: number;
  /** Why it could not be asked at last; undefined when it could. */
  error?: string;
}

/** Is nothing missing that may not be? */
export function holds({ error, reachesBack, allowed }: Outcome): boolean {
  return error === undefined && reachesBack !== null && reachesBack <= allowed;
}

export interface VerifyOptions extends Reach {
  signals: readonly Signal[];
  onOutcome(outcome: Outcome): void;
  /** Seconds until the second question; later ones come more slowly, each once a minute at last. Default: 10. */
  interval?: number;
}

/** Every signal of a drill, one after the other. */
export async function verify(drill: Drill, options: VerifyOptions): Promise<Outcome[]> {
  // What one waits for, the next has waited for too.
  const start = performance.now();
  const outcomes: Outcome[] = [];
  for (const recorded of drill.record.signals) {
    const outcome = await verifyOne(recorded, drill, options, start);
    options.onOutcome(outcome);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function verifyOne(
  recorded: RecordedSignal,
  { kind, record, died }: Drill,
  { signals, interval = 10, ...reach }: VerifyOptions,
  start: number,
): Promise<Outcome> {
  const { component, name, unit, pieces, found, lost } = recorded;
  // A piece is as old as its step begins, so that it may seem older than it is by that.
  const allowed = kind === 'orderly' ? 0 : lost === 0 ? 0 : lost + record.spans[0]!.step;
  for (let pause = interval; ; pause = Math.min(60, pause * 1.5)) {
    const seconds = (performance.now() - start) / 1000;
    const last = seconds > found;
    try {
      const result = compare(pieces, await readAgain(recorded, signals, record.spans, reach), died);
      const outcome: Outcome = { component, name, unit, allowed, seconds, ...result };
      if (result.missing.length === 0 || last) return outcome;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown);
      if (last) return { component, name, unit, allowed, seconds, ...compare(pieces, [], died), error };
    }
    await sleep(pause * 1000);
  }
}
