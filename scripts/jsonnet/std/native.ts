// How functions of the standard library are declared, and what they all check of their arguments.
import type { NativeFunction } from '../engine/function-code.ts';
import { fail } from '../engine/machine.ts';
import { unexpectedType } from '../engine/operators.ts';
import { formatGo } from '../engine/numbers.ts';
import {
  isArray,
  isFunction,
  isObject,
  type ArrayValue,
  type FunctionValue,
  type ObjectValue,
  type Value,
} from '../engine/value.ts';

/** A parameter ending in `?` may be left out, one beginning with `~` is handed over unevaluated. */
export function native(name: string, parameters: readonly string[], call: (...values: any[]) => Value): NativeFunction {
  const optional = parameters.findIndex((parameter) => parameter.endsWith('?'));
  const lazy = parameters.flatMap((parameter, index) => (parameter.startsWith('~') ? [index] : []));
  return {
    name,
    parameters: parameters.map((parameter) => parameter.replace(/[~?]/g, '')),
    required: optional === -1 ? parameters.length : optional,
    call,
    lazy: lazy.length === 0 ? undefined : lazy,
  };
}

export function stringOf(value: Value): string {
  if (typeof value !== 'string') throw unexpectedType(value, 'string');
  return value;
}

export function numberOf(value: Value): number {
  if (typeof value !== 'number') throw unexpectedType(value, 'number');
  return value;
}

export function booleanOf(value: Value): boolean {
  if (typeof value !== 'boolean') throw unexpectedType(value, 'boolean');
  return value;
}

export function arrayOf(value: Value): ArrayValue {
  if (!isArray(value)) throw unexpectedType(value, 'array');
  return value;
}

export function objectOf(value: Value): ObjectValue {
  if (!isObject(value)) throw unexpectedType(value, 'object');
  return value;
}

export function functionOf(value: Value): FunctionValue {
  if (!isFunction(value)) throw unexpectedType(value, 'function');
  return value;
}

/** A number that a 32-bit integer can hold. */
export function integerOf(value: Value): number {
  const number = numberOf(value);
  if ((number | 0) !== number) throw fail(`Expected an integer, but got ${formatGo(number)}`);
  return number;
}
