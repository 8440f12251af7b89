// Where literals end. A mistake in one throws JsonnetSyntaxError.
import { JsonnetSyntaxError } from './errors.ts';

/** Digits from `at`, with single underscores between them, or `at` where there are none. */
function digits(text: string, at: number): number {
  let c = text.charCodeAt(at);
  if (!(c >= 48 && c <= 57)) return at;
  let stop = at;
  for (;;) {
    c = text.charCodeAt(++stop);
    if (c === 95) {
      c = text.charCodeAt(++stop);
      if (!(c >= 48 && c <= 57)) badNumber(text, `junk after '_': ${shown(text, stop)}`, stop);
    } else if (!(c >= 48 && c <= 57)) return stop;
  }
}

/** Where the number ends that begins at `at`. */
export function numberEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  let stop = at + 1;
  if (first !== 48) stop = digits(text, at);
  else if (text.charCodeAt(stop) === 95) badNumber(text, '_ not allowed after leading 0', stop);
  if (text.charCodeAt(stop) === 46) {
    const fraction = digits(text, stop + 1);
    if (fraction === stop + 1) badNumber(text, `junk after decimal point: ${shown(text, fraction)}`, fraction);
    stop = fraction;
  }
  const letter = text.charCodeAt(stop);
  if (letter === 69 || letter === 101) {
    const sign = text.charCodeAt(stop + 1);
    const from = sign === 43 || sign === 45 ? stop + 2 : stop + 1;
    stop = digits(text, from);
    if (stop === from) badNumber(text, `junk after exponent: ${shown(text, from)}`, from);
  }
  return stop;
}

function badNumber(text: string, reason: string, at: number): never {
  throw new JsonnetSyntaxError(`Couldn't lex number, ${reason}`, at, Math.min(at + 1, text.length));
}

/** Where the string ends that begins with an @ at `at`. */
export function verbatimEnd(text: string, at: number): number {
  const quote = text.charAt(at + 1);
  if (quote !== '"' && quote !== "'") {
    throw new JsonnetSyntaxError(`Couldn't lex verbatim string, junk after '@': ${shown(text, at + 1)}`, at, at + 1);
  }
  for (let from = at + 2; ; from += 2) {
    from = text.indexOf(quote, from);
    if (from === -1) throw new JsonnetSyntaxError('Unterminated String', at, at + 1);
    if (text.charAt(from + 1) !== quote) return from + 1;
  }
}

/** A text block ends before the first line that does not begin with the first line's white space; that line must hold |||. */
export function blockEnd(text: string, at: number): number {
  let line = at + (text.charCodeAt(at + 3) === 45 ? 4 : 3);
  for (let c = text.charCodeAt(line); c === 32 || c === 9 || c === 13; c = text.charCodeAt(line)) line++;
  if (text.charCodeAt(line) !== 10) badBlock('Text block requires new line after |||.', at);
  line++;
  while (text.charCodeAt(line) === 10) line++;
  const indentEnd = spaceEnd(text, line);
  if (indentEnd === line) badBlock("Text block's first line must start with whitespace", at);
  const indent = text.slice(line, indentEnd);
  while (text.startsWith(indent, line)) {
    line = text.indexOf('\n', line + indent.length) + 1;
    if (line === 0) badBlock('Text block is not terminated with ||| before the end of the file', at);
    while (text.charCodeAt(line) === 10) line++;
  }
  const terminator = spaceEnd(text, line);
  if (!text.startsWith('|||', terminator)) badBlock('Text block not terminated with |||', at);
  return terminator + 3;
}

function spaceEnd(text: string, at: number): number {
  let stop = at;
  for (let c = text.charCodeAt(stop); c === 32 || c === 9; c = text.charCodeAt(stop)) stop++;
  return stop;
}

function badBlock(message: string, at: number): never {
  throw new JsonnetSyntaxError(message, at, at + 3);
}

export function shown(text: string, at: number): string {
  if (at >= text.length) return 'end of file';
  const character = String.fromCodePoint(text.codePointAt(at)!);
  return /[\x21-\x7e]/.test(character) ? `'${character}'` : `'\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}'`;
}
