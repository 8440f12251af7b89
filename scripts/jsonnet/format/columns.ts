// Where printing would be, in columns, and how deep the next line goes.
import { FodderKind, type Fodder } from './fodder.ts';
import type { Tok } from './tree.ts';
import { byteLength } from './width.ts';

/** `base` is the column from which deeper levels count, `line` that of a new line. */
export interface Indent {
  base: number;
  line: number;
}

/** Moves along as tokens are laid out. */
export interface Columns {
  /** The column that is reached. */
  at: number;
  /** Indents the fodder before a token and moves past it; `last` is for the line on which the token stands. */
  fill(fodder: Fodder, isCrowded: boolean, isSeparate: boolean, line: number, last?: number): void;
  /** The same, and past the token. */
  token(token: Tok, isCrowded: boolean, isSeparate: boolean, line: number, last?: number): void;
  /** Of what follows: lined up at `line`, or a level deeper where its first part begins a line. */
  deeper(first: Fodder, indent: Indent, line: number, isStrong?: boolean): Indent;
  /** As `deeper`, but on the same level where the first part begins a line. */
  aligned(first: Fodder, indent: Indent, line: number, isStrong?: boolean): Indent;
}

/** Columns with `step` of them to a level. */
export function columnsOf(step: number): Columns {
  return {
    at: 0,
    fill(fodder, isCrowded, isSeparate, line, last = line) {
      setIndents(fodder, line, last);
      let crowded = isCrowded;
      for (const { kind, indent, comment } of fodder) {
        if (kind === FodderKind.Interstitial) this.at += (crowded ? 1 : 0) + byteLength(comment[0]!);
        else this.at = indent;
        crowded = kind === FodderKind.Interstitial;
      }
      if (isSeparate && crowded) this.at++;
    },
    token({ fodder, text }, isCrowded, isSeparate, line, last = line) {
      this.fill(fodder, isCrowded, isSeparate, line, last);
      this.at += text.length;
    },
    deeper(first, indent, line, isStrong = false) {
      if (!startsLine(first)) return { base: isStrong ? line : indent.base, line };
      return { base: indent.base + step, line: indent.base + step };
    },
    aligned(first, indent, line, isStrong = false) {
      return startsLine(first) ? indent : { base: isStrong ? line : indent.base, line };
    },
  };
}

function startsLine(fodder: Fodder): boolean {
  return fodder.length > 0 && fodder[0]!.kind !== FodderKind.Interstitial;
}

/** All but the last line get one indentation, the last another. */
export function setIndents(fodder: Fodder, line: number, last: number): void {
  const lines = fodder.filter(({ kind }) => kind !== FodderKind.Interstitial);
  for (const [i, element] of lines.entries()) element.indent = i === lines.length - 1 ? last : line;
}
