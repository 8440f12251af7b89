import { append, FodderKind, lineEndFodder, type Fodder } from './fodder.ts';
import { byteLength } from './width.ts';

/** The fodder between two tokens: `source.slice(from, to)` is white space and comments. White space at the end of the file is none. */
export function readFodder(source: string, from: number, to: number): Fodder {
  const fodder: Fodder = [];
  // Most gaps are empty or one space.
  if (to - from <= 1 && source.charCodeAt(from) !== 10) return fodder;
  let at = from;
  let isLineStart = from === 0;
  while (at < to) {
    const space = readSpace(source, at, to);
    at = space.end;
    if (at >= source.length) break;
    if (space.lines > 0) {
      fodder.push(lineEndFodder(space.lines - 1, space.indent));
      isLineStart = true;
    }
    if (at >= to) break;
    const isBlock = source.startsWith('/*', at);
    const end = isBlock ? source.indexOf('*/', at + 2) + 2 : lineEndAt(source, at, to);
    const after = readSpace(source, end, to);
    const blanks = Math.max(after.lines - 1, 0);
    const comment = source.slice(at, end);
    if (!isBlock) {
      const kind = isLineStart ? FodderKind.Paragraph : FodderKind.LineEnd;
      fodder.push({ kind, blanks, indent: after.indent, comment: [trimEnd(comment)] });
    } else if (comment.includes('\n')) {
      const margin = byteLength(source.slice(source.lastIndexOf('\n', at) + 1, at));
      const lines = comment.split('\n').map((line) => trimEnd(dropMargin(line, margin)));
      append(fodder, {
        kind: FodderKind.Paragraph,
        blanks,
        indent: after.lines === 0 ? 0 : after.indent,
        comment: lines,
      });
    } else {
      fodder.push({ kind: FodderKind.Interstitial, blanks: 0, indent: 0, comment: [comment] });
      if (after.lines > 0) fodder.push(lineEndFodder(blanks, after.indent));
    }
    isLineStart = after.lines > 0;
    at = after.end;
  }
  return fodder;
}

/** White space from `at`: where it ends, the lines it ends, and the indentation after the last of them; a tab counts eight. */
function readSpace(source: string, at: number, to: number): { end: number; lines: number; indent: number } {
  let lines = 0;
  let indent = 0;
  let end = at;
  for (; end < to; end++) {
    const c = source.charCodeAt(end);
    if (c === 10) {
      lines++;
      indent = 0;
    } else if (c === 32) indent++;
    else if (c === 9) indent += 8;
    else if (c !== 13) break;
  }
  return { end, lines, indent };
}

function lineEndAt(source: string, at: number, to: number): number {
  const found = source.indexOf('\n', at);
  return found === -1 ? to : found;
}

function trimEnd(line: string): string {
  return line.replace(/[ \t\r]+$/, '');
}

/** Takes up to `margin` white space off the start of a line. */
function dropMargin(line: string, margin: number): string {
  let at = 0;
  while (at < margin && ' \t\r'.includes(line.charAt(at)) && at < line.length) at++;
  return line.slice(at);
}
