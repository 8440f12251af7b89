import { guardElements, guardText } from '../engine/guard.ts';
import { element, fail, force } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { indexValue } from '../engine/compile/access.ts';
import { equals, plus } from '../engine/operators.ts';
import { characters, hasSurrogates, quote, sliceText, textLength } from '../engine/text.ts';
import { isArray, makeArray, makeThunk, typeName, type Lazy, type Value } from '../engine/value.ts';
import { character } from './character.ts';
import { equalFold, fixed, trimSpace } from './go-text.ts';
import { lengthOf } from './length.ts';
import { format, formatAny } from './format.ts';
import { arrayOf, integerOf, native, numberOf, stringOf } from './native.ts';

function substr(text: Value, from: Value, length: Value): string {
  if (typeof text !== 'string') throw fail(`substr first parameter should be a string, got ${typeName(text)}`);
  if (typeof from !== 'number') throw fail(`substr second parameter should be a number, got ${typeName(from)}`);
  if (from % 1 !== 0) throw fail(`substr second parameter should be an integer, got ${fixed(from)}`);
  if (from < 0) throw fail(`substr second parameter should be greater than zero, got ${fixed(from)}`);
  if (typeof length !== 'number') throw fail(`substr third parameter should be a number, got ${typeName(length)}`);
  if ((length | 0) !== length) throw fail(`substr third parameter should be an integer, got ${fixed(length)}`);
  if (length < 0) throw fail(`substr third parameter should be greater than zero, got ${length}`);
  return sliceText(text, from, from + length);
}

function startsWith(a: Value, second: Lazy): boolean {
  const all = lengthOf(a);
  const b = force(second);
  if (typeof a === 'string' && typeof b === 'string') return a.startsWith(b);
  const length = lengthOf(b);
  return all < length ? false : equals(substr(a, 0, length), b);
}

function endsWith(a: Value, second: Lazy): boolean {
  const all = lengthOf(a);
  const b = force(second);
  if (typeof a === 'string' && typeof b === 'string') return a.endsWith(b);
  const length = lengthOf(b);
  return all < length ? false : equals(substr(a, all - length, length), b);
}

/** The elements of an array, the characters of a string. */
export function itemsOf(value: Value): Lazy[] {
  if (typeof value === 'string') return characters(value);
  if (isArray(value)) return value.items;
  // Objects and functions have a length but no numbered elements; asking for one is the mistake.
  return Array.from({ length: lengthOf(value) }, (_, index) =>
    makeThunk(() => indexValue(value, index, undefined), []),
  );
}

function mapCharacters(text: Value, change: (code: number, own: string) => string): string {
  return itemsOf(text)
    .map((_, index, items) => {
      const own = element(items, index);
      if (typeof own !== 'string') throw fail(`Unexpected type ${typeName(own)}, expected string`);
      if (textLength(own) !== 1) throw fail(`codepoint takes a string of length 1, got length ${textLength(own)}`);
      return change(own.codePointAt(0)!, own);
    })
    .join('');
}

function asciiUpper(text: Value): string {
  if (typeof text === 'string') return text.replace(/[a-z]+/g, (part) => part.toUpperCase());
  return mapCharacters(text, (code, own) => (code >= 97 && code < 123 ? own.toUpperCase() : own));
}

function asciiLower(text: Value): string {
  if (typeof text === 'string') return text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
  return mapCharacters(text, (code, own) => (code >= 65 && code < 91 ? own.toLowerCase() : own));
}

function isMember(set: Value, one: string): boolean {
  if (typeof set === 'string') return set.includes(one);
  if (isArray(set)) return set.items.some((_, index) => equals(element(set.items, index), one));
  throw fail('std.member first argument must be an array or a string');
}

function stripLeft(text: Value, set: Value): string {
  if (typeof text !== 'string') throw fail(`Unexpected type ${typeName(text)}, expected string`);
  const all = characters(text);
  let from = 0;
  while (from < all.length && isMember(set, all[from]!)) from++;
  return from === 0 ? text : all.slice(from).join('');
}

function stripRight(text: Value, set: Value): string {
  if (typeof text !== 'string') throw fail(`Unexpected type ${typeName(text)}, expected string`);
  const all = characters(text);
  let to = all.length;
  while (to > 0 && isMember(set, all[to - 1]!)) to--;
  return to === all.length ? text : all.slice(0, to).join('');
}

