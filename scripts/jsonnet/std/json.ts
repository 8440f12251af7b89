import { dataObject } from '../engine/data.ts';
import { fail } from '../engine/machine.ts';
import { wellFormed } from '../engine/text.ts';
import { makeArray, type Value } from '../engine/value.ts';
import { jsonMistake } from './json-mistake.ts';
import { native, stringOf } from './native.ts';

/** JSON text as a value. Of fields with one name the last counts. */
export function parseJson(text: string): Value {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw fail(`failed to parse JSON: ${jsonMistake(text)}`);
  }
  return convert(data);
}

function convert(data: unknown): Value {
  switch (typeof data) {
    case 'string':
      return wellFormed(data);
    case 'number':
      if (Math.abs(data) === Infinity) {
        throw fail('failed to parse JSON: json: cannot unmarshal number into Go value of type float64');
      }
      return data;
    case 'boolean':
      return data;
  }
  if (data === null) return null;
  if (Array.isArray(data)) return makeArray(data.map(convert));
  const names = Object.keys(data as object);
  const values = names.map((name) => convert((data as Record<string, unknown>)[name]));
  return dataObject(names.map(wellFormed), values);
}

export const jsonFunctions = [native('parseJson', ['str'], (text: Value) => parseJson(stringOf(text)))];
