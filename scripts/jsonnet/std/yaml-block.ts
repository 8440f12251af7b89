// Blocks: what YAML says by indentation.
import { makeEntries, resolvePlain, tagged, type Entries } from './yaml-types.ts';
import { readBlockScalar } from './yaml-block-scalar.ts';
import { readFlow, readQuoted } from './yaml-flow.ts';
import {
  atDocumentEnd,
  checkPlainStart,
  columnOf,
  endsWord,
  isSimpleKey,
  lineEnd,
  mistake,
  peek,
  readAlias,
  readWord,
  skipSpaces,
  skipToContent,
  type Source,
} from './yaml-source.ts';

/** The node that follows, indented by more than `parent`. Null when there is none. */
export function readBlock(source: Source, parent: number, isValue = false): unknown {
  const broke = skipToContent(source) || columnOf(source) === 0;
  const column = columnOf(source);
  if (peek(source) === '' || (broke && atDocumentEnd(source))) return null;
  if (broke && column <= parent) {
    // A sequence may stand as far left as the key it belongs to.
    const isSequence = isValue && column === parent && peek(source) === '-' && endsWord(source, 1);
    return isSequence ? readSequence(source, column, true) : null;
  }
  const properties = readProperties(source);
  if (properties !== undefined) {
    const isBroken = skipSpacesToBreak(source);
    const inner =
      isBroken || !startsMapping(source) ? readBlock(source, parent, isValue) : readMapping(source, columnOf(source));
    return remember(source, properties, tagged(source, properties.tag, inner));
  }
  const inLine = !broke;
  if (peek(source) === '-' && endsWord(source, 1)) {
    if (inLine && isValue) throw mistake(source, 'block sequence entries are not allowed in this context');
    return readSequence(source, column, false);
  }
  if (peek(source) === '|' || peek(source) === '>') return readBlockScalar(source, parent);
  if (startsMapping(source)) {
    if (inLine && isValue) throw mistake(source, 'mapping values are not allowed in this context');
    return readMapping(source, column);
  }
  return readInline(source, parent);
}

interface Properties {
  anchor: string | undefined;
  tag: string | undefined;
}

function readProperties(source: Source): Properties | undefined {
  let found: Properties | undefined;
  for (;;) {
    const sign = peek(source);
    if (sign !== '&' && sign !== '!') return found;
    const word = readWord(source);
    found ??= { anchor: undefined, tag: undefined };
    if (sign === '&') found.anchor = word.slice(1);
    else found.tag = word;
    if (peek(source) !== '\n') skipSpaces(source);
  }
}

function skipSpacesToBreak(source: Source): boolean {
  skipSpaces(source);
  return peek(source) === '\n' || peek(source) === '#';
}

function remember<T>(source: Source, { anchor }: Properties, value: T): T {
  if (anchor !== undefined) source.anchors.set(anchor, value);
  return value;
}

/** A scalar, an alias or a flow collection. */
function readInline(source: Source, parent: number): unknown {
  const sign = peek(source);
  if (sign === '*') return readAlias(source);
  let value: unknown;
  if (sign === '"' || sign === "'") value = readQuoted(source);
  else if (sign === '[' || sign === '{') value = readFlow(source);
  else return resolvePlain(readPlain(source, parent));
  skipSpaces(source);
  const isRoot = parent === -1;
  if (!isRoot && peek(source) !== '\n' && peek(source) !== '#' && peek(source) !== '') {
    throw mistake(source, 'did not find expected key');
  }
  return value;
}

/** A scalar without quotes; lines that are indented further continue it, but not after a comment. */
function readPlain(source: Source, parent: number): string {
  checkPlainStart(source);
  let text = plainLine(source);
  for (;;) {
    const before = source.at;
    if (peek(source) !== '\n') return text;
    let breaks = 0;
    while (/^[ \t]*\n/.test(source.text.slice(source.at, lineEnd(source) + 1)) && peek(source) !== '') {
      source.at = lineEnd(source) + 1;
      breaks++;
    }
    skipSpaces(source);
    if (peek(source) === '' || columnOf(source) <= parent || peek(source) === '#' || atDocumentEnd(source)) {
      source.at = before;
      return text;
    }
    const next = plainLine(source);
    if (peek(source) === ':') throw mistake(source, 'mapping values are not allowed in this context');
    text += breaks > 1 ? '\n'.repeat(breaks - 1) + next : ` ${next}`;
  }
}

function plainLine(source: Source): string {
  const line = source.text.slice(source.at, lineEnd(source));
  const end = line.search(/:(?=[ \t]|$)|[ \t]#/);
  const text = (end === -1 ? line : line.slice(0, end)).trimEnd();
  source.at += text.length;
  skipSpaces(source);
  return text;
}

/** Whether a key with its colon stands on this line. */
function startsMapping(source: Source): boolean {
  if (peek(source) === '?' && endsWord(source, 1)) return true;
  const probe: Source = { ...source, anchors: new Map(source.anchors) };
  try {
    readKey(probe);
  } catch {
    return false;
  }
  if (!isSimpleKey(probe, source.at)) return false;
  skipSpaces(probe);
  return peek(probe) === ':' && endsWord(probe, 1);
}

function readKey(source: Source): unknown {
  const properties = readProperties(source);
  const sign = peek(source);
  let key: unknown;
  if (sign === '"' || sign === "'") key = readQuoted(source);
  else if (sign === '[' || sign === '{') key = readFlow(source);
  else if (sign === '*') key = readAlias(source);
  else {
    checkPlainStart(source);
    const text = plainLine(source);
    key = text === '<<' ? mergeKey : resolvePlain(text);
  }
  return properties === undefined ? key : remember(source, properties, tagged(source, properties.tag, key));
}

const mergeKey = Symbol('<<');

function readMapping(source: Source, column: number): unknown {
  const entries: Entries = makeEntries();
  for (;;) {
    let key: unknown;
    if (peek(source) === '?' && endsWord(source, 1)) {
      source.at++;
      key = readBlock(source, column);
      skipToContent(source);
      if (peek(source) !== ':' || columnOf(source) !== column) key = entries.add(key, null, source);
      else {
        source.at++;
        entries.add(key, readBlock(source, column, true), source);
      }
    } else {
      key = readKey(source);
      skipSpaces(source);
      if (peek(source) !== ':' || !endsWord(source, 1)) throw mistake(source, "could not find expected ':'");
      source.at++;
      const value = readBlock(source, column, true);
      if (key === mergeKey) entries.merge(value, source);
      else entries.add(key, value, source);
    }
    skipToContent(source);
    const next = columnOf(source);
    if (peek(source) === '' || next < column || atDocumentEnd(source)) return entries.object;
    if (next > column || (peek(source) === '-' && endsWord(source, 1))) {
      throw mistake(source, 'did not find expected key');
    }
  }
}

/** `isValue`: of the key that stands as far left, so that another key may follow. */
function readSequence(source: Source, column: number, isValue: boolean): unknown[] {
  const items: unknown[] = [];
  for (;;) {
    source.at++;
    items.push(readBlock(source, column));
    skipToContent(source);
    if (columnOf(source) !== column || peek(source) !== '-' || !endsWord(source, 1)) {
      const isMore = columnOf(source) > column || (columnOf(source) === column && !isValue && !atDocumentEnd(source));
      if (peek(source) !== '' && isMore) throw mistake(source, "did not find expected '-' indicator");
      return items;
    }
    if (atDocumentEnd(source)) return items;
  }
}
