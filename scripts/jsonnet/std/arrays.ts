import { call1, call2 } from '../engine/call.ts';
import { element, fail, force, step } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { compare, equals } from '../engine/operators.ts';
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
import { guardSize } from './guard.ts';
import { arrayOf, booleanOf, functionOf, integerOf, native, numberOf, stringOf } from './native.ts';
import { itemsOf } from './strings.ts';

function makeArrayBy(size: Value, by: Value): Value {
  const count = Math.max(0, integerOf(size));
  const make = functionOf(by);
  guardSize(count);
  const items: Lazy[] = [];
  for (let index = 0; index < count; index++) {
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
  guardSize(last - first + 1);
  const items: number[] = [];
  for (let value = first; value <= last; value++) items.push(value);
  return makeArray(items);
}

function mapCode(frame: any[]): Value {
  return call1(frame[0] as FunctionValue, frame[1] as Lazy);
}

function map(by: Value, values: Value): Value {
  if (!isFunction(by)) throw fail(`std.map first param must be function, got ${typeName(by)}`);
  if (!isArray(values) && typeof values !== 'string') {
    throw fail(`std.map second param must be array / string, got ${typeName(values)}`);
  }
  return makeArray(itemsOf(values).map((item) => makeThunk(mapCode, [by, item])));
}

function mapWithIndexCode(frame: any[]): Value {
  return call2(frame[0] as FunctionValue, frame[1] as number, frame[2] as Lazy);
}

function mapWithIndex(by: Value, values: Value): Value {
  if (!isFunction(by)) throw fail(`std.mapWithIndex first param must be function, got ${typeName(by)}`);
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

function filterMap(keep: Value, by: Value, values: Value): Value {
  if (!isFunction(keep)) throw fail(`std.filterMap first param must be function, got ${typeName(keep)}`);
  if (!isFunction(by)) throw fail(`std.filterMap second param must be function, got ${typeName(by)}`);
  if (!isArray(values)) throw fail(`std.filterMap third param must be array, got ${typeName(values)}`);
  return map(by, filter(keep, values));
}

function foldItems(name: string, values: Value): Lazy[] {
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

function count(values: Value, value: Value): number {
  const { items } = arrayOf(values);
  return items.filter((_, index) => equals(element(items, index), value)).length;
}

function member(values: Value, value: Value): boolean {
  if (typeof values === 'string') return values.includes(stringOf(value));
  if (!isArray(values)) throw fail('std.member first argument must be an array or a string');
  return contains(values, value);
}

function contains(values: Value, value: Value): boolean {
  return indexOf(arrayOf(values).items, value) !== -1;
}

function indexOf(items: Lazy[], value: Value): number {
  for (let index = 0; index < items.length; index++) if (equals(element(items, index), value)) return index;
  return -1;
}

function find(value: Value, values: Value): Value {
  if (!isArray(values)) throw fail(`find second parameter should be an array, got ${typeName(values)}`);
  const found: number[] = [];
  values.items.forEach((_, index) => {
    if (equals(element(values.items, index), value)) found.push(index);
  });
  return makeArray(found);
}

function remove(values: Value, value: Value): Value {
  const array = arrayOf(values);
  const index = indexOf(array.items, value);
  return index === -1 ? array : removeAt(array, index);
}

function removeAt(values: Value, at: Value): Value {
  const { items } = arrayOf(values);
  const index = integerOf(at);
  if (index < 0 || index >= items.length) throw fail(`Index ${index} out of bounds, not within [0, ${items.length})`);
  return makeArray(items.filter((_, each) => each !== index));
}

function flattenArrays(values: Value): Value {
  const { items } = arrayOf(values);
  const flat: Lazy[] = [];
  items.forEach((_, index) => {
    for (const item of arrayOf(element(items, index)).items) flat.push(item);
  });
  return makeArray(flat);
}

function flattenDeep(value: Value, into: Value[]): void {
  if (!isArray(value)) return void into.push(value);
  value.items.forEach((_, index) => flattenDeep(element(value.items, index), into));
}

function flattenDeepArray(value: Value): Value {
  const flat: Value[] = [];
  flattenDeep(value, flat);
  return makeArray(flat);
}

function quantify(name: string, decisive: boolean) {
  return (values: Value): boolean => {
    if (!isArray(values)) throw fail(`${name}() parameter should be an array, got ${typeName(values)}`);
    for (let index = 0; index < values.items.length; index++) {
      const value = element(values.items, index);
      if (typeof value !== 'boolean') {
        throw fail(`element "${toText(value)}" of type ${typeName(value)} is not a boolean`);
      }
      if (value === decisive) return decisive;
    }
    return !decisive;
  };
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

function extreme(direction: 1 | -1) {
  return (values: Value, by: Value | undefined, onEmpty: Value | undefined): Value => {
    const { items } = arrayOf(values);
    if (by !== undefined) functionOf(by);
    if (items.length === 0) {
      if (onEmpty === undefined) throw fail('Expected at least one element in array. Got none');
      return onEmpty;
    }
    let best = 0;
    let bestKey = (element(items, 0), keyOf(by, items[0]!));
    for (let index = 1; index < items.length; index++) {
      element(items, index);
      const key = keyOf(by, items[index]!);
      if (compare(bestKey, key) * direction > 0) {
        best = index;
        bestKey = key;
      }
    }
    return element(items, best);
  };
}

function sum(values: Value): number {
  const { items } = arrayOf(values);
  return items.reduce<number>((total, _, index) => total + numberOf(element(items, index)), 0);
}

function average(values: Value): number {
  const { items } = arrayOf(values);
  if (items.length === 0) throw fail('Cannot calculate average of an empty array.');
  return sum(values) / items.length;
}

export const arrayFunctions = [
  native('makeArray', ['sz', 'func'], makeArrayBy),
  native('range', ['from', 'to'], range),
  native('map', ['func', 'arr'], map),
  native('mapWithIndex', ['func', 'arr'], mapWithIndex),
  native('flatMap', ['func', 'arr'], flatMap),
  native('filter', ['func', 'arr'], filter),
  native('filterMap', ['filter_func', 'map_func', 'arr'], filterMap),
  native('foldl', ['func', 'arr', 'init'], foldl),
  native('foldr', ['func', 'arr', 'init'], foldr),
  native('count', ['arr', 'x'], count),
  native('member', ['arr', 'x'], member),
  native('contains', ['arr', 'elem'], contains),
  native('find', ['value', 'arr'], find),
  native('remove', ['arr', 'elem'], remove),
  native('removeAt', ['arr', 'i'], removeAt),
  native('reverse', ['arr'], (values: Value) => makeArray(arrayOf(values).items.toReversed())),
  native('flattenArrays', ['arrs'], flattenArrays),
  native('flattenDeepArray', ['value'], flattenDeepArray),
  native('all', ['arr'], quantify('all', false)),
  native('any', ['arr'], quantify('any', true)),
  native('sort', ['arr', 'keyF?'], (values: Value, by: Value | undefined) =>
    makeArray(sorted(values, by).map(({ item }) => item)),
  ),
  native('minArray', ['arr', 'keyF?', 'onEmpty?'], extreme(1)),
  native('maxArray', ['arr', 'keyF?', 'onEmpty?'], extreme(-1)),
  native('sum', ['arr'], sum),
  native('avg', ['arr'], average),
];
