import { readFodder } from './read-fodder.ts';
import type { Tok } from './tree.ts';

/** The tokens of a source on the way from the first to the last. */
export interface Cursor {
  source: string;
  /** Start and end of every token, one after the other. */
  tokens: number[];
  /** Index of the next token's start in `tokens`. */
  next: number;
}

export function take(cursor: Cursor): Tok {
  const { source, tokens, next } = cursor;
  cursor.next = next + 2;
  const previous = next === 0 ? 0 : tokens[next - 1]!;
  return { text: source.slice(tokens[next], tokens[next + 1]), fodder: readFodder(source, previous, tokens[next]!) };
}

export function takeFixed(cursor: Cursor): Tok {
  return { ...take(cursor), isFixed: true };
}

export function peek({ source, tokens, next }: Cursor): string {
  return source.slice(tokens[next], tokens[next + 1]);
}

export function takeIf(cursor: Cursor, text: string): Tok | undefined {
  return peek(cursor) === text ? take(cursor) : undefined;
}
