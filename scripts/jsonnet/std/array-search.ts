// Functions that look through arrays: for a value, for the least, for a sum.
import { element, fail, force } from '../engine/machine.ts';
import { toText } from '../engine/manifest.ts';
import { compare, equals, plus } from '../engine/operators.ts';
import { isArray, makeArray, typeName, type Lazy, type Value } from '../engine/value.ts';
import { foldItems, keyOf } from './arrays.ts';
import { arrayOf, functionOf, integerOf, native, numberOf, stringOf } from './native.ts';

function count(values: Value, value: Lazy): number {
  const { items } = arrayOf(values);
  return items.filter((_, index) => equals(element(items, index), force(value))).length;
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

function find(value: Lazy, values: Value): Value {
  if (!isArray(values)) throw fail(`find second parameter should be an array, got ${typeName(values)}`);
  const found: number[] = [];
  values.items.forEach((_, index) => {
    if (equals(element(values.items, index), force(value))) found.push(index);
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

/** The sum of arrays by `+`, which also takes what is no array. */
function flattenArrays(values: Value): Value {
  const items = foldItems('foldl', values);
  const flat: Lazy[] = [];
  for (let index = 0; index < items.length; index++) {
    const part = element(items, index);
    if (isArray(part)) for (const item of part.items) flat.push(item);
    else
      return items.slice(index + 1).reduce<Value>((sum, next) => plus(sum, force(next)), plus(makeArray(flat), part));
  }
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

function sumOf(values: Value): number {
  const { items } = arrayOf(values);
  return items.reduce<number>((total, _, index) => total + numberOf(element(items, index)), 0);
}

function average(values: Value): number {
  const { items } = arrayOf(values);
  if (items.length === 0) throw fail('Cannot calculate average of an empty array.');
  return sumOf(values) / items.length;
}

export const arraySearchFunctions = [
  native('count', ['arr', '~x'], count),
  native('member', ['arr', 'x'], member),
  native('contains', ['arr', 'elem'], contains),
  native('find', ['~value', 'arr'], find),
  native('remove', ['arr', 'elem'], remove),
  native('removeAt', ['arr', 'i'], removeAt),
  native('flattenArrays', ['arrs'], flattenArrays),
  native('flattenDeepArray', ['value'], flattenDeepArray),
  native('all', ['arr'], quantify('all', false)),
  native('any', ['arr'], quantify('any', true)),
  native('minArray', ['arr', 'keyF?', 'onEmpty?'], extreme(1)),
  native('maxArray', ['arr', 'keyF?', 'onEmpty?'], extreme(-1)),
  native('sum', ['arr'], sumOf),
  native('avg', ['arr'], average),
];
