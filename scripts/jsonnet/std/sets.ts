// Sets are sorted arrays without equal neighbours. As in go-jsonnet nothing checks that they are.
import { compare, equals } from '../engine/operators.ts';
import { makeArray, type Lazy, type Value } from '../engine/value.ts';
import { keyOf, sorted } from './arrays.ts';
import { arrayOf, native } from './native.ts';

/** What of two sets goes into the result: elements only on the left, on both sides (the left one), only on the right. */
function merge(a: Lazy[], b: Lazy[], by: Value | undefined, left: boolean, both: boolean, right: boolean): Lazy[] {
  const merged: Lazy[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const x = keyOf(by, a[i]!);
    const y = keyOf(by, b[j]!);
    if (equals(x, y)) {
      if (both) merged.push(a[i]!);
      i++;
      j++;
    } else if (compare(x, y) < 0) {
      if (left) merged.push(a[i]!);
      i++;
    } else {
      if (right) merged.push(b[j]!);
      j++;
    }
  }
  if (left) for (; i < a.length; i++) merged.push(a[i]!);
  if (right) for (; j < b.length; j++) merged.push(b[j]!);
  return merged;
}

export function unionOf(a: Lazy[], b: Lazy[], by?: Value): Lazy[] {
  return merge(a, b, by, true, true, true);
}

export function differenceOf(a: Lazy[], b: Lazy[], by?: Value): Lazy[] {
  return merge(a, b, by, true, false, false);
}

function operation(combine: (a: Lazy[], b: Lazy[], by: Value | undefined) => Lazy[]) {
  return (a: Value, b: Value, by: Value | undefined): Value => {
    const left = arrayOf(a).items;
    return makeArray(combine(left, arrayOf(b).items, by));
  };
}

function withoutRepeats(keyed: { item: Lazy; key: Value }[]): Value {
  const kept: Lazy[] = [];
  let last: Value | undefined;
  for (const { item, key } of keyed) {
    if (last === undefined || !equals(last, key)) {
      kept.push(item);
      last = key;
    }
  }
  return makeArray(kept);
}

export const setFunctions = [
  native('set', ['arr', 'keyF?'], (values: Value, by: Value | undefined) => withoutRepeats(sorted(values, by))),
  native('uniq', ['arr', 'keyF?'], (values: Value, by: Value | undefined) =>
    withoutRepeats(arrayOf(values).items.map((item) => ({ item, key: keyOf(by, item) }))),
  ),
  native('setUnion', ['a', 'b', 'keyF?'], operation(unionOf)),
  native(
    'setInter',
    ['a', 'b', 'keyF?'],
    operation((a, b, by) => merge(a, b, by, false, true, false)),
  ),
  native('setDiff', ['a', 'b', 'keyF?'], operation(differenceOf)),
  native(
    'setMember',
    ['~x', 'arr', 'keyF?'],
    (x: Lazy, values: Value, by: Value | undefined) =>
      merge([x], arrayOf(values).items, by, false, true, false).length > 0,
  ),
];
