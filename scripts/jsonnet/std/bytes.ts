import { element, fail } from '../engine/machine.ts';
import { characters } from '../engine/text.ts';
import { isArray, makeArray, typeName, type Value } from '../engine/value.ts';
import { arrayOf, integerOf, native, stringOf } from './native.ts';

export function encodeUtf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes that aren't UTF-8 become U+FFFD each, as in Go. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = '';
  let from = 0;
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  while (from < bytes.length) {
    try {
      return text + strict.decode(bytes.subarray(from));
    } catch {
      const good = validPrefix(bytes, from);
      text += `${strict.decode(bytes.subarray(from, good))}\ufffd`;
      from = good + 1;
    }
  }
  return text;
}

/** Where the first byte stands that begins no character. */
function validPrefix(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const size = sequenceLength(bytes, at);
    if (size === 0) return at;
    at += size;
  }
  return at;
}

function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) return 1;
  const size =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  for (let index = 1; index < size; index++) {
    const byte = bytes[at + index] ?? 0;
    const low = index > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = index > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (byte < low || byte > high) return 0;
  }
  return size;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet[bits >> 18]! + alphabet[(bits >> 12) & 63]!;
    text += (b === undefined ? '=' : alphabet[(bits >> 6) & 63]!) + (c === undefined ? '=' : alphabet[bits & 63]!);
  }
  return text;
}

function base64(input: Value): string {
  if (typeof input === 'string') {
    for (const one of characters(input)) checkByte(one.codePointAt(0)!);
    return toBase64(encodeUtf8(input));
  }
  if (!isArray(input)) {
    throw fail(`base64 can only base64 encode strings / arrays of single bytes, got ${typeName(input)}`);
  }
  const bytes = input.items.map((_, index) => {
    const value = element(input.items, index);
    if (typeof value !== 'number' || (value | 0) !== value) {
      throw fail(`base64 encountered a non-integer value in the array, got ${typeName(value)}`);
    }
    checkByte(value);
    return value;
  });
  return toBase64(Uint8Array.from(bytes));
}

function checkByte(value: number): void {
  if (value >= 0 && value <= 255) return;
  throw fail(`base64 encountered invalid codepoint value in the array (must be 0 <= X <= 255), got ${value}`);
}

function fromBase64(input: Value): Uint8Array {
  if (typeof input !== 'string') throw fail(`base64DecodeBytes requires a string, got ${typeName(input)}`);
  const { length } = encodeUtf8(input);
  if (length % 4 !== 0) {
    throw fail(`input string appears not to be a base64 encoded string. Wrong length found (${length})`);
  }
  // Go passes over line breaks.
  const text = input.replace(/[\r\n]/g, '');
  const padding = /={0,2}$/.exec(text)![0].length;
  const bytes: number[] = [];
  let bits = 0;
  for (let at = 0; at < text.length - padding; at++) {
    const digit = alphabet.indexOf(text[at]!);
    if (digit === -1) throw fail(`failed to decode: illegal base64 data at input byte ${at}`);
    bits = (bits << 6) | digit;
    if (at % 4 === 3) {
      bytes.push((bits >> 16) & 255, (bits >> 8) & 255, bits & 255);
      bits = 0;
    }
  }
  if (text.length % 4 !== 0) throw fail(`failed to decode: illegal base64 data at input byte ${text.length}`);
  if (padding === 1) bytes.push((bits >> 10) & 255, (bits >> 2) & 255);
  if (padding === 2) bytes.push((bits >> 4) & 255);
  return Uint8Array.from(bytes);
}

function decodeNumbers(value: Value): string {
  const { items } = arrayOf(value);
  const bytes = items.map((_, index) => {
    const byte = integerOf(element(items, index));
    if (byte < 0 || byte > 255) throw fail(`Bytes must be integers in range [0, 255], got ${byte}`);
    return byte;
  });
  return decodeUtf8(Uint8Array.from(bytes));
}

export const byteFunctions = [
  native('encodeUTF8', ['str'], (text: Value) => makeArray([...encodeUtf8(stringOf(text))])),
  native('decodeUTF8', ['arr'], decodeNumbers),
  native('base64', ['input'], base64),
  native('base64DecodeBytes', ['str'], (text: Value) => makeArray([...fromBase64(text)])),
  native('base64Decode', ['str'], (text: Value) => decodeUtf8(fromBase64(text))),
];
