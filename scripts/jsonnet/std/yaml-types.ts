// What a scalar of YAML 1.1 means, and mappings with keys that become strings.
import { YamlMistake, mistake, type Source } from './yaml-source.ts';

const words = new Map<string, unknown>();
for (const word of ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']) words.set(word, true);
for (const word of ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']) words.set(word, false);
for (const word of ['', '~', 'null', 'Null', 'NULL']) words.set(word, null);
for (const word of ['.nan', '.NaN', '.NAN']) words.set(word, NaN);
for (const word of ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']) words.set(word, Infinity);
for (const word of ['-.inf', '-.Inf', '-.INF']) words.set(word, -Infinity);

/** The value of a scalar without quotes. */
export function resolvePlain(text: string): unknown {
  if (words.has(text)) return json(words.get(text));
  if (!/^[-+.0-9]/.test(text)) return text;
  return json(numberIn(text) ?? text);
}

function json(value: unknown): unknown {
  if (typeof value !== 'number' || Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  throw new YamlMistake(`json: unsupported value: ${name}`);
}

function numberIn(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(plain)!;
  const factor = sign === '-' ? -1 : 1;
  if (/^0[xX][0-9a-fA-F]+$/.test(digits!) || /^0[oO][0-7]+$/.test(digits!) || /^0[bB][01]+$/.test(digits!)) {
    return wholeNumber(BigInt(digits!.toLowerCase())) * factor;
  }
  if (/^0[0-7]+$/.test(digits!)) return wholeNumber(BigInt(`0o${digits!.slice(1)}`)) * factor;
  if (/^(?:0|[1-9][0-9]*)$/.test(digits!) && BigInt(digits!) < 2n ** 64n) return Number(plain);
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(plain)) {
    const value = Number(plain);
    // Go refuses what no double holds, and then it is text.
    return Number.isFinite(value) ? value : undefined;
  }
  return undefined;
}

function wholeNumber(value: bigint): number {
  return Number(value);
}

/** A value with a tag such as `!!str`. Scalars have been resolved before, so their text is made of them again. */
export function tagged(source: Source, tag: string | undefined, value: unknown): unknown {
  switch (tag) {
    case '!':
    case '!!str':
    case '!<tag:yaml.org,2002:str>':
      return value === null ? '' : typeof value === 'object' ? value : String(value);
    case '!!int':
    case '!!float': {
      const number = typeof value === 'string' ? numberIn(value) : value;
      if (typeof number === 'number') return number;
      throw mistake(source, `cannot decode ${kindOf(value)} as a ${tag.slice(2)}`);
    }
    case '!!binary':
      return atob(String(value).replace(/\s/g, ''));
    default:
      return value;
  }
}

function kindOf(value: unknown): string {
  return value === null ? '!!null' : `!!${typeof value}`;
}

export interface Entries {
  object: Record<string, unknown>;
  /** The last value of a key counts. */
  add: (key: unknown, value: unknown, source: Source) => void;
  /** `<<`: the entries of another mapping, or of several. */
  merge: (value: unknown, source: Source) => void;
}

export function makeEntries(): Entries {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  return {
    object,
    add: (key, value, source) => {
      object[keyText(key, source)] = value;
    },
    merge: (value, source) => {
      const all = Array.isArray(value) ? value.toReversed() : [value];
      for (const each of all) {
        if (typeof each !== 'object' || each === null || Array.isArray(each)) {
          throw mistake(source, 'map merge requires map or sequence of maps as the value');
        }
        Object.assign(object, each);
      }
    },
  };
}

function keyText(key: unknown, source: Source): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'number' || typeof key === 'boolean') return String(key);
  if (key === null) throw mistake(source, 'unsupported map key of type: %!s(<nil>), key: <nil>');
  throw mistake(source, 'invalid map key');
}
