// What a format is made of: text, and codes such as `%-5.2f`.
import { fail } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import type { Value } from '../engine/value.ts';

export interface Code {
  key: string | undefined;
  alternative: boolean;
  zero: boolean;
  left: boolean;
  blank: boolean;
  plus: boolean;
  width: number | '*';
  precision: number | '*' | undefined;
  conversion: 'd' | 'o' | 'x' | 'e' | 'f' | 'g' | 'c' | 's' | '%';
  capitals: boolean;
}

export type Part = string | Code;

/** Formats that were parsed before: most are constants of the program. */
const parsed = new Map<string, Part[]>();
const maxParsed = 1000;

export function parseFormat(text: string): Part[] {
  let parts = parsed.get(text);
  if (parts !== undefined) return parts;
  parts = parseSigns([...text]);
  if (parsed.size < maxParsed) parsed.set(text, parts);
  return parts;
}

/** As `parseFormat`, of characters one by one; what is no string is none, but has a text. */
export function parseSigns(signs: readonly Value[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let percent = signs.indexOf('%'); percent !== -1; percent = signs.indexOf('%', from)) {
    if (percent > from) parts.push(joined(signs, from, percent));
    const { code, end } = parseCode(signs, percent + 1);
    parts.push(code);
    from = end;
  }
  if (from < signs.length) parts.push(joined(signs, from, signs.length));
  return parts;
}

function joined(signs: readonly Value[], from: number, to: number): string {
  let text = '';
  for (let index = from; index < to; index++) text += toText(signs[index]!);
  return text;
}

function parseCode(signs: readonly Value[], start: number): { code: Code; end: number } {
  let at = start;
  const next = (): Value => {
    const found = signs[at];
    if (found === undefined) throw fail('Truncated format code.');
    return found;
  };
  const isOneOf = (sign: Value, known: string): sign is string =>
    typeof sign === 'string' && sign.length === 1 && known.includes(sign);
  const number = (): number | '*' => {
    if (signs[at] === '*') {
      at++;
      return '*';
    }
    let value = 0;
    for (let digit = next(); isOneOf(digit, '0123456789'); digit = next()) {
      value = value * 10 + Number(digit);
      at++;
    }
    return value;
  };
  let key: string | undefined;
  if (next() === '(') {
    const close = signs.indexOf(')', at);
    if (close === -1) throw fail('Truncated format code.');
    key = joined(signs, at + 1, close);
    at = close + 1;
  }
  let flags = '';
  for (let flag = next(); isOneOf(flag, '#0- +'); flag = next()) {
    flags += flag;
    at++;
  }
  const width = number();
  let precision: number | '*' | undefined;
  if (next() === '.') {
    at++;
    precision = number();
  }
  if (isOneOf(next(), 'hlL')) at++;
  const letter = next();
  if (!isOneOf(letter, 'diuoxXeEfFgGcs%')) throw fail(`Unrecognised conversion type: ${toText(letter)}`);
  const conversion = letter === 'i' || letter === 'u' ? 'd' : letter.toLowerCase();
  return {
    code: {
      key,
      alternative: flags.includes('#'),
      zero: flags.includes('0'),
      left: flags.includes('-'),
      blank: flags.includes(' '),
      plus: flags.includes('+'),
      width,
      precision,
      conversion: conversion as Code['conversion'],
      capitals: letter !== letter.toLowerCase(),
    },
    end: at + 1,
  };
}
