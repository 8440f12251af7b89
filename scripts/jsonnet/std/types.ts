import { fail } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { compare, equals } from '../engine/operators.ts';
import { quote } from '../engine/text.ts';
import { isArray, isFunction, isObject, typeName, type Value } from '../engine/value.ts';
import { lengthOf } from './length.ts';
import { booleanOf, native } from './native.ts';
import { remainder } from './format.ts';
import { slice } from './slice.ts';

function primitiveEquals(a: Value, b: Value): boolean {
  if (typeName(a) !== typeName(b)) return false;
  if (isFunction(a)) throw fail('Cannot test equality of functions');
  if (isArray(a) || isObject(a)) throw fail(`primitiveEquals operates on primitive types, got ${typeName(a)}`);
  return a === b;
}

function assertEqual(a: Value, b: Value): boolean {
  if (equals(a, b)) return true;
  const [left, right] = [a, b].map((value) => (typeof value === 'string' ? quote(value) : toText(value)));
  throw fail(`Assertion failed. ${left} != ${right}`);
}

function ordered(a: Value, b: Value): number {
  if (typeName(a) !== typeName(b)) {
    throw fail(`Comparison requires matching types. Got ${typeName(a)} and ${typeName(b)}`);
  }
  if (isFunction(a) || isObject(a) || typeof a === 'boolean') {
    throw fail(`Values of type ${typeName(a)} are not comparable.`);
  }
  return Math.sign(compare(a, b));
}

function is(name: string, holds: (value: Value) => boolean) {
  return native(name, ['v'], holds);
}

export const typeFunctions = [
  native('type', ['x'], typeName),
  native('length', ['x'], lengthOf),
  is('isString', (v) => typeof v === 'string'),
  is('isNumber', (v) => typeof v === 'number'),
  is('isBoolean', (v) => typeof v === 'boolean'),
  is('isObject', isObject),
  is('isArray', isArray),
  is('isFunction', isFunction),
  native('isNull', ['x'], (v: Value) => v === null),
  native('id', ['x'], (x: Value) => x),
  native('equals', ['x', 'y'], (x: Value, y: Value) => equals(x, y)),
  native('primitiveEquals', ['x', 'y'], primitiveEquals),
  native('assertEqual', ['a', 'b'], assertEqual),
  native('mod', ['a', 'b'], remainder),
  native('slice', ['~indexable', '~index', '~end', '~step'], slice),
  native('xor', ['x', 'y'], (x: Value, y: Value) => booleanOf(x) !== booleanOf(y)),
  native('xnor', ['x', 'y'], (x: Value, y: Value) => booleanOf(x) === booleanOf(y)),
  native('__compare', ['v1', 'v2'], ordered),
  native('__compare_array', ['arr1', 'arr2'], ordered),
  native('__array_less', ['arr1', 'arr2'], (a: Value, b: Value) => ordered(a, b) === -1),
  native('__array_greater', ['arr1', 'arr2'], (a: Value, b: Value) => ordered(a, b) === 1),
  native('__array_less_or_equal', ['arr1', 'arr2'], (a: Value, b: Value) => ordered(a, b) <= 0),
  native('__array_greater_or_equal', ['arr1', 'arr2'], (a: Value, b: Value) => ordered(a, b) >= 0),
];
