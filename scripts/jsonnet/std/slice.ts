import { fail } from '../engine/machine.ts';
import { characters } from '../engine/text.ts';
import { isArray, makeArray, typeName, type Value } from '../engine/value.ts';
import { toText } from '../engine/manifest.ts';
import { lengthOf } from './length.ts';
import { numberOf } from './native.ts';

/** `value[index:end:step]`; null stands for what isn't given. */
export function slice(value: Value, index: Value, end: Value, step: Value): Value {
  const length = lengthOf(value);
  const given = index === null ? 0 : numberOf(index);
  const first = given < 0 ? Math.max(0, length + given) : given;
  const stop = end === null ? length : numberOf(end) < 0 ? length + numberOf(end) : numberOf(end);
  const stride = step === null ? 1 : numberOf(step);
  if (stride < 0) {
    throw fail(`got [${toText(first)}:${toText(stop)}:${toText(stride)}] but negative steps are not supported`);
  }
  if (stride === 0) throw fail(`got ${toText(step)} but step must be greater than 0`);
  if (typeof value !== 'string' && !isArray(value)) {
    throw fail(`std.slice accepts a string or an array, but got: ${typeName(value)}`);
  }
  const items = typeof value === 'string' ? characters(value) : value.items;
  const chosen: (typeof items)[number][] = [];
  for (let at = first; at < stop && at < length; at += stride) chosen.push(items[Math.trunc(at)]!);
  return typeof value === 'string' ? chosen.join('') : makeArray(chosen);
}