function splitLimit(text: Value, separator: Value, limit: Value): Value {
  const [whole, by, most] = splitArguments('std.splitLimit', text, separator, limit);
  const parts = whole.split(by);
  if (most !== -1 && parts.length > most + 1) parts.push(parts.splice(most).join(by));
  return makeArray(parts);
}

function splitLimitRight(text: Value, separator: Value, limit: Value): Value {
  const [whole, by, most] = splitArguments('std.splitLimitR', text, separator, limit);
  const count = whole.split(by).length - 1;
  const parts: string[] = [];
  let rest = whole;
  for (let left = most === -1 ? count : Math.min(count, most); left > 0; left--) {
    const at = rest.lastIndexOf(by);
    parts.unshift(rest.slice(at + by.length));
    rest = rest.slice(0, at);
  }
  return makeArray([rest, ...parts]);
}

function splitArguments(name: string, text: Value, separator: Value, limit: Value): [string, string, number] {
  const whole = stringOf(text);
  const by = stringOf(separator);
  const most = integerOf(limit);
  if (most < -1) throw fail(`${name} third parameter should be -1 or non-negative, got ${most}`);
  if (by === '') throw fail(`${name} second parameter should have length 1 or greater, got 0`);
  return [whole, by, most];
}

function splitAll(text: Value, given: Lazy): Value {
  if (typeof text !== 'string') throw fail(`std.split first parameter must be a String, got ${typeName(text)}`);
  const separator = force(given);
  if (typeof separator !== 'string') {
    throw fail(`std.split second parameter must be a String, got ${typeName(separator)}`);
  }
  if (separator === '') throw fail('std.split second parameter must have length 1 or greater, got 0');
  return makeArray(text.split(separator));
}

function replaceAll(text: Value, from: Value, to: Value): string {
  const whole = stringOf(text);
  const old = stringOf(from);
  const by = stringOf(to);
  if (old === '') throw fail("'from' string must not be zero length.");
  const parts = whole.split(old);
  guardText(whole.length + (parts.length - 1) * (by.length - old.length));
  return parts.join(by);
}

function findSubstr(pattern: Value, given: Lazy): Value {
  if (typeof pattern !== 'string') {
    throw fail(`findSubstr first parameter should be a string, got ${typeName(pattern)}`);
  }
  const text = force(given);
  if (typeof text !== 'string') throw fail(`findSubstr second parameter should be a string, got ${typeName(text)}`);
  const found: number[] = [];
  if (pattern === '') return makeArray(found);
  const counts = hasSurrogates(text);
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) {
    found.push(counts ? textLength(text.slice(0, at)) : at);
  }
  return makeArray(found);
}

/** A whole number written in some base, as the library of go-jsonnet adds its digits up. */
function parseNatural(text: string, base: number): number {
  let sum = 0;
  for (const digit of characters(text)) {
    const code = digit.codePointAt(0)!;
    const value = code >= 97 ? code - 87 : code >= 65 ? code - 55 : code - 48;
    if (value < 0 || value >= base) throw fail(format('%s is not a base %d integer', makeArray([text, base])));
    sum = base * sum + value;
  }
  return sum;
}

function parseBase(base: number, what: string) {
  return (text: Value): Value => {
    if (typeof text !== 'string') throw fail(`Expected string, got ${typeName(text)}`);
    if (text === '') throw fail(`Not ${what}: ""`);
    return parseNatural(text, base);
  };
}

function parseInteger(text: Value): Value {
  const digits = stringOf(text);
  const wide = /^[-+]?[0-9]+$/.test(digits) ? BigInt(digits.replace('+', '')) : undefined;
  if (wide === undefined || wide !== BigInt.asIntN(64, wide)) throw fail(`${digits} is not a base 10 integer`);
  return Number(wide);
}

function repeat(what: Value, count: Lazy): Value {
  if (typeof what !== 'string' && !isArray(what)) {
    throw fail('std.repeat first argument must be an array or a string');
  }
  const times = Math.max(0, integerOf(force(count)));
  if (typeof what === 'string') {
    guardText(what.length * times);
    return what.repeat(times);
  }
  guardElements(what.items.length * times);
  return makeArray(Array.from({ length: times }, () => what.items).flat());
}

