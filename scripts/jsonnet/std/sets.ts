// Sets are sorted arrays without equal neighbours. As in go-jsonnet nothing checks that they are.
import { force } from '../engine/machine.ts';
import { compare, equals, plus } from '../engine/operators.ts';
import { makeArray, type ArrayValue, type Lazy, type Value } from '../engine/value.ts';
import { foldItems, keyOf, sorted } from './arrays.ts';
import { lengthOf } from './length.ts';
import { native } from './native.ts';
import { slice } from './slice.ts';
import { itemsOf } from './strings.ts';

/** Which elements go into the result: only on the left, on both sides (the left one), only on the right. */
interface Kept {
  left: boolean;
  both: boolean;
  right: boolean;
}

/** Merges two sets. The right one and the key function are looked at only when go-jsonnet's library would. */
function merge(left: Value, right: Lazy, by: Lazy | undefined, kept: Kept): Value {
  const merged: Lazy[] = [];
  let i = 0;
  let j = 0;
  // Only a union with nothing doesn't ask for its right side before the left one's length.
  if (!kept.right) force(right);
  const length = lengthOf(left);
  if (length === 0 && !kept.right) return makeArray(merged);
  const other = force(right);
  // What is left over is added, which makes a string of a string's rest.
  const withRest = (value: Value, from: number): Value => plus(makeArray(merged), slice(value, from, null, null));
  if (length === 0) return withRest(other, 0);
  const total = lengthOf(other);
  const a = itemsOf(left);
  const b = itemsOf(other);
  const key = by === undefined || total === 0 ? undefined : force(by);
  while (i < length && j < total) {
    const x = keyOf(key, a[i]!);
    const y = keyOf(key, b[j]!);
    if (equals(x, y)) {
      if (kept.both) merged.push(a[i]!);
      i++;
      j++;
    } else if (compare(x, y) < 0) {
      if (kept.left) merged.push(a[i]!);
      i++;
    } else {
      if (kept.right) merged.push(b[j]!);
      j++;
    }
  }
  if (i >= length) return kept.right ? withRest(other, j) : makeArray(merged);
  return kept.left ? withRest(left, i) : makeArray(merged);
}

const union: Kept = { left: true, both: true, right: true };
const intersection: Kept = { left: false, both: true, right: false };
const difference: Kept = { left: true, both: false, right: false };

/** The union of two lists of names in order. */
export function unionOf(a: string[], b: string[]): Lazy[] {
  return (merge(makeArray(a), makeArray(b), undefined, union) as ArrayValue).items;
}

/** The names of one list that the other lacks. */
export function differenceOf(a: Lazy[], b: string[]): Lazy[] {
  return (merge(makeArray(a), makeArray(b), undefined, difference) as ArrayValue).items;
}

function operation(name: string, kept: Kept) {
  return native(name, ['a', '~b', '~keyF?'], (a: Value, b: Lazy, by: Lazy | undefined) => merge(a, b, by, kept));
}

/** Elements that differ from the one before. The key function is asked only when there are two. */
function uniq(values: Value, by: Lazy | undefined): Value {
  const items = foldItems('foldl', values);
  const kept: Lazy[] = items.slice(0, 1);
  if (items.length < 2) return makeArray(kept);
  const key = by === undefined ? undefined : force(by);
  let last = keyOf(key, items[0]!);
  for (let index = 1; index < items.length; index++) {
    const next = keyOf(key, items[index]!);
    if (equals(last, next)) continue;
    kept.push(items[index]!);
    last = next;
  }
  return makeArray(kept);
}

export const setFunctions = [
  native('set', ['arr', 'keyF?'], (values: Value, by: Value | undefined) =>
    uniq(makeArray(sorted(values, by).map(({ item }) => item)), by),
  ),
  native('uniq', ['arr', '~keyF?'], uniq),
  operation('setUnion', union),
  operation('setInter', intersection),
  operation('setDiff', difference),
  native(
    'setMember',
    ['~x', '~arr', '~keyF?'],
    (x: Lazy, values: Lazy, by: Lazy | undefined) => lengthOf(merge(makeArray([x]), values, by, intersection)) > 0,
  ),
];
