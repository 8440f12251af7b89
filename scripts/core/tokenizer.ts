// The lexical grammar of Jsonnet, as far as it decides where one token ends and the next begins. Import paths are string
// literals by the language's own rule, so these tokens are enough to find every import exactly, without a parser.

export type TokenKind = 'identifier' | 'string' | 'block' | 'number' | 'operator' | 'punctuation' | 'invalid';

export interface Token {
  kind: TokenKind;
  /** Offsets into the source, in UTF-16 units; `end` is exclusive. */
  start: number;
  end: number;
}

const space = /[ \t\r\n]*/y;
const identifier = /[A-Za-z_][A-Za-z0-9_]*/y;
const number = /(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?/y;
const punctuation = /[{}[\](),.;]/y;
const operator = /[!$:~+\-&|^=<>*/%]+/y;
const lineComment = /(?:\/\/|#)[^\n]*/y;
const blockComment = /\/\*[^]*?\*\//y;
const verbatim = /@(?:"(?:[^"]|"")*"|'(?:[^']|'')*')/y;
const quoted = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/y;
const textBlockHead = /\|\|\|-?[ \t\r]*\n/y;

/**
 * The tokens of a Jsonnet source, comments and white space left out. What is no token (an open string, a stray character)
 * becomes one last token of kind `invalid`: the engines report it better, with the grammar at hand.
 */
export function* tokenize(source: string): Generator<Token> {
  let position = 0;
  while (true) {
    position = skipSpace(source, position);
    if (position >= source.length) return;
    const token = next(source, position);
    yield token;
    if (token.kind === 'invalid') return;
    position = token.end;
  }
}

function skipSpace(source: string, start: number): number {
  for (let position = start; ;) {
    const end = match(space, source, position) ?? position;
    const after = match(lineComment, source, end) ?? match(blockComment, source, end);
    if (after === undefined) return end;
    position = after;
  }
}

function next(source: string, start: number): Token {
  if (source.startsWith('|||', start)) {
    const end = textBlockEnd(source, start);
    return end === undefined ? { kind: 'invalid', start, end: source.length } : { kind: 'block', start, end };
  }
  for (const [kind, pattern] of patterns) {
    const end = match(pattern, source, start);
    if (end !== undefined) return { kind, start, end: kind === 'operator' ? operatorEnd(source, start, end) : end };
  }
  return { kind: 'invalid', start, end: source.length };
}

const patterns: [TokenKind, RegExp][] = [
  ['identifier', identifier],
  ['string', quoted],
  ['string', verbatim],
  ['punctuation', punctuation],
  ['number', number],
  ['operator', operator],
];

/** An operator ends where a comment or a text block begins, as in `a +// b` and `a +|||`; an open comment is no operator. */
function operatorEnd(source: string, start: number, end: number): number {
  for (let position = start + 1; position < end; position++) {
    if (/^(?:\/\/|\/\*|\|\|\|)/.test(source.slice(position, position + 3))) return position;
  }
  return end;
}

/** A text block ends at the first line that doesn't begin with the first line's white space; that line must hold `|||`. */
function textBlockEnd(source: string, start: number): number | undefined {
  let line = match(textBlockHead, source, start);
  if (line === undefined) return undefined;
  while (source[line] === '\n') line++;
  const indent = /^[ \t]*/.exec(source.slice(line, lineEnd(source, line)))?.[0] ?? '';
  if (indent === '') return undefined;
  while (source.startsWith(indent, line) || source[line] === '\n') {
    line = lineEnd(source, line) + 1;
    if (line > source.length) return undefined;
  }
  return match(/[ \t]*\|\|\|/y, source, line);
}

function lineEnd(source: string, position: number): number {
  const end = source.indexOf('\n', position);
  return end === -1 ? source.length : end;
}

function match(pattern: RegExp, source: string, position: number): number | undefined {
  pattern.lastIndex = position;
  return pattern.test(source) ? pattern.lastIndex : undefined;
}
