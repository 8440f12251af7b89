// Fodder: the line ends, blank lines and comments before a token, in the model of jsonnetfmt, so that its output can be met.

export const enum FodderKind {
  /** A line ends here, perhaps after one comment. */
  LineEnd,
  /** A comment between two tokens of a line. */
  Interstitial,
  /** A comment that has its lines to itself. */
  Paragraph,
}

export interface FodderElement {
  kind: FodderKind;
  /** Blank lines after it. */
  blanks: number;
  /** Columns by which what follows is indented. */
  indent: number;
  /** The comment's lines, with its marks; empty for a bare line end. */
  comment: string[];
}

export type Fodder = FodderElement[];

export function lineEndFodder(blanks = 0, indent = 0): FodderElement {
  return { kind: FodderKind.LineEnd, blanks, indent, comment: [] };
}

/** Whether a line ends within it. */
export function hasLineEnd(fodder: Fodder): boolean {
  return fodder.some((element) => element.kind !== FodderKind.Interstitial);
}

export function hasComment(fodder: Fodder): boolean {
  return fodder.some((element) => element.comment.length > 0);
}

/** Whether what follows begins a line. */
function endsLine(fodder: Fodder): boolean {
  return fodder.length > 0 && fodder.at(-1)!.kind !== FodderKind.Interstitial;
}

/** Adds an element so that no line end follows another, and that a paragraph begins its line. */
export function append(fodder: Fodder, element: FodderElement): void {
  if (!endsLine(fodder)) {
    if (element.kind === FodderKind.Paragraph) fodder.push(lineEndFodder(0, element.indent));
    fodder.push(element);
  } else if (element.kind !== FodderKind.LineEnd) fodder.push(element);
  else if (element.comment.length > 0) fodder.push({ ...element, kind: FodderKind.Paragraph });
  else {
    const last = fodder.at(-1)!;
    last.indent = element.indent;
    last.blanks += element.blanks;
  }
}

/** One fodder after another; both are used up. */
export function concat(before: Fodder, after: Fodder): Fodder {
  if (before.length === 0) return after;
  const [first, ...rest] = after;
  if (first === undefined) return before;
  append(before, first);
  before.push(...rest);
  return before;
}

/** Makes sure that what follows begins a line. */
export function ensureLineEnd(fodder: Fodder): void {
  if (!endsLine(fodder)) append(fodder, lineEndFodder());
}
