// Flow collections, `[…]` and `{…}`, and quoted scalars.
import { makeEntries, resolvePlain, tagged } from './yaml-types.ts';
import {
  checkPlainStart,
  endsWord,
  folded,
  isSimpleKey,
  mistake,
  peek,
  readAlias,
  readWord,
  skipSpaces,
  skipToContent,
  type Source,
} from './yaml-source.ts';

export function readFlow(source: Source): unknown {
  return peek(source) === '[' ? readFlowSequence(source) : readFlowMapping(source);
}

function readFlowSequence(source: Source): unknown[] {
  source.at++;
  const items: unknown[] = [];
  for (;;) {
    skipToContent(source);
    if (peek(source) === ']') {
      source.at++;
      return items;
    }
    const isMarked = skipQuestionMark(source);
    const key = readFlowKey(source, isMarked, ']');
    if (isMarked || peek(source) === ':') {
      // A pair among the items is a mapping of one key.
      const entries = makeEntries();
      entries.add(key, readFlowValue(source), source);
      items.push(entries.object);
    } else items.push(key);
    endOfItem(source, ']');
  }
}

function readFlowMapping(source: Source): unknown {
  source.at++;
  const entries = makeEntries();
  for (;;) {
    skipToContent(source);
    if (peek(source) === '}') {
      source.at++;
      return entries.object;
    }
    const isMarked = skipQuestionMark(source);
    const isMerge = source.text.startsWith('<<', source.at);
    const key = readFlowKey(source, isMarked, '}');
    const value = readFlowValue(source);
    if (isMerge && key === '<<') entries.merge(value, source);
    else entries.add(key, value, source);
    endOfItem(source, '}');
  }
}

/** A node that may be a key. One that no `?` marks has its colon in the same line. */
function readFlowKey(source: Source, isMarked: boolean, close: string): unknown {
  const from = source.at;
  const key = readFlowNode(source);
  skipToContent(source);
  if (peek(source) === ':' && !isMarked && !isSimpleKey(source, from)) throw unexpected(source, close);
  return key;
}

function endOfItem(source: Source, close: string): void {
  skipToContent(source);
  if (peek(source) === ',') source.at++;
  else if (peek(source) !== close) throw unexpected(source, close);
}

function unexpected(source: Source, close: string): Error {
  return mistake(source, `did not find expected ',' or '${close}'`);
}

/** Skips the sign of a key that is marked as one; here it needs no space after it. Whether there was one. */
function skipQuestionMark(source: Source): boolean {
  if (peek(source) !== '?') return false;
  source.at++;
  skipToContent(source);
  return true;
}

/** What follows a key: its value, or null where there is no colon. */
function readFlowValue(source: Source): unknown {
  if (peek(source) !== ':') return null;
  source.at++;
  skipToContent(source);
  return /^[,\]}]/.test(peek(source)) ? null : readFlowNode(source);
}

function readFlowNode(source: Source): unknown {
  const sign = peek(source);
  if (sign === '' || sign === ':' || sign === '?') throw mistake(source, 'did not find expected node content');
  if (sign === '&' || sign === '!') {
    const property = readWord(source);
    skipToContent(source);
    const inner = /^[,\]}:]/.test(peek(source)) ? null : readFlowNode(source);
    const value = sign === '!' ? tagged(source, property, inner) : inner;
    if (sign === '&') source.anchors.set(property.slice(1), value);
    return value;
  }
  if (sign === '*') return readAlias(source);
  if (sign === '[' || sign === '{') return readFlow(source);
  if (sign === '"' || sign === "'") return readQuoted(source);
  return resolvePlain(readFlowPlain(source));
}

/** What has no white space in it and none of the signs that end a scalar here. */
const word = /(?:[^\s,[\]{}:#?]|:(?!\s|$)|(?<=\S)#)+/y;

/** A scalar without quotes inside of a collection, and the white space after it. */
export function readFlowPlain(source: Source): string {
  checkPlainStart(source);
  if (peek(source) === '-' && endsWord(source, 1)) {
    throw mistake(source, 'block sequence entries are not allowed in this context');
  }
  let text = '';
  let gap = '';
  for (;;) {
    word.lastIndex = source.at;
    const found = word.exec(source.text);
    if (found === null) break;
    text += gap + found[0];
    source.at += found[0].length;
    const end = source.at;
    skipSpaces(source);
    gap = peek(source) === '\n' ? folded(source) : source.text.slice(end, source.at);
  }
  if (text === '') throw mistake(source, 'did not find expected node content');
  return text;
}

/** A scalar in quotes, its lines folded. */
export function readQuoted(source: Source): string {
  const quote = peek(source);
  source.at++;
  let text = '';
  for (;;) {
    const sign = peek(source);
    if (sign === '') throw mistake(source, 'found unexpected end of stream');
    if (sign === quote) {
      source.at++;
      if (quote === '"' || peek(source) !== "'") return text;
      text += "'";
      source.at++;
    } else if (sign === '\n') text = text.replace(/[ \t]+$/, '') + folded(source);
    else if (sign === '\\' && quote === '"') {
      source.at++;
      if (peek(source) === '\n') {
        source.at++;
        skipSpaces(source);
      } else text += readEscape(source);
    } else {
      text += sign;
      source.at++;
    }
  }
}

const escapes: Record<string, string> = Object.fromEntries(
  ['0\0', 'a\x07', 'b\b', 't\t', '\t\t', 'n\n', 'v\v', 'f\f', 'r\r', 'e\x1b', '  ', '""', "''", '\\\\', '//']
    .concat(['N\x85', '_\xa0', 'L\u2028', 'P\u2029'])
    .map(([letter, character]) => [letter, character]),
);

const hexLengths: Record<string, number> = { x: 2, u: 4, U: 8 };

function readEscape(source: Source): string {
  const sign = peek(source);
  source.at++;
  const short = escapes[sign];
  if (short !== undefined) return short;
  const length = hexLengths[sign];
  if (length === undefined) throw mistake(source, 'found unknown escape character');
  const digits = source.text.slice(source.at, source.at + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    throw mistake(source, 'did not find expected hexdecimal number');
  }
  source.at += length;
  const code = parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw mistake(source, 'found invalid Unicode character escape code');
  }
  return String.fromCodePoint(code);
}
