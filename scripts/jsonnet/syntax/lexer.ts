// The lexical grammar, as go-jsonnet 0.22 reads it. The current token is module state, not an object: a parser asks for the
// next one some ten thousand times per file, and cold code pays for every allocation and property. Nothing here waits or
// calls back, so two sources are never read at once.
import { JsonnetSyntaxError } from './errors.ts';
import { blockEnd, numberEnd, shown, verbatimEnd } from './literals.ts';
import { isSymbol, operatorToken } from './symbols.ts';
import { Token } from './token.ts';

/** The source being read. */
export let text = '';
/** The current token and its place. */
export let token: Token = Token.End;
export let start = 0;
export let end = 0;
/** Where the token before the current one ended. */
export let previousEnd = 0;

let length = 0;
/** The nearest backslash at or after the last place that was asked for. */
let backslash = -1;
let recorded: number[] | undefined;
/** Where the symbols that were last looked at end, and the last of them: where a run of them is cut, each asks again. */
let symbolsEnd = 0;
let lastSymbol = 0;

/** Starts to read a source and moves to its first token. `record` collects the start and end of every token, the last one included. */
export function open(source: string, record?: number[]): void {
  text = source;
  length = source.length;
  recorded = record;
  start = end = previousEnd = 0;
  backslash = -1;
  symbolsEnd = 0;
  next();
}

/** Lets go of the source. */
export function close(): void {
  text = '';
  recorded = undefined;
}

/** Moves to the next token, past white space and comments. */
export function next(): void {
  previousEnd = end;
  scan();
  if (recorded !== undefined) recorded.push(start, end);
}

function scan(): void {
  let at = end;
  for (;;) {
    if (at >= length) {
      start = end = length;
      token = Token.End;
      return;
    }
    const c = text.charCodeAt(at);
    switch (c) {
      case 9 /* tab */:
      case 10 /* line feed */:
      case 13 /* carriage return */:
      case 32 /* space */:
        at++;
        continue;
      case 35 /* # */:
        at = lineEnd(at);
        continue;
      case 47 /* / */: {
        const second = text.charCodeAt(at + 1);
        if (second === 47) {
          at = lineEnd(at);
          continue;
        }
        if (second === 42 /* * */) {
          at = commentEnd(at);
          continue;
        }
        return operator(at, c);
      }
      case 123:
        return single(at, Token.BraceLeft);
      case 125:
        return single(at, Token.BraceRight);
      case 91:
        return single(at, Token.BracketLeft);
      case 93:
        return single(at, Token.BracketRight);
      case 40:
        return single(at, Token.ParenLeft);
      case 41:
        return single(at, Token.ParenRight);
      case 44:
        return single(at, Token.Comma);
      case 46:
        return single(at, Token.Dot);
      case 59:
        return single(at, Token.Semicolon);
      case 34 /* " */:
        return quoted(at, '"', Token.DoubleQuoted);
      case 39 /* ' */:
        return quoted(at, "'", Token.SingleQuoted);
      case 64 /* @ */:
        return upTo(
          verbatimEnd(text, at),
          at,
          text.charCodeAt(at + 1) === 34 ? Token.VerbatimDouble : Token.VerbatimSingle,
        );
      case 124 /* | */:
        if (text.charCodeAt(at + 1) === 124 && text.charCodeAt(at + 2) === 124)
          return upTo(blockEnd(text, at), at, Token.Block);
        return operator(at, c);
      case 33:
      case 36:
      case 37:
      case 38:
      case 42:
      case 43:
      case 45:
      case 58:
      case 60:
      case 61:
      case 62:
      case 94:
      case 126:
        return operator(at, c);
      default:
        if (isLetter(c)) return word(at, c);
        if (c >= 48 && c <= 57) return upTo(numberEnd(text, at), at, Token.Number);
        throw new JsonnetSyntaxError(`Could not lex the character ${shown(text, at)}`, at, at + 1);
    }
  }
}

function single(at: number, kind: Token): void {
  start = at;
  end = at + 1;
  token = kind;
}

function upTo(stop: number, at: number, kind: Token): void {
  start = at;
  end = stop;
  token = kind;
}