function join(separator: Value, array: Value): Value {
  const { items } = arrayOf(array);
  if (typeof separator === 'string') {
    const parts: string[] = [];
    let length = 0;
    for (let index = 0; index < items.length; index++) {
      const part = element(items, index);
      if (part === null) continue;
      if (typeof part !== 'string') throw fail(`Unexpected type ${typeName(part)}, expected string`);
      parts.push(part);
      length += part.length + separator.length;
    }
    guardText(length);
    return parts.join(separator);
  }
  if (!isArray(separator)) {
    throw fail(`join first parameter should be string or array, got ${typeName(separator)}`);
  }
  const joined: Lazy[] = [];
  let first = true;
  for (let index = 0; index < items.length; index++) {
    const part = element(items, index);
    if (part === null) continue;
    if (!isArray(part)) throw fail(`Unexpected type ${typeName(part)}, expected array`);
    if (!first) for (const item of separator.items) joined.push(item);
    for (const item of part.items) joined.push(item);
    first = false;
  }
  return makeArray(joined);
}

function deepJoin(value: Value): string {
  if (typeof value === 'string') return value;
  if (isArray(value)) return value.items.map((_, index) => deepJoin(element(value.items, index))).join('');
  throw fail(`Expected string or array, got ${typeName(value)}`);
}

function resolvePath(file: Value, relative: Lazy): Value {
  const { items } = arrayOf(splitAll(file, '/'));
  return join('/', makeArray([...items.slice(0, -1), relative]));
}

const xmlEscapes: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' };

export const stringFunctions = [
  native('toString', ['a'], (a: Value) => toText(a)),
  native('substr', ['str', 'from', 'len'], substr),
  native('startsWith', ['a', '~b'], startsWith),
  native('endsWith', ['a', '~b'], endsWith),
  native('stringChars', ['str'], (text: Value) => makeArray(itemsOf(text).slice())),
  native('split', ['str', '~c'], splitAll),
  native('splitLimit', ['str', 'c', 'maxsplits'], splitLimit),
  native('splitLimitR', ['str', 'c', 'maxsplits'], splitLimitRight),
  native('strReplace', ['str', 'from', 'to'], replaceAll),
  native('asciiUpper', ['str'], asciiUpper),
  native('asciiLower', ['str'], asciiLower),
  native('lstripChars', ['str', 'chars'], stripLeft),
  native('rstripChars', ['str', 'chars'], stripRight),
  native('stripChars', ['str', 'chars'], (text: Value, set: Value) => stripRight(stripLeft(text, set), set)),
  native('trim', ['str'], (text: Value) => trimSpace(stringOf(text))),
  native('isEmpty', ['str'], (text: Value) => stringOf(text) === ''),
  native('equalsIgnoreCase', ['str1', 'str2'], (a: Value, b: Value) => equalFold(stringOf(a), stringOf(b))),
  native('char', ['n'], (n: Value) => character(numberOf(n))),
  native('codepoint', ['str'], (text: Value) => {
    const one = stringOf(text);
    const length = textLength(one);
    if (length !== 1) throw fail(`codepoint takes a string of length 1, got length ${length}`);
    return one.codePointAt(0)!;
  }),
  native('parseInt', ['str'], parseInteger),
  native('parseOctal', ['str'], parseBase(8, 'an octal number')),
  native('parseHex', ['str'], parseBase(16, 'hexadecimal')),
  native('findSubstr', ['pat', '~str'], findSubstr),
  native('repeat', ['what', '~count'], repeat),
  native('join', ['sep', 'arr'], join),
  native('lines', ['arr'], (array: Value) => join('\n', plus(array, makeArray([''])))),
  native('deepJoin', ['arr'], deepJoin),
  native('resolvePath', ['f', '~r'], resolvePath),
  native('format', ['~str', 'vals'], (text: Lazy, values: Value) => formatAny(force(text), values)),
  native('escapeStringJson', ['str_'], (value: Value) => quote(toText(value))),
  native('escapeStringPython', ['str'], (value: Value) => quote(toText(value))),
  native('escapeStringBash', ['str_'], (value: Value) => `'${toText(value).replaceAll("'", `'"'"'`)}'`),
  native('escapeStringDollars', ['str_'], (value: Value) => toText(value).split('$').join('$$')),
  native('escapeStringXML', ['str_'], (value: Value) => toText(value).replace(/[<>&"']/g, (one) => xmlEscapes[one]!)),
];
