import { didYouMean } from '../../suggest.ts';
import { pointerChild, pointerSegments } from './json-pointer.ts';
import { int32 } from '../scalars.ts';
import { typesOf } from './schema-lookup.ts';
import type { SchemaNode } from '../schema-nodes.ts';
import { missingField, unknownField } from './translate-field.ts';
import { notQuantity, isQuantityPattern } from './translate-quantity.ts';
import { wrongType } from './translate-type.ts';
import { enumerate, place, show, type Mistake, type Translator } from './translation.ts';

/** What a value of a format looks like. */
const formatExamples: Record<string, string> = {
  'date-time': 'a date with time, as in 2026-01-31T09:30:00Z',
  'date-time-micro': 'a date with time and six digits of a second, as in 2026-01-31T09:30:00.000000Z',
  ipv4: 'an IPv4 address, as in 192.0.2.1',
  ipv6: 'an IPv6 address, as in 2001:db8::1',
  uuid: 'a UUID, as in 123e4567-e89b-12d3-a456-426614174000',
};

/** One translator per keyword that our schemas use; a test keeps the list complete. */
export const translators: Readonly<Record<string, Translator>> = {
  additionalProperties: unknownField,
  required: missingField,
  type: wrongType,
  enum: unlisted,
  pattern: (mistake) => {
    const { pattern } = mistake.error.params as { pattern: string };
    return isQuantityPattern(pattern) ? notQuantity(mistake) : otherPattern(mistake, pattern);
  },
  format: (mistake) => {
    const format = String(mistake.error.params.format);
    if (format === 'byte' || format === 'base64') return notBase64(mistake);
    const example = formatExamples[format] ?? `a value of the format ${format}`;
    return is(mistake, 'which has the wrong form', `write ${example}`);
  },
  minimum: outOfRange,
  maximum: outOfRange,
  exclusiveMinimum: outOfRange,
  exclusiveMaximum: outOfRange,
  multipleOf: (mistake) => is(mistake, `not a multiple of ${mistake.error.params.multipleOf}`, 'round it'),
  minLength: (mistake) => wrongSize(mistake, 'character', 'at least'),
  maxLength: (mistake) => wrongSize(mistake, 'character', 'at most'),
  minItems: (mistake) => wrongSize(mistake, 'item', 'at least'),
  maxItems: (mistake) => wrongSize(mistake, 'item', 'at most'),
  minProperties: (mistake) => wrongSize(mistake, 'field', 'at least'),
  maxProperties: (mistake) => wrongSize(mistake, 'field', 'at most'),
  uniqueItems: repeatedItem,
  uniqueKeys: repeatedKey,
  anyOf: noneMatches,
  oneOf: noneMatches,
  not: forbiddenForm,
};

/** What is said of a keyword that has no translator. */
export const fallback: Translator = (mistake) => ({
  pointer: mistake.error.instancePath,
  message: `${place(mistake)} does not satisfy "${mistake.error.keyword}" of the schema`,
  hint: `the schema says ${JSON.stringify(mistake.error.params)}`,
});

function is(mistake: Mistake, what: string, hint: string): ReturnType<Translator> {
  const message = `${place(mistake)} is ${show(mistake, mistake.value)}, ${what}`;
  return { pointer: mistake.error.instancePath, message, hint };
}

function unlisted(mistake: Mistake): ReturnType<Translator> {
  // Null and the empty string stand for an unset field.
  const allowed = (mistake.error.params.allowedValues as unknown[])
    .filter((value) => value !== null && value !== '')
    .map(String);
  const hint = didYouMean(String(mistake.value), allowed);
  return is(mistake, 'which is not one of the allowed values', hint);
}

function notBase64(mistake: Mistake): ReturnType<Translator> {
  const isSecret = (mistake.document as { kind?: string }).kind === 'Secret';
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} is not base64`,
    hint: isSecret
      ? 'encode the value, or write it as it is under stringData'
      : 'encode the value with the standard alphabet and padding',
  };
}

function otherPattern(mistake: Mistake, pattern: string): ReturnType<Translator> {
  const isDuration = pattern.includes('ms)|') || pattern.includes('(s|m|h)');
  const hint = isDuration ? 'write a duration, as in 30s or 1h30m' : `it must match ${pattern}`;
  return is(mistake, 'which has the wrong form', hint);
}

function outOfRange(mistake: Mistake): ReturnType<Translator> {
  const { comparison, limit } = mistake.error.params as { comparison: string; limit: number };
  const words: Record<string, string> = {
    '>=': 'at least',
    '<=': 'at most',
    '>': 'more than',
    '<': 'less than',
  };
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} must be ${words[comparison]} ${limit}, it is ${show(mistake, mistake.value)}`,
    hint: allowedRange(mistake.schema) ?? `use a value that is ${words[comparison]} ${limit}`,
  };
}

