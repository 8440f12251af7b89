// All rows of a run as one object: what rendered/e2e.json holds.
import { readFileSync } from 'node:fs';
import type { Outcome } from './cli/run-proofs.ts';
import type { Row } from './report.ts';

export interface EnvironmentSummary {
  /** Proofs that hold and those that don't, by name. */
  proofs: Record<string, 'holds' | 'fails'>;
  counts: Record<string, { done: number; total: number }>;
  /** Wall-clock seconds; of a phase that several proofs went through, the longest. */
  seconds: Record<string, number>;
  /** Peak resident memory in MiB; of a process that several proofs started, the largest. */
  memory: Record<string, number>;
  notes: Record<string, string>;
}

export interface Summary {
  kubernetes: string;
  passed: boolean;
  environments: Record<string, EnvironmentSummary>;
}

export function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

export function summaryOf(rows: readonly Row[], outcomes: readonly Outcome[], kubernetes: string): Summary {
  const environments: Record<string, EnvironmentSummary> = {};
  const of = (name: string): EnvironmentSummary =>
    (environments[name] ??= { proofs: {}, counts: {}, seconds: {}, memory: {}, notes: {} });
  for (const { environment, proof, passed, seconds } of outcomes) {
    of(environment).proofs[proof] = passed ? 'holds' : 'fails';
    of(environment).seconds[`proof ${proof}`] = round(seconds);
  }
  for (const row of rows) {
    const { counts, seconds, memory, notes } = of(row.environment);
    const { name } = row;
    if (row.kind === 'count') counts[name] = { done: row.done, total: row.total };
    else if (row.kind === 'seconds') seconds[name] = Math.max(seconds[name] ?? 0, round(row.seconds));
    else if (row.kind === 'memory') memory[name] = Math.max(memory[name] ?? 0, row.mebibytes);
    else notes[name] = row.text;
  }
  return { kubernetes, passed: outcomes.length > 0 && outcomes.every(({ passed }) => passed), environments };
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
