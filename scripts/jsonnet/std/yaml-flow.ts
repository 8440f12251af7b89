// Flow collections, `[…]` and `{…}`, and quoted scalars.
import { makeEntries, resolvePlain, tagged } from './yaml-types.ts';
import { checkPlainStart, endsWord, mistake, peek, skipSpaces, skipToContent, type Source } from './yaml-source.ts';

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
    const isPair = skipQuestionMark(source);
    const key = readFlowNode(source);
    skipToContent(source);
    if (isPair || peek(source) === ':') {
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
    skipQuestionMark(source);
    const isMerge = source.text.startsWith('<<', source.at);
    const key = readFlowNode(source);
    skipToContent(source);
    const value = readFlowValue(source);
    if (isMerge && key === '<<') entries.merge(value, source);
    else entries.add(key, value, source);
    endOfItem(source, '}');
  }
}

function endOfItem(source: Source, close: string): void {
  skipToContent(source);
  if (peek(source) === ',') source.at++;
  else if (peek(source) !== close) throw mistake(source, `did not find expected ',' or '${close}'`);
}

/** Skips the sign of a key that is marked as one. Whether there was one. */
function skipQuestionMark(source: Source): boolean {
  if (peek(source) !== '?' || !endsWord(source, 1)) return false;
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
  if (sign === '') throw mistake(source, 'did not find expected node content');
  if (sign === '&' || sign === '!') {
    const word = /^[^\s,[\]{}]+/.exec(source.text.slice(source.at))![0];
    source.at += word.length;
    skipToContent(source);
    const inner = /^[,\]}:]/.test(peek(source)) ? null : readFlowNode(source);
    const value = sign === '!' ? tagged(source, word, inner) : inner;
    if (sign === '&') source.anchors.set(word.slice(1), value);
    return value;
  }
  if (sign === '*') {
    const name = /^\*([^\s,[\]{}]*)/.exec(source.text.slice(source.at))![1]!;
    if (!source.anchors.has(name)) throw mistake(source, `unknown anchor '${name}' referenced`);
    source.at += name.length + 1;
    return source.anchors.get(name);
  }
  if (sign === '[' || sign === '{') return readFlow(source);
  if (sign === '"' || sign === "'") return readQuoted(source);
  return resolvePlain(readFlowPlain(source));
}

/** Nothing more, not even a comment: the scalar may go on in the next line. */
const restOfLine = /[ \t]*\n/y;

function readFlowPlain(source: Source): string {
  checkPlainStart(source);
  if (peek(source) === '-' && endsWord(source, 1)) {
    throw mistake(source, 'block sequence entries are not allowed in this context');
  }
  const parts: string[] = [];
  for (;;) {
    const part =
      /^(?:[^,[\]{}:#\n]|:(?![\s,[\]{}]|$)|(?<=\S)#)+/.exec(source.text.slice(source.at))?.[0].trimEnd() ?? '';
    source.at += part.length;
    parts.push(part);
    restOfLine.lastIndex = source.at;
    if (!restOfLine.test(source.text)) break;
    skipToContent(source);
    if (/^[,[\]{}:#]/.test(peek(source)) || peek(source) === '') break;
  }
  const text = parts.join(' ');
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
    } else if (sign === '\n') text = foldLine(source, text.replace(/[ \t]+$/, ''));
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

function foldLine(source: Source, text: string): string {
  let breaks = 0;
  while (peek(source) === '\n') {
    source.at++;
    breaks++;
    skipSpaces(source);
  }
  return text + (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1));
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
