// `std.format` and `%` of strings. The numbers are computed with the same operations on doubles as go-jsonnet's, whose
// library is written in Jsonnet, so that they round alike.
import { indexValue } from '../engine/compile/access.ts';
import { guardText } from '../engine/guard.ts';
import { fail, element } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { fieldOf, hasField } from '../engine/object.ts';
import { finite, modulo } from '../engine/operators.ts';
import { textLength } from '../engine/text.ts';
import { isArray, isObject, typeName, type Lazy, type ObjectValue, type Value } from '../engine/value.ts';
import { log, power } from './float.ts';
import { character } from './character.ts';
import { parseFormat, parseSigns, type Code, type Part } from './format-codes.ts';
import { lengthOf } from './length.ts';

/** `left % right` */
export function remainder(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return modulo(left, right);
  if (typeof left === 'string') return format(left, right);
  throw fail(`Operator % cannot be used on types ${typeName(left)} and ${typeName(right)}.`);
}

export function format(text: string, values: Value): string {
  return fill(parseFormat(text), values);
}

/**
 * Whatever has a length and can be indexed by number is a format in go-jsonnet, whose library reads it so: of an array each
 * element stands for a character.
 */
export function formatAny(template: Value, values: Value): string {
  if (typeof template === 'string') return format(template, values);
  const signs = Array.from({ length: lengthOf(template) }, (_, index) => indexValue(template, index, undefined));
  return fill(parseSigns(signs), values);
}

function fill(parts: Part[], values: Value): string {
  if (isObject(values)) return formatObject(parts, values);
  return formatArray(parts, isArray(values) ? values.items : [values]);
}

function formatArray(parts: Part[], items: Lazy[]): string {
  let text = '';
  let used = 0;
  const star = (): number => {
    if (used >= items.length) {
      throw fail(`Not enough values to format: ${items.length}, expected at least ${used}`);
    }
    const value = element(items, used++);
    if (typeof value !== 'number') throw fail(`Unexpected type ${typeName(value)}, expected number`);
    return value;
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const width = part.width === '*' ? star() : part.width;
    const precision = part.precision === '*' ? star() : part.precision;
    if (part.conversion === '%') {
      text += pad(part, '%', width);
      continue;
    }
    if (used >= items.length) {
      throw fail(`Not enough values to format: ${items.length}, expected more than ${used}`);
    }
    text += pad(part, convert(element(items, used), part, width, precision, used), width);
    used++;
  }
  if (used < items.length) throw fail(`Too many values to format: ${items.length}, expected ${used}`);
  return text;
}

function formatObject(parts: Part[], object: ObjectValue): string {
  let text = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const { key, width, precision } = part;
    if (width === '*') throw fail('Cannot use * field width with object.');
    if (part.conversion === '%') {
      text += pad(part, '%', width);
      continue;
    }
    if (key === undefined) throw fail('Mapping keys required.');
    if (precision === '*') throw fail('Cannot use * precision with object.');
    if (!hasField(object, key, true)) throw fail(`No such field: ${key}`);
    text += pad(part, convert(fieldOf(object, key), part, width, precision, key), width);
  }
  return text;
}

