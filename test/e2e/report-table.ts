import type { EnvironmentSummary, Summary } from './report-summary.ts';

/** The summary for people: a line per measure, a column per environment, and what stood in for what. */
export function reportTable({ kubernetes, environments }: Summary): string {
  const names = Object.keys(environments);
  const all = Object.values(environments);
  const rows: string[][] = [['', ...names]];
  const section = (title: string, of: (environment: EnvironmentSummary) => Record<string, string>): void => {
    const cells = all.map(of);
    const measures = [...new Set(cells.flatMap((cell) => Object.keys(cell)))];
    if (measures.length === 0) return;
    rows.push([title, ...names.map(() => '')]);
    for (const measure of measures) rows.push([`  ${measure}`, ...cells.map((cell) => cell[measure] ?? '-')]);
  };
  section(`proofs, Kubernetes ${kubernetes}`, ({ proofs }) => proofs);
  section('counts', ({ counts }) => mapValues(counts, ({ done, total }) => `${done}/${total}`));
  section('seconds', ({ seconds }) => mapValues(seconds, (value) => value.toFixed(1)));
  section('peak memory, MiB', ({ memory }) => mapValues(memory, String));
  const notes = new Map(all.flatMap((environment) => Object.entries(environment.notes)));
  return [aligned(rows), ...[...notes].map(([name, text]) => `${name}: ${text}`)].join('\n');
}

function mapValues<T>(record: Record<string, T>, map: (value: T) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function aligned(rows: readonly string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const pad = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
