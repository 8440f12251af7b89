import { isDeepStrictEqual } from 'node:util';
import { isIPv4, isIPv6 } from 'node:net';
import { fullFormats } from 'ajv-formats/dist/formats.js';

// What compiled validators call while they run. Ajv itself stays out, so that checking starts at once.

/**
 * Two entries of a list that share all their keys, or undefined.
 *
 * @param keys field names; the value is the default that the API server fills in, or null
 */
export function duplicateEntry(
  list: readonly unknown[],
  keys: Readonly<Record<string, string | null>>,
): [first: number, second: number] | undefined {
  if (list.length < 2) return undefined;
  const names = Object.keys(keys);
  const seen = new Map<unknown, number>();
  for (let index = 0; index < list.length; index++) {
    const identity = identify(list[index], names, keys);
    if (identity === undefined) continue;
    const first = seen.get(identity);
    if (first !== undefined) return [first, index];
    seen.set(identity, index);
  }
  return undefined;
}

/** What must be unique in a list: the value of a single key as it is, several values as text. */
function identify(entry: unknown, names: readonly string[], keys: Readonly<Record<string, string | null>>): unknown {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = entry as Record<string, unknown>;
  if (names.length === 1) return fields[names[0] as string] ?? keys[names[0] as string] ?? undefined;
  let identity = '';
  for (const name of names) {
    const value = fields[name] ?? keys[name];
    // An entry without its key is a finding of its own.
    if (value === undefined || value === null) return undefined;
    identity += `${JSON.stringify(value)},`;
  }
  return identity;
}

/** Length in code points, as Go counts runes for minLength and maxLength. */
function codePoints(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index++) {
    // A leading and a trailing surrogate make one code point.
    if ((text.charCodeAt(index) & 0xfc00) !== 0xd800) continue;
    if ((text.charCodeAt(index + 1) & 0xfc00) !== 0xdc00) continue;
    length--;
    index++;
  }
  return length;
}

// The calendar is checked by ajv-formats; Go is stricter about the form: upper-case letters, no space.
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const rfc3339Micro = /:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/;
const calendar = fullFormats['date-time'] as { validate: (text: string) => boolean };
const isTime = (text: string): boolean => rfc3339.test(text) && calendar.validate(text);

const byte = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/**
 * The formats that are checked. `base64` and `date-time-micro` are ours, for what Go's types read by themselves; the API
 * server checks the others, and more, in custom kinds, and ignores those that it does not know.
 */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': isTime,
  'date-time-micro': (text) => isTime(text) && rfc3339Micro.test(text),
  // Go skips line breaks, which YAML block strings leave, and takes an empty value.
  base64: (text) => /^[\r\n]*$/.test(text) || byte.test(text.replace(/[\r\n]/g, '')),
  byte: (text) => byte.test(text),
  ipv4: isIPv4,
  ipv6: isIPv6,
  uuid: (text) => uuid.test(text),
};

/** Modules that compiled validators require, by name. */
export const runtimeModules: Record<string, unknown> = {
  'ajv/dist/runtime/equal': { default: isDeepStrictEqual },
  'ajv/dist/runtime/ucs2length': { default: codePoints },
  'rekindle/unique-keys': { default: duplicateEntry },
  'rekindle/formats': formats,
};