function pad(code: Code, text: string, width: number): string {
  const missing = Math.ceil(width - textLength(text));
  if (!(missing > 0)) return text;
  guardText(missing);
  return code.left ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

function convert(
  value: Value,
  code: Code,
  width: number,
  precision: number | undefined,
  where: number | string,
): string {
  const zeros = code.zero && !code.left ? width : 0;
  switch (code.conversion) {
    case 's':
      return toText(value);
    case 'c':
      if (typeof value === 'number') return character(value);
      if (typeof value !== 'string') throw fail(`%c expected number / string, got: ${typeName(value)}`);
      if (textLength(value) === 1) return value;
      throw fail(`%c expected 1-sized string got: ${textLength(value)}`);
  }
  if (typeof value !== 'number') throw fail(`Format required number at ${where}, got ${typeName(value)}`);
  const whole = Math.floor(Math.abs(value));
  switch (code.conversion) {
    case 'd':
      return integer(value <= -1, whole, zeros, precision ?? 0, code, 10, '');
    case 'o':
      return integer(value <= -1, whole, zeros, precision ?? 0, code, 8, code.alternative ? '0' : '');
    case 'x':
      return hexadecimal(Math.floor(value), zeros, precision ?? 0, code);
    case 'f':
      return decimal(value, zeros, code, code.alternative, true, precision ?? 6);
    case 'e':
      return scientific(value, zeros, code, true, precision ?? 6);
    default:
      return general(value, zeros, code, precision ?? 6);
  }
}

type Signs = Pick<Code, 'blank' | 'plus'>;

const noSigns: Signs = { blank: false, plus: false };

function sign(negative: boolean, { blank, plus }: Signs): string {
  return negative ? '-' : plus ? '+' : blank ? ' ' : '';
}

function zeroPad(digits: string, width: number): string {
  const missing = Math.ceil(width - digits.length);
  if (!(missing > 0)) return digits;
  guardText(missing);
  return '0'.repeat(missing) + digits;
}

function integer(
  negative: boolean,
  magnitude: number,
  minCharacters: number,
  minDigits: number,
  signs: Signs,
  radix: number,
  prefix: string,
): string {
  const digits = magnitude === 0 ? '0' : prefix + digitsOf(magnitude, radix);
  const room = minCharacters - (negative || signs.blank || signs.plus ? 1 : 0);
  return sign(negative, signs) + zeroPad(digits, Math.max(room, minDigits));
}

function digitsOf(magnitude: number, radix: number): string {
  if (magnitude <= Number.MAX_SAFE_INTEGER) return magnitude.toString(radix);
  // Beyond exact integers the digits are those that repeated division of doubles gives.
  let digits = '';
  for (let rest = magnitude; rest !== 0; rest = Math.floor(rest / radix)) digits = (rest % radix).toString(16) + digits;
  return digits;
}

function hexadecimal(value: number, minCharacters: number, minDigits: number, code: Code): string {
  const magnitude = Math.abs(value);
  const digits = magnitude === 0 ? '0' : digitsOf(magnitude, 16);
  const negative = value < 0;
  const room = minCharacters - (negative || code.blank || code.plus ? 1 : 0) - (code.alternative ? 2 : 0);
  const padded = zeroPad(code.capitals ? digits.toUpperCase() : digits, Math.max(room, minDigits));
  const prefix = code.alternative ? (code.capitals ? '0X' : '0x') : '';
  return sign(negative, code) + prefix + padded;
}

function decimal(
  value: number,
  zeros: number,
  signs: Signs,
  keepPoint: boolean,
  trailing: boolean,
  precision: number,
): string {
  const denominator = finite(power(10, precision));
  const numerator = finite(Math.abs(value) * denominator) + 0.5;
  const whole = value === 0 ? 0 : Math.floor(numerator / denominator);
  const fraction = Math.floor(numerator) % denominator;
  const point = precision === 0 && !keepPoint ? 0 : 1;
  const text = integer(value < 0, whole, zeros - precision - point, 0, signs, 10, '');
  if (precision === 0) return keepPoint ? `${text}.` : text;
  if (!trailing && !(fraction > 0)) return text;
  const figures = integer(false, fraction, precision, 0, noSigns, 10, '');
  return `${text}.${trailing ? figures : figures.replace(/0+$/, '')}`;
}

function exponentOf(value: number): number {
  return value === 0 ? 0 : Math.floor(log(Math.abs(value)) / log(10));
}

function scientific(value: number, zeros: number, code: Code, trailing: boolean, precision: number): string {
  const exponent = exponentOf(value);
  const plus: Signs = { blank: false, plus: true };
  const suffix = (code.capitals ? 'E' : 'e') + integer(exponent < 0, Math.abs(exponent), 3, 0, plus, 10, '');
  const mantissa = exponent === -324 ? (value * 10) / power(10, exponent + 1) : finite(value / power(10, exponent));
  return decimal(mantissa, zeros - suffix.length, code, code.alternative, trailing, precision) + suffix;
}

function general(value: number, zeros: number, code: Code, precision: number): string {
  const exponent = exponentOf(value);
  if (exponent < -4 || exponent >= precision) {
    return scientific(value, zeros, code, code.alternative, precision - 1);
  }
  const before = Math.max(1, exponent + 1);
  return decimal(value, zeros, code, code.alternative, code.alternative, precision - before);
}
