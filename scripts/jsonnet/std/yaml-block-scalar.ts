// Scalars that are written as indented lines below `|` or `>`.
import { lineEnd, mistake, type Source } from './yaml-source.ts';

/** `|` keeps line breaks, `>` folds them; `-` drops those at the end, `+` keeps them all. */
export function readBlockScalar(source: Source, parent: number): string {
  const header = /^([|>])([-+]?)([1-9]?)([-+]?)[ \t]*(?:#.*)?(?=\n|$)/.exec(
    source.text.slice(source.at, lineEnd(source)),
  );
  if (header === null) throw mistake(source, 'did not find expected comment or line break');
  const [, style, chompBefore, digit, chompAfter] = header;
  const chomp = chompBefore || chompAfter;
  source.at = lineEnd(source) + 1;
  const indent = digit === '' ? contentColumn(source, parent) : Math.max(parent, 0) + Number(digit);
  const lines: string[] = [];
  while (source.at < source.text.length) {
    const line = source.text.slice(source.at, lineEnd(source));
    const spaces = spacesBefore(source, line, indent);
    const isBlank = spaces === line.length;
    if (!isBlank && spaces < indent) break;
    lines.push(isBlank && spaces < indent ? '' : line.slice(indent));
    source.at = lineEnd(source) + 1;
  }
  // The position goes back to the line break, so that whoever continues sees a new line.
  source.at = Math.max(0, source.at - 1);
  const end = lines.findLastIndex((line) => line !== '') + 1;
  const body = lines.slice(0, end);
  const trailing = lines.length - end;
  const text = style === '|' ? body.join('\n') : fold(body);
  if (chomp === '-' || (end === 0 && chomp !== '+')) return text;
  return text + '\n'.repeat(chomp === '+' ? trailing + (end === 0 ? 0 : 1) : 1);
}

/** Where the lines of a block scalar begin: as far to the right as the first that isn't blank, and as blank ones before it. */
function contentColumn(source: Source, parent: number): number {
  let column = Math.max(parent + 1, 1);
  for (const line of source.text.slice(source.at).split('\n')) {
    const spaces = spacesBefore(source, line, Infinity);
    column = Math.max(column, spaces);
    if (spaces < line.length) break;
  }
  return column;
}

function spacesBefore(source: Source, line: string, indent: number): number {
  const spaces = /^ */.exec(line)![0].length;
  if (spaces < indent && line[spaces] === '\t') {
    throw mistake(source, 'found a tab character where an indentation space is expected');
  }
  return spaces;
}

/** Joins lines by spaces, but for lines that are indented further and for empty ones. */
function fold(lines: readonly string[]): string {
  let text = '';
  let pendingBreaks = 0;
  lines.forEach((line, index) => {
    if (index === 0) {
      text = line;
      return;
    }
    pendingBreaks++;
    if (line === '') return;
    const previous = lines.slice(0, index).findLast((each) => each !== '') ?? '';
    const isMore = /^[ \t]/.test(line) || /^[ \t]/.test(previous);
    if (isMore || text === '') text += '\n'.repeat(pendingBreaks);
    else text += pendingBreaks === 1 ? ' ' : '\n'.repeat(pendingBreaks - 1);
    text += line;
    pendingBreaks = 0;
  });
  return text;
}
