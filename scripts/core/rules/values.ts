// Rules run on manifests that the schema check may have refused: every step into one has to expect any JSON.

export type Fields = Record<string, unknown>;

const nothing: Fields = Object.freeze({});

/** The value's fields, none when it is not an object. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : nothing;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value's elements, none when it is not an array. */
export function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value when it is a string, else undefined. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The value at a path of field names, undefined as soon as a step is missing. */
export function at(value: unknown, ...path: string[]): unknown {
  let current = value;
  for (let i = 0; i < path.length; i++) current = fieldsOf(current)[path[i]!];
  return current;
}

/** A JSON Pointer (RFC 6901) from its unescaped steps: `pointer('data', 'a/b')` is `/data/a~1b`. */
export function pointer(...steps: (string | number)[]): string {
  return steps.map((step) => `/${`${step}`.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
