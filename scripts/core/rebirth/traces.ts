// Traces: a sample of them from every part of the time, each with its spans. Afterwards the same ones are asked for by ID.
import type { Ask, Piece, Reader, Span } from './pieces.ts';

/** How many traces of each part. */
const sample = 4;
/** How many of the newest parts are one step long, and into how many the time before is divided. */
const parts = { newest: 60, older: 40 };

interface Found {
  traces?: { traceID: string; startTimeUnixNano: string }[];
}

interface Trace {
  trace?: { resourceSpans?: { scopeSpans?: { spans?: unknown[] }[] }[] };
}

/** A stretch in parts, the newest first: fine where a loss would be, coarse before. */
export function partsOf({ from, to, step }: Span): { start: number; end: number }[] {
  const newest = Math.max(from, to - parts.newest * step);
  const width = Math.max(step, Math.ceil((newest - from) / parts.older));
  const divide = (start: number, end: number, size: number): { start: number; end: number }[] =>
    Array.from({ length: Math.ceil((end - start) / size) }, (_, index) => ({
      start: Math.max(start, end - (index + 1) * size),
      end: end - index * size,
    }));
  return [...divide(newest, to, step), ...divide(from, newest, width)];
}

/** How many spans of a trace there are, 0 for one that is unknown. */
async function spansOf(ask: Ask, id: string): Promise<number> {
  const { trace } = ((await ask(`/api/v2/traces/${id}`)) ?? {}) as Trace;
  const scopes = (trace?.resourceSpans ?? []).flatMap(({ scopeSpans = [] }) => scopeSpans);
  return scopes.reduce((sum, { spans = [] }) => sum + spans.length, 0);
}

export const traces: Reader = {
  unit: 'spans',
  async record(ask, spans) {
    const found = new Map<string, number>();
    for (const { start, end } of spans.flatMap(partsOf)) {
      const query = new URLSearchParams({ q: '{}', start: `${start}`, end: `${end}`, limit: `${sample}` });
      const { traces: some = [] } = (await ask(`/api/search?${query.toString()}`)) as Found;
      for (const { traceID, startTimeUnixNano } of some)
        found.set(traceID, Math.floor(Number(BigInt(startTimeUnixNano) / 1_000_000_000n)));
    }
    const pieces: Piece[] = [];
    for (const [id, at] of found) pieces.push({ id, at, amount: await spansOf(ask, id) });
    return pieces;
  },
  async again(ask, _, pieces) {
    const now: Piece[] = [];
    for (const piece of pieces) now.push({ ...piece, amount: await spansOf(ask, piece.id) });
    return now;
  },
};
