// The binary and unary operators on values.
import type { Site } from './errors.ts';
import { freeCharacters, guardElements, guardText } from './guard.ts';
import { element, fail } from './machine.ts';
import { toText } from './manifest.ts';
import { formatGo } from './numbers.ts';
import { addObjects, fieldOf } from './object.ts';
import { visibleNames } from './shape.ts';
import { compareText } from './text.ts';
import {
  isArray,
  isObject,
  makeArray,
  Tag,
  typeName,
  type ArrayValue,
  type ObjectValue,
  type TypeName,
  type Value,
} from './value.ts';

export function unexpectedType(value: Value, expected: TypeName, site?: Site): Error {
  return fail(`Unexpected type ${typeName(value)}, expected ${expected}`, site);
}

/** A result of arithmetic, unless it is none. */
export function finite(value: number, site?: Site): number {
  if (value - value === 0) return value;
  throw fail(Number.isNaN(value) ? 'Not a number' : 'Overflow', site);
}

export function toNumber(value: Value, site?: Site): number {
  if (typeof value !== 'number') throw unexpectedType(value, 'number', site);
  return value;
}

export function toBoolean(value: Value, site?: Site): boolean {
  if (typeof value !== 'boolean') throw unexpectedType(value, 'boolean', site);
  return value;
}

export function plus(left: Value, right: Value, site?: Site): Value {
  if (typeof right === 'string') return joined(typeof left === 'string' ? left : toText(left, site), right);
  switch (typeof left) {
    case 'number':
      return finite(left + toNumber(right, site), site);
    case 'string':
      return joined(left, toText(right, site));
    case 'object':
      if (left === null) break;
      if (left.tag === Tag.Object) {
        if (!isObject(right)) throw unexpectedType(right, 'object', site);
        return addObjects(left, right);
      }
      if (left.tag === Tag.Array) {
        if (!isArray(right)) throw unexpectedType(right, 'array', site);
        guardElements(left.items.length + right.items.length);
        return makeArray(left.items.concat(right.items));
      }
  }
  throw fail(`Unexpected type ${typeName(left)}`, site);
}

export function joined(left: string, right: string): string {
  const text = left + right;
  if (text.length > freeCharacters) guardText(text.length);
  return text;
}

export function minus(left: Value, right: Value, site?: Site): Value {
  return finite(toNumber(left, site) - toNumber(right, site), site);
}

export function multiply(left: Value, right: Value, site?: Site): Value {
  return finite(toNumber(left, site) * toNumber(right, site), site);
}

export function divide(left: Value, right: Value, site?: Site): Value {
  const dividend = toNumber(left, site);
  const divisor = toNumber(right, site);
  if (divisor === 0) throw fail('Division by zero.', site);
  return finite(dividend / divisor, site);
}

export function modulo(left: Value, right: Value, site?: Site): number {
  const dividend = toNumber(left, site);
  const divisor = toNumber(right, site);
  if (divisor === 0) throw fail('Division by zero.', site);
  return finite(dividend % divisor, site);
}

/** Less than 0, 0 or more, as `left` is before, at or after `right`. */
export function compare(left: Value, right: Value, site?: Site): number {
  if (typeof left === 'number') {
    const other = toNumber(right, site);
    return left < other ? -1 : left > other ? 1 : 0;
  }
  if (typeof left === 'string') {
    if (typeof right !== 'string') throw unexpectedType(right, 'string', site);
    return compareText(left, right);
  }
  if (!isArray(left)) throw fail(`Unexpected type ${typeName(left)}`, site);
  if (!isArray(right)) throw unexpectedType(right, 'array', site);
  const length = Math.min(left.items.length, right.items.length);
  for (let index = 0; index < length; index++) {
    const order = compare(element(left.items, index, site), element(right.items, index, site), site);
    if (order !== 0) return order;
  }
  return left.items.length - right.items.length;
}

export function equals(left: Value, right: Value, site?: Site): boolean {
  if (left === right) {
    // The same object is equal to itself only if it can be evaluated, and no function can be compared.
    if (typeof left !== 'object' || left === null) return true;
  }
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return false;
  if (left.tag !== right.tag) return false;
  if (left.tag === Tag.Array) return equalArrays(left, right as ArrayValue, site);
  if (left.tag === Tag.Object) return equalObjects(left, right as ObjectValue, site);
  throw fail('Cannot test equality of functions', site);
}

function equalArrays(left: ArrayValue, right: ArrayValue, site?: Site): boolean {
  if (left.items.length !== right.items.length) return false;
  for (let index = 0; index < left.items.length; index++) {
    if (!equals(element(left.items, index, site), element(right.items, index, site), site)) return false;
  }
  return true;
}

function equalObjects(left: ObjectValue, right: ObjectValue, site?: Site): boolean {
  const names = visibleNames(left.shape);
  const others = visibleNames(right.shape);
  if (names !== others) {
    if (names.length !== others.length) return false;
    for (let index = 0; index < names.length; index++) if (names[index] !== others[index]) return false;
  }
  for (const name of names) {
    if (!equals(fieldOf(left, name, site), fieldOf(right, name, site), site)) return false;
  }
  return true;
}

/** Beyond this doubles are no longer exact integers, and bitwise operators refuse them. */
const maxSafe = 2 ** 53 - 1;

export type BitOperation = '&' | '|' | '^' | '<<' | '>>';

export function bitwise(operation: BitOperation, left: Value, right: Value, site?: Site): number {
  const x = toNumber(left, site);
  const y = toNumber(right, site);
  for (const operand of [x, y]) {
    if (operand >= -maxSafe && operand <= maxSafe) continue;
    throw fail(`Bitwise operator argument ${formatGo(operand)} outside of range [${-maxSafe}, ${maxSafe}]`, site);
  }
  const a = Math.trunc(x);
  const b = Math.trunc(y);
  if (operation === '<<' || operation === '>>') {
    if (y < 0) throw fail('Shift by negative exponent.', site);
    const count = BigInt(b % 64);
    const shifted = operation === '<<' ? BigInt.asIntN(64, BigInt(a) << count) : BigInt(a) >> count;
    return Number(shifted);
  }
  if (isInt32(a) && isInt32(b)) return operation === '&' ? a & b : operation === '|' ? a | b : a ^ b;
  const p = BigInt(a);
  const q = BigInt(b);
  return Number(operation === '&' ? p & q : operation === '|' ? p | q : p ^ q);
}

function isInt32(value: number): boolean {
  return (value | 0) === value;
}

export function bitNot(value: Value, site?: Site): number {
  const number = Math.trunc(toNumber(value, site));
  // Go converts what no 64-bit integer can hold to the smallest one.
  if (number >= 2 ** 63 || number < -(2 ** 63)) return 2 ** 63;
  return Number(~BigInt(number));
}
