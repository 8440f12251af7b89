// The lexical grammar, as go-jsonnet 0.22 reads it. The current token is module state, not an object: a parser asks for the
// next one some ten thousand times per file, and cold code pays for every allocation and property. Nothing here waits or
// calls back, so two sources are never read at once.
import { JsonnetSyntaxError } from './errors.ts';

/** What a token is. The binary operators come first, in the order of `BinaryOperator`. */
export const enum Token {
  Multiply,
  Divide,
  Remainder,
  Plus,
  Minus,
  ShiftLeft,
  ShiftRight,
  Greater,
  GreaterOrEqual,
  Less,
  LessOrEqual,
  In,
  Equal,
  Unequal,
  BitAnd,
  BitXor,
  BitOr,
  And,
  Or,
  Not,
  BitNot,
  Assign,
  Colon,
  DoubleColon,
  TripleColon,
  PlusColon,
  PlusDoubleColon,
  PlusTripleColon,
  OtherOperator,
  BraceLeft,
  BraceRight,
  BracketLeft,
  BracketRight,
  ParenLeft,
  ParenRight,
  Comma,
  Dot,
  Semicolon,
  Dollar,
  Identifier,
  Number,
  SingleQuoted,
  DoubleQuoted,
  VerbatimSingle,
  VerbatimDouble,
  Block,
  Assert,
  Else,
  Error,
  False,
  For,
  Function,
  If,
  Import,
  ImportStr,
  ImportBin,
  Local,
  Null,
  Self,
  Super,
  Tailstrict,
  Then,
  True,
  End,
}

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

/** Starts to read a source and moves to its first token. `record` collects the start and end of every token, the last one included. */
export function open(source: string, record?: number[]): void {
  text = source;
  length = source.length;
  recorded = record;
  start = end = previousEnd = 0;
  backslash = -1;
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
        return verbatim(at);
      case 124 /* | */:
        if (text.charCodeAt(at + 1) === 124 && text.charCodeAt(at + 2) === 124) return block(at);
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
        if (c >= 48 && c <= 57) return number(at, c);
        throw new JsonnetSyntaxError(`Could not lex the character ${shown(at)}`, at, at + 1);
    }
  }
}

