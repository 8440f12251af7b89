import { positionsOf } from './positions.ts';

/** Lines shown before and after the one that is meant. */
const around = 2;

/**
 * The lines of a source around a range, numbered, with carets under the range (under its first line where it has more).
 * Tabs are kept, so that the carets stand right whatever a tab is wide.
 */
export function codeFrame(source: string, start: number, end: number): string {
  const { line, column } = positionsOf(source)(start);
  const lines = source.split('\n');
  const first = Math.max(line - around, 1);
  const last = Math.min(line + around, lines.length);
  const width = String(last).length;
  const frame: string[] = [];
  for (let n = first; n <= last; n++) {
    const text = lines[n - 1]!.replace(/\r$/, '');
    frame.push(`${n === line ? '>' : ' '} ${String(n).padStart(width)} | ${text}`.trimEnd());
    if (n !== line) continue;
    const space = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
    const size = Math.max(Math.min(end - start, text.length - column + 1), 1);
    frame.push(`  ${' '.repeat(width)} | ${space}${'^'.repeat(size)}`);
  }
  return frame.join('\n');
}
