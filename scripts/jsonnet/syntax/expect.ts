// What a parser does with the current token: takes the one it expects, or says what is wrong.
import { JsonnetSyntaxError } from './errors.ts';
import { end, next, start, text, token } from './lexer.ts';
import { isSymbol } from './symbols.ts';
import { Token } from './token.ts';

export function identifier(): string {
  if (token !== Token.Identifier) fail(`Expected token IDENTIFIER but got ${current()}`);
  const name = text.slice(start, end);
  next();
  return name;
}

export function expect(expected: Token, shown: string): void {
  if (token !== expected) fail(`Expected ${shown} but got ${current()}`);
  next();
}

/** Takes a comma, if there is one. False where neither a comma nor `close` stands. */
export function comma(closing: Token): boolean {
  if (token !== Token.Comma) return token === closing;
  next();
  return true;
}

export function word(): string {
  return text.slice(start, end);
}

/** The current token as messages show it. */
export function current(): string {
  if (token === Token.End) return 'end of file';
  const [line = '', more] = word().split('\n', 2);
  const shown = more === undefined && line.length <= 40 ? line : `${line.slice(0, 40)}…`;
  // A name, a number or a string is seen as what it is without quotes.
  return token >= Token.Identifier && token <= Token.Block ? shown : `"${shown}"`;
}

export function fail(message: string): never {
  let [from, to] = [start, end];
  while (isSymbol(text.charCodeAt(from - 1))) from--;
  while (isSymbol(text.charCodeAt(to))) to++;
  const symbols = text.slice(from, to);
  const isCut = token <= Token.OtherOperator && /..[-+~!$]$/.test(symbols);
  const way = `; an operator that ends in + - ~ ! or $ is cut after its first sign: put a space into "${symbols}"`;
  return failAt(isCut ? message + way : message, start, end);
}

export function failAt(message: string, from: number, to: number): never {
  throw new JsonnetSyntaxError(message, from, to);
}
