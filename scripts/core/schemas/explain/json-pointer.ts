/** The segments of a JSON Pointer (RFC 6901), unescaped; none for the whole document. */
export function pointerSegments(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Appends one segment to a JSON Pointer. */
export function pointerChild(pointer: string, segment: string | number): string {
  return `${pointer}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The value that a JSON Pointer names, or undefined. */
export function valueAt(document: unknown, segments: readonly string[]): unknown {
  let value = document;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

/**
 * A place in a manifest as people write it: `spec.containers[0].name`, `metadata.labels["example.org/team"]`.
 *
 * @param document decides whether a number is an index or a key
 */
export function fieldPath(document: unknown, segments: readonly string[]): string {
  let path = '';
  let value = document;
  for (const segment of segments) {
    if (Array.isArray(value)) path += `[${segment}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(segment)) path += path === '' ? segment : `.${segment}`;
    else path += `[${JSON.stringify(segment)}]`;
    value = (value as Record<string, unknown> | null | undefined)?.[segment];
  }
  return path;
}

/** Orders JSON Pointers as a reader meets the places: by segments, indexes by number. */
export function comparePointers(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const one = left[index] as string;
    const other = right[index] as string;
    if (one === other) continue;
    const numbers = /^\d+$/.test(one) && /^\d+$/.test(other);
    return numbers ? Number(one) - Number(other) : one < other ? -1 : 1;
  }
  return left.length - right.length;
}
