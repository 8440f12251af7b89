import { fieldPath } from './json-pointer.ts';
import type { SchemaSource } from './schema-lookup.ts';
import type { SchemaNode } from '../schema-nodes.ts';
import type { AjvError } from '../validators.ts';

/** A mistake in plain words. */
export interface Translation {
  /** JSON Pointer to the place that must change. */
  pointer: string;
  message: string;
  hint: string;
}

/** What is known about one error of ajv. */
export interface Mistake {
  error: AjvError;
  /** The errors inside the branches, when the error is about a combination such as oneOf. */
  branches: readonly AjvError[];
  document: unknown;
  /** Where the error is, and what the manifest has there. */
  segments: readonly string[];
  value: unknown;
  /** What the schema says of that place; undefined where it allows anything. */
  schema: SchemaNode | undefined;
  source: SchemaSource;
}

export type Translator = (mistake: Mistake) => Translation;

/** The place of a mistake as the subject of a sentence: `spec.template`, `the Deployment`. */
export function place({ document, segments }: Mistake): string {
  if (segments.length > 0) return fieldPath(document, segments);
  return `the ${(document as { kind?: string } | null)?.kind ?? 'manifest'}`;
}

const longestValue = 60;

/** A value of the manifest as part of a sentence: `"three"`. What a Secret holds is never shown. */
export function show({ document, segments }: Mistake, value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const inSecret = (document as { kind?: string } | null)?.kind === 'Secret';
  if (inSecret && ['data', 'stringData'].includes(segments[0] ?? '')) {
    return value === null ? 'null' : `a ${typeof value}`;
  }
  const text = JSON.stringify(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

/** `a, b and c`. */
export function enumerate(words: readonly string[], conjunction = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

const typeNames: Record<string, string> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  boolean: 'true or false',
};

/** JSON types in words: `an integer or a string`. */
export function nameTypes(types: readonly string[]): string {
  return enumerate(
    types.map((type) => typeNames[type] ?? type),
    'or',
  );
}
