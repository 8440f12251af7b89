// What came back of what was recorded.
import type { Piece } from './pieces.ts';

export interface Comparison {
  /** How much there was, and how much of that is there again. */
  before: number;
  after: number;
  /** Pieces that are not there as they were, oldest first. */
  missing: Piece[];
  /**
   * Seconds from the oldest thing that is missing to the moment of the loss; 0 when nothing is. Null when something without
   * a time is missing.
   */
  reachesBack: number | null;
}

/** `died`: when everything ended, in seconds since 1970. More of a piece than there was is as good as all of it. */
export function compare(before: readonly Piece[], after: readonly Piece[], died: number): Comparison {
  const now = new Map(after.map(({ id, amount }) => [id, amount]));
  const missing = before
    .map((piece) => ({ ...piece, amount: Math.max(0, piece.amount - (now.get(piece.id) ?? 0)) }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0) || (a.id < b.id ? -1 : 1));
  const sum = (pieces: readonly Piece[]): number => pieces.reduce((total, { amount }) => total + amount, 0);
  const total = sum(before);
  return { before: total, after: total - sum(missing), missing, reachesBack: reachOf(missing, died) };
}

function reachOf(missing: readonly Piece[], died: number): number | null {
  if (missing.length === 0) return 0;
  const times = missing.map(({ at }) => at);
  if (times.includes(undefined)) return null;
  return Math.max(0, Math.ceil(died - (times as number[])[0]!));
}
