// What Go's standard library does with text, where JavaScript's does it a little differently.

// eslint-disable-next-line no-control-regex
const space =
  /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/** Without white space at both ends, as Unicode defines it. */
export function trimSpace(text: string): string {
  return text.replace(space, '');
}

/** Whether two strings are equal but for their case, by Unicode's simple case folding. */
export function equalFold(left: string, right: string): boolean {
  if (left === right) return true;
  const literal = left.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`^${literal}$`, 'iu').test(right);
}

/** C's `%f`. */
export function fixed(value: number): string {
  return Math.abs(value) < 1e21 ? value.toFixed(6) : `${BigInt(value)}.000000`;
}

/** A string as Go's encoding/json writes it, without escapes for HTML. */
export function goQuote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (one) => (one === '\u2028' ? '\\u2028' : '\\u2029'));
}
