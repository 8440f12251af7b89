import type { TypeExpression } from './provider-schemas.ts';

/** A value that does not fit its type. The pointer is relative to the value. */
export interface Misfit {
  pointer: string;
  message: string;
}

/**
 * Compares a value of Terraform's JSON syntax with a type, as Terraform would convert it: `"2"` is a number, `1` a string,
 * and a text with `${…}` may become anything.
 */
export function checkType(type: TypeExpression, value: unknown, pointer = ''): Misfit[] {
  if (value === null || isTemplate(value)) return [];
  if (typeof type === 'string') return checkPrimitive(type, value, pointer);
  const [kind, inner] = type as [string, TypeExpression | Record<string, TypeExpression> | TypeExpression[]];
  if (kind === 'list' || kind === 'set') {
    if (!Array.isArray(value)) return [misfit(pointer, 'a list', value)];
    return value.flatMap((item, index) => checkType(inner as TypeExpression, item, `${pointer}/${index}`));
  }
  if (kind === 'map' || kind === 'object') {
    if (!isObject(value)) return [misfit(pointer, 'an object', value)];
    return Object.entries(value).flatMap(([key, item]) => {
      const of = kind === 'map' ? (inner as TypeExpression) : (inner as Record<string, TypeExpression>)[key];
      return of === undefined ? [] : checkType(of, item, `${pointer}/${escapePointer(key)}`);
    });
  }
  return [];
}

function checkPrimitive(type: string, value: unknown, pointer: string): Misfit[] {
  const words: Record<string, [fits: boolean, expected: string]> = {
    string: [typeof value !== 'object', 'a string'],
    number: [typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)), 'a number'],
    bool: [typeof value === 'boolean' || value === 'true' || value === 'false', 'true or false'],
  };
  const [fits, expected] = words[type] ?? [true, ''];
  return fits ? [] : [misfit(pointer, expected, value)];
}

function misfit(pointer: string, expected: string, value: unknown): Misfit {
  const text = JSON.stringify(value);
  return { pointer, message: `expected ${expected}, found ${text.length > 60 ? `${text.slice(0, 57)}...` : text}` };
}

/** Whether a value is a text that Terraform evaluates; `$${` and `%%{` stand for themselves. */
export function isTemplate(value: unknown): boolean {
  return typeof value === 'string' && /(^|[^$])\$\{|(^|[^%])%\{/.test(value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key as a step of a JSON Pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
