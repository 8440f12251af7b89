import { guardElements } from '../engine/guard.ts';
import { fail, force } from '../engine/machine.ts';
import { compare } from '../engine/operators.ts';
import { characters } from '../engine/text.ts';
import { isArray, makeArray, typeName, type Lazy, type Value } from '../engine/value.ts';
import { toText } from '../engine/manifest.ts';
import { lengthOf } from './length.ts';

/**
 * `sliced[index:end:step]`; null stands for what isn't given. What is wrong is found in the order in which go-jsonnet's
 * library, which is lazy, comes to it.
 */
export function slice(sliced: Lazy, index: Lazy, end: Lazy, step: Lazy): Value {
  const given = force(step);
  const stride = given === null ? 1 : given;
  const first = (): Value => bound(force(index), 0, sliced, true);
  const stop = (): Value => bound(force(end), undefined, sliced, false);
  if (compare(stride, 0) < 0) {
    throw fail(`got [${toText(first())}:${toText(stop())}:${toText(stride)}] but negative steps are not supported`);
  }
  if (stride === 0) throw fail(`got ${toText(given)} but step must be greater than 0`);
  const value = force(sliced);
  if (typeof value !== 'string' && !isArray(value)) {
    throw fail(`std.slice accepts a string or an array, but got: ${typeName(value)}`);
  }
  const items = typeof value === 'string' ? characters(value) : value.items;
  const chosen: (typeof items)[number][] = [];
  const from = first();
  const to = stop();
  compare(from, to);
  // A step may be a fraction, so there may be more elements than there were. V8 ends the process where an array grows too large.
  const count = (Math.min(to as number, items.length) - (from as number)) / (stride as number);
  guardElements(count);
  if (count > mostElements) throw new RangeError('Invalid array length');
  for (let at = from as number; at < (to as number) && at < items.length; at += stride as number) {
    chosen.push(items[Math.trunc(at)]!);
  }
  return typeof value === 'string' ? chosen.join('') : makeArray(chosen);
}

const mostElements = 2 ** 26;

/** A bound of a slice; negative ones count from the end. */
function bound(given: Value, absent: number | undefined, sliced: Lazy, isFirst: boolean): Value {
  if (given === null) return absent ?? lengthOf(force(sliced));
  if (compare(given, 0) >= 0) return given;
  const counted = lengthOf(force(sliced)) + (given as number);
  return isFirst ? Math.max(0, counted) : counted;
}
