// What the proofs found out, as rows that one process after the other appends to a file.
import { appendFileSync } from 'node:fs';
import { readContext } from './context.ts';

/** One row, of one environment. */
export type Row =
  /** So many of so many: a proof whose `done` is less than its `total` fails by itself as well. */
  | { kind: 'count'; environment: string; name: string; done: number; total: number }
  /** Wall-clock time of a phase. */
  | { kind: 'seconds'; environment: string; name: string; seconds: number }
  /** The most resident memory that a process had. */
  | { kind: 'memory'; environment: string; name: string; mebibytes: number }
  /** Something that stood in for what can't run here, or a fact that belongs to the result. */
  | { kind: 'note'; environment: string; name: string; text: string };

function add(row: Row): void {
  appendFileSync(readContext().report, `${JSON.stringify(row)}\n`);
}

const environment = (): string => readContext().environment;

export const report = {
  /** `name` is what was counted: accepted, synced, healthy, parity, … */
  count(name: string, done: number, total: number): void {
    add({ kind: 'count', environment: environment(), name, done, total });
  },
  seconds(name: string, seconds: number): void {
    add({ kind: 'seconds', environment: environment(), name, seconds });
  },
  memory(name: string, mebibytes: number): void {
    add({ kind: 'memory', environment: environment(), name, mebibytes });
  },
  note(name: string, text: string): void {
    add({ kind: 'note', environment: environment(), name, text });
  },
  /** Runs a phase and reports how long it took. */
  async timed<T>(name: string, phase: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await phase();
    } finally {
      report.seconds(name, (performance.now() - start) / 1000);
    }
  },
};
