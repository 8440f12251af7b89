// What a record is made of: pieces that can be asked for again. Whatever the signal, comparing is comparing amounts.

/** Something that was there: lines or samples of one job in a few seconds, a trace, a dashboard, a certificate. */
export interface Piece {
  /** Unique in its signal. */
  id: string;
  /** When it came in, at the earliest, in seconds since 1970; undefined for what has no time. */
  at?: number;
  /** How many lines, samples or spans. */
  amount: number;
}

/** A stretch of time to look at, in whole seconds since 1970, in parts of `step` seconds. */
export interface Span {
  from: number;
  to: number;
  step: number;
}

/** Asks an API: a path with its query, and gives the answer as JSON; undefined for one that is not found. */
export type Ask = (path: string) => Promise<unknown>;

/** How the pieces of one kind of signal are read. */
export interface Reader {
  /** What one piece counts. */
  unit: string;
  /** What is there in these stretches. */
  record(ask: Ask, spans: readonly Span[]): Promise<Piece[]>;
  /** The same pieces once more, as far as they are there. */
  again(ask: Ask, spans: readonly Span[], pieces: readonly Piece[]): Promise<Piece[]>;
}