function lineEnd(at: number): number {
  const found = text.indexOf('\n', at);
  return found === -1 ? length : found;
}

function commentEnd(at: number): number {
  const found = text.indexOf('*/', at + 2);
  if (found === -1) throw new JsonnetSyntaxError('Multi-line comment has no terminating */', at, at + 2);
  return found + 2;
}

function isLetter(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95;
}

/**
 * An operator is as many symbols as follow each other, up to a comment or a text block. One that ends in + - ~ ! or $ is
 * cut to its first symbol, as go-jsonnet cuts it: `a<-1` is `a < -1`, and `a==-1` is the mistake `a = = -1`.
 */
function operator(at: number, first: number): void {
  if (at >= symbolsEnd) findSymbols(at, first);
  const isCut = lastSymbol === 43 || lastSymbol === 45 || lastSymbol === 126 || lastSymbol === 33 || lastSymbol === 36;
  start = at;
  end = isCut ? at + 1 : symbolsEnd;
  token = operatorToken(text, at, end, first, lastSymbol);
}

function findSymbols(at: number, first: number): void {
  symbolsEnd = at + 1;
  lastSymbol = first;
  for (let c = text.charCodeAt(symbolsEnd); isSymbol(c); c = text.charCodeAt(symbolsEnd)) {
    const following = text.charCodeAt(symbolsEnd + 1);
    if (c === 47 && (following === 47 || following === 42)) break;
    if (c === 124 && following === 124 && text.charCodeAt(symbolsEnd + 2) === 124) break;
    lastSymbol = c;
    symbolsEnd++;
  }
}

function word(at: number, first: number): void {
  start = at;
  let stop = at + 1;
  for (let c = text.charCodeAt(stop); isLetter(c) || (c >= 48 && c <= 57); c = text.charCodeAt(stop)) stop++;
  end = stop;
  // No keyword is shorter or longer than these or begins with another letter than these.
  const size = stop - at;
  token = size >= 2 && size <= 10 && first >= 97 && first <= 116 ? keyword(at, size, first) : Token.Identifier;
}

function keyword(at: number, size: number, first: number): Token {
  switch (first) {
    case 97 /* a */:
      return is('assert', at, size, Token.Assert);
    case 101 /* e */:
      return size === 4 ? is('else', at, size, Token.Else) : is('error', at, size, Token.Error);
    case 102 /* f */:
      if (size === 3) return is('for', at, size, Token.For);
      return size === 5 ? is('false', at, size, Token.False) : is('function', at, size, Token.Function);
    case 105 /* i */:
      if (size === 2) return is('if', at, size, Token.If) === Token.If ? Token.If : is('in', at, size, Token.In);
      if (size === 6) return is('import', at, size, Token.Import);
      return is('importstr', at, size, Token.ImportStr) === Token.ImportStr
        ? Token.ImportStr
        : is('importbin', at, size, Token.ImportBin);
    case 108 /* l */:
      return is('local', at, size, Token.Local);
    case 110 /* n */:
      return is('null', at, size, Token.Null);
    case 115 /* s */:
      return size === 4 ? is('self', at, size, Token.Self) : is('super', at, size, Token.Super);
    case 116 /* t */:
      if (size === 10) return is('tailstrict', at, size, Token.Tailstrict);
      return is('then', at, size, Token.Then) === Token.Then ? Token.Then : is('true', at, size, Token.True);
    default:
      return Token.Identifier;
  }
}

function is(expected: string, at: number, size: number, kind: Token): Token {
  return size === expected.length && text.startsWith(expected, at) ? kind : Token.Identifier;
}

function quoted(at: number, quote: string, kind: Token): void {
  let from = at + 1;
  for (;;) {
    const found = text.indexOf(quote, from);
    if (found === -1) throw new JsonnetSyntaxError('Unterminated String', at, at + 1);
    if (backslash < from && backslash !== length) {
      backslash = text.indexOf('\\', from);
      if (backslash === -1) backslash = length;
    }
    if (backslash > found) {
      start = at;
      end = found + 1;
      token = kind;
      return;
    }
    from = backslash + 2;
  }
}