function single(at: number, kind: Token): void {
  start = at;
  end = at + 1;
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

/** Whether a character is part of an operator: ! $ % & * + - / : < = > ^ | ~ */
export function isSymbol(c: number): boolean {
  switch (c) {
    case 33:
    case 36:
    case 37:
    case 38:
    case 42:
    case 43:
    case 45:
    case 47:
    case 58:
    case 60:
    case 61:
    case 62:
    case 94:
    case 124:
    case 126:
      return true;
    default:
      return false;
  }
}

/**
 * An operator is as many symbols as follow each other, up to a comment or a text block. One that ends in + - ~ ! or $ is
 * cut to its first symbol, as go-jsonnet cuts it: `a<-1` is `a < -1`, and `a==-1` is the mistake `a = = -1`.
 */
function operator(at: number, first: number): void {
  start = at;
  let stop = at + 1;
  let last = first;
  for (let c = text.charCodeAt(stop); isSymbol(c); c = text.charCodeAt(stop)) {
    const following = text.charCodeAt(stop + 1);
    if (c === 47 && (following === 47 || following === 42)) break;
    if (c === 124 && following === 124 && text.charCodeAt(stop + 2) === 124) break;
    last = c;
    stop++;
  }
  if (last === 43 || last === 45 || last === 126 || last === 33 || last === 36) stop = at + 1;
  end = stop;
  if (stop === at + 1) token = oneSymbol(first);
  else if (stop === at + 2) token = twoSymbols(first, last);
  else token = manySymbols(text.slice(at, stop));
}

function oneSymbol(c: number): Token {
  switch (c) {
    case 33:
      return Token.Not;
    case 36:
      return Token.Dollar;
    case 37:
      return Token.Remainder;
    case 38:
      return Token.BitAnd;
    case 42:
      return Token.Multiply;
    case 43:
      return Token.Plus;
    case 45:
      return Token.Minus;
    case 47:
      return Token.Divide;
    case 58:
      return Token.Colon;
    case 60:
      return Token.Less;
    case 61:
      return Token.Assign;
    case 62:
      return Token.Greater;
    case 94:
      return Token.BitXor;
    case 124:
      return Token.BitOr;
    default:
      return Token.BitNot;
  }
}

function twoSymbols(first: number, second: number): Token {
  if (second === 58) return first === 58 ? Token.DoubleColon : first === 43 ? Token.PlusColon : Token.OtherOperator;
  if (second === 61) {
    if (first === 61) return Token.Equal;
    if (first === 33) return Token.Unequal;
    if (first === 60) return Token.LessOrEqual;
    if (first === 62) return Token.GreaterOrEqual;
  } else if (first === second) {
    if (first === 38) return Token.And;
    if (first === 124) return Token.Or;
    if (first === 60) return Token.ShiftLeft;
    if (first === 62) return Token.ShiftRight;
  }
  return Token.OtherOperator;
}

function manySymbols(symbols: string): Token {
  if (symbols === ':::') return Token.TripleColon;
  if (symbols === '+::') return Token.PlusDoubleColon;
  return symbols === '+:::' ? Token.PlusTripleColon : Token.OtherOperator;
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

/** Digits from `at`, with single underscores between them, or `at` where there are none. */
function digits(at: number): number {
  let c = text.charCodeAt(at);
  if (!(c >= 48 && c <= 57)) return at;
  let stop = at;
  for (;;) {
    c = text.charCodeAt(++stop);
    if (c === 95) {
      c = text.charCodeAt(++stop);
      if (!(c >= 48 && c <= 57)) badNumber(`junk after '_': ${shown(stop)}`, stop);
    } else if (!(c >= 48 && c <= 57)) return stop;
  }
}

function number(at: number, first: number): void {
  start = at;
  let stop = at + 1;
  if (first !== 48) stop = digits(at);
  else if (text.charCodeAt(stop) === 95) badNumber('_ not allowed after leading 0', stop);
  if (text.charCodeAt(stop) === 46) {
    const fraction = digits(stop + 1);
    if (fraction === stop + 1) badNumber(`junk after decimal point: ${shown(fraction)}`, fraction);
    stop = fraction;
  }
  const letter = text.charCodeAt(stop);
  if (letter === 69 || letter === 101) {
    const sign = text.charCodeAt(stop + 1);
    const from = sign === 43 || sign === 45 ? stop + 2 : stop + 1;
    stop = digits(from);
    if (stop === from) badNumber(`junk after exponent: ${shown(from)}`, from);
  }
  end = stop;
  token = Token.Number;
}

function badNumber(reason: string, at: number): never {
  throw new JsonnetSyntaxError(`Couldn't lex number, ${reason}`, at, Math.min(at + 1, length));
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

function verbatim(at: number): void {
  const quote = text.charAt(at + 1);
  if (quote !== '"' && quote !== "'") {
    throw new JsonnetSyntaxError(`Couldn't lex verbatim string, junk after '@': ${shown(at + 1)}`, at, at + 1);
  }
  for (let from = at + 2; ; from += 2) {
    from = text.indexOf(quote, from);
    if (from === -1) throw new JsonnetSyntaxError('Unterminated String', at, at + 1);
    if (text.charAt(from + 1) !== quote) {
      start = at;
      end = from + 1;
      token = quote === '"' ? Token.VerbatimDouble : Token.VerbatimSingle;
      return;
    }
  }
}

/** A text block ends before the first line that does not begin with the first line's white space; that line must hold |||. */
function block(at: number): void {
  let line = at + (text.charCodeAt(at + 3) === 45 ? 4 : 3);
  for (let c = text.charCodeAt(line); c === 32 || c === 9 || c === 13; c = text.charCodeAt(line)) line++;
  if (text.charCodeAt(line) !== 10) badBlock('Text block requires new line after |||.', at);
  line++;
  while (text.charCodeAt(line) === 10) line++;
  const indentEnd = spaceEnd(line);
  if (indentEnd === line) badBlock("Text block's first line must start with whitespace", at);
  const indent = text.slice(line, indentEnd);
  while (text.startsWith(indent, line)) {
    line = text.indexOf('\n', line + indent.length) + 1;
    if (line === 0) badBlock('Text block is not terminated with ||| before the end of the file', at);
    while (text.charCodeAt(line) === 10) line++;
  }
  const terminator = spaceEnd(line);
  if (!text.startsWith('|||', terminator)) badBlock('Text block not terminated with |||', at);
  start = at;
  end = terminator + 3;
  token = Token.Block;
}

function spaceEnd(at: number): number {
  let stop = at;
  for (let c = text.charCodeAt(stop); c === 32 || c === 9; c = text.charCodeAt(stop)) stop++;
  return stop;
}

function badBlock(message: string, at: number): never {
  throw new JsonnetSyntaxError(message, at, at + 3);
}

function shown(at: number): string {
  if (at >= length) return 'end of file';
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return /[\x21-\x7e]/.test(character) ? `'${character}'` : `'\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}'`;
}