function allowedRange(schema: SchemaNode = {}): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, number>;
  if (minimum === int32.minimum && maximum === int32.maximum) return 'the field is a 32-bit integer';
  // Between whole numbers the open bound of an integer is one more, or one less.
  const isInteger = typesOf(schema).includes('integer');
  const from = minimum ?? (isInteger && exclusiveMinimum !== undefined ? exclusiveMinimum + 1 : undefined);
  const to = maximum ?? (isInteger && exclusiveMaximum !== undefined ? exclusiveMaximum - 1 : undefined);
  return from === undefined || to === undefined ? undefined : `use a value from ${from} to ${to}`;
}

function wrongSize(mistake: Mistake, unit: string, bound: string): ReturnType<Translator> {
  const { limit } = mistake.error.params as { limit: number };
  const size = unit === 'field' ? Object.keys(mistake.value as object).length : [...(mistake.value as string)].length;
  const count = (number: number): string => `${number} ${unit}${number === 1 ? '' : 's'}`;
  return {
    pointer: mistake.error.instancePath,
    message: `${place(mistake)} must have ${bound} ${count(limit)}, it has ${size}`,
    hint: size < limit ? 'add what is missing' : `remove ${count(size - limit)}`,
  };
}

function repeatedItem(mistake: Mistake): ReturnType<Translator> {
  const { i, j } = mistake.error.params as { i: number; j: number };
  const [first, second] = [Math.min(i, j), Math.max(i, j)];
  return {
    pointer: pointerChild(mistake.error.instancePath, second),
    message: `${place(mistake)}[${second}] repeats ${place(mistake)}[${first}]`,
    hint: 'remove one of them: the list is a set',
  };
}

function repeatedKey(mistake: Mistake): ReturnType<Translator> {
  const [first, second] = mistake.error.params.entries as [number, number];
  const keys = Object.entries(mistake.error.params.keys as Record<string, string | null>);
  const entry = (mistake.value as Record<string, unknown>[])[second] ?? {};
  const shared = keys.map(([key, byDefault]) => `${key} ${JSON.stringify(entry[key] ?? byDefault)}`);
  return {
    pointer: pointerChild(mistake.error.instancePath, second),
    message: `${place(mistake)}[${second}] has the same ${enumerate(shared)} as ${place(mistake)}[${first}]`,
    hint: `give each entry its own ${enumerate(keys.map(([key]) => key))}; server-side apply refuses duplicates`,
  };
}

function forbiddenForm(mistake: Mistake): ReturnType<Translator> {
  const { required } = (mistake.schema?.not ?? {}) as { required?: string[] };
  const names = enumerate((required ?? []).map((name) => `"${name}"`));
  return {
    pointer: mistake.error.instancePath,
    message: names
      ? `${place(mistake)} must not have ${names} at once`
      : `${place(mistake)} is ${show(mistake, mistake.value)} of a form that the schema forbids`,
    hint: names ? 'remove one of them' : 'look up which fields and values of the kind exclude each other',
  };
}

function noneMatches(mistake: Mistake): ReturnType<Translator> {
  const { error, branches } = mistake;
  const only = error.keyword === 'oneOf' ? 'exactly one' : 'at least one';
  const here = branches.filter(({ instancePath }) => instancePath === error.instancePath);
  const missing = new Set(
    here.flatMap(({ keyword, params }) => (keyword === 'required' ? String(params.missingProperty) : [])),
  );
  const matching = error.params.passingSchemas;
  if (Array.isArray(matching)) {
    return {
      pointer: error.instancePath,
      message: `${place(mistake)} fits several forms of which only one is allowed`,
      hint: 'remove the fields of all but one form',
    };
  }
  if (missing.size > 0 && missing.size === new Set(branches).size) {
    const names = enumerate(
      [...missing].map((name) => `"${name}"`),
      'or',
    );
    return {
      pointer: error.instancePath,
      message: `${place(mistake)} needs ${only} of the fields ${names}`,
      hint: `add ${names}`,
    };
  }
  const places = new Set(branches.map(({ instancePath }) => pointerSegments(instancePath).join('.')));
  return {
    pointer: error.instancePath,
    message: `${place(mistake)} fits none of the forms that the schema allows`,
    hint: places.size > 0 ? `look at ${enumerate([...places])}` : 'compare it with the documentation of the kind',
  };
}
