import { call1, call2 } from '../engine/call.ts';
import { enter, fail, force, machine, step } from '../engine/machine.ts';
import { compare } from '../engine/operators.ts';
import { characters } from '../engine/text.ts';
import {
  isArray,
  isFunction,
  makeArray,
  makeThunk,
  typeName,
  type FunctionValue,
  type Lazy,
  type Value,
} from '../engine/value.ts';
import { guardElements } from '../engine/guard.ts';
import { arrayOf, booleanOf, functionOf, integerOf, native, stringOf } from './native.ts';
import { itemsOf } from './strings.ts';

function makeArrayBy(size: Value, by: Value): Value {
  const length = Math.max(0, integerOf(size));
  const make = functionOf(by);
  guardElements(length);
  const items: Lazy[] = [];
  for (let index = 0; index < length; index++) {
    step();
    items.push(makeThunk(elementCode, [make, index]));
  }
  return makeArray(items);
}

function elementCode(frame: any[]): Value {
  return call1(frame[0] as FunctionValue, frame[1] as Value);
}

function range(from: Value, to: Value): Value {
  const first = integerOf(from);
  const last = integerOf(to);
  guardElements(last - first + 1);
  const items: number[] = [];
  for (let value = first; value <= last; value++) items.push(value);
  return makeArray(items);
}

// go-jsonnet's library is written in Jsonnet: its functions take a frame between the element and the function given.
function mapCode(frame: any[]): Value {
  enter(undefined);
  const value = call1(frame[0] as FunctionValue, frame[1] as Lazy);
  machine.depth--;
  return value;
}

function map(by: Value, lazy: Lazy): Value {
  if (!isFunction(by)) throw fail(`std.map first param must be function, got ${typeName(by)}`);
  const values = force(lazy);
  if (!isArray(values) && typeof values !== 'string') {
    throw fail(`std.map second param must be array / string, got ${typeName(values)}`);
  }
  return makeArray(itemsOf(values).map((item) => makeThunk(mapCode, [by, item])));
}

function mapWithIndexCode(frame: any[]): Value {
  enter(undefined);
  const value = call2(frame[0] as FunctionValue, frame[1] as number, frame[2] as Lazy);
  machine.depth--;
  return value;
}

function mapWithIndex(by: Value, lazy: Lazy): Value {
  if (!isFunction(by)) throw fail(`std.mapWithIndex first param must be function, got ${typeName(by)}`);
  const values = force(lazy);
  if (!isArray(values) && typeof values !== 'string') {
    throw fail(`std.mapWithIndex second param must be array, got ${typeName(values)}`);
  }
  return makeArray(itemsOf(values).map((item, index) => makeThunk(mapWithIndexCode, [by, index, item])));
}

function flatMap(by: Value, values: Value): Value {
  const change = functionOf(by);
  if (typeof values === 'string') {
    return characters(values)
      .map((one) => stringOf(call1(change, one)))
      .join('');
  }
  if (!isArray(values)) throw fail(`std.flatMap second param must be array / string, got ${typeName(values)}`);
  const flat: Lazy[] = [];
  for (const item of values.items) for (const each of arrayOf(call1(change, item)).items) flat.push(each);
  return makeArray(flat);
}

function filter(by: Value, values: Value): Value {
  const { items } = arrayOf(values);
  const keep = functionOf(by);
  return makeArray(items.filter((item) => booleanOf(call1(keep, item))));
}

function filterMap(keep: Value, change: Lazy, lazy: Lazy): Value {
  if (!isFunction(keep)) throw fail(`std.filterMap first param must be function, got ${typeName(keep)}`);
  const by = force(change);
  if (!isFunction(by)) throw fail(`std.filterMap second param must be function, got ${typeName(by)}`);
  const values = force(lazy);
  if (!isArray(values)) throw fail(`std.filterMap third param must be array, got ${typeName(values)}`);
  return map(by, filter(keep, values));
}

/** What a fold goes over. */
export function foldItems(name: string, values: Value): Lazy[] {
  if (typeof values !== 'string' && !isArray(values)) {
    throw fail(`${name} second parameter should be string or array, got ${typeName(values)}`);
  }
  return itemsOf(values);
}

function foldl(by: Value, values: Value, start: Value): Value {
  const combine = functionOf(by);
  let sum = start;
  for (const item of foldItems('foldl', values)) sum = call2(combine, sum, item);
  return sum;
}

function foldr(by: Value, values: Value, start: Value): Value {
  const combine = functionOf(by);
  const items = foldItems('foldr', values);
  let sum = start;
  for (let index = items.length - 1; index >= 0; index--) sum = call2(combine, items[index]!, sum);
  return sum;
}

/** Applies a key function; undefined stands for the identity. */
export function keyOf(by: Value | undefined, item: Lazy): Value {
  return by === undefined ? force(item) : call1(functionOf(by), item);
}

/** Elements with their keys, in order of the keys; equal ones stay as they are. */
export function sorted(values: Value, by: Value | undefined): { item: Lazy; key: Value }[] {
  const { items } = arrayOf(values);
  if (by !== undefined) functionOf(by);
  const keyed = items.map((item) => ({ item, key: keyOf(by, item) }));
  return keyed.sort((a, b) => compare(a.key, b.key));
}

export const arrayFunctions = [
  native('sort', ['arr', 'keyF?'], (values: Value, by: Value | undefined) =>
    makeArray(sorted(values, by).map(({ item }) => item)),
  ),
  native('makeArray', ['sz', 'func'], makeArrayBy),
  native('range', ['from', 'to'], range),
  native('map', ['func', '~arr'], map),
  native('mapWithIndex', ['func', '~arr'], mapWithIndex),
  native('flatMap', ['func', 'arr'], flatMap),
  native('filter', ['func', 'arr'], filter),
  native('filterMap', ['filter_func', '~map_func', '~arr'], filterMap),
  native('foldl', ['func', 'arr', 'init'], foldl),
  native('foldr', ['func', 'arr', 'init'], foldr),
  native('reverse', ['arr'], (values: Value) => makeArray(arrayOf(values).items.toReversed())),
];
