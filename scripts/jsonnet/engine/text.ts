// Strings by Unicode code points, as Jsonnet counts them. JavaScript counts UTF-16 units; the two differ only where a string
// has surrogates, which is looked for first.

const surrogate = /[\ud800-\udfff]/;

export function hasSurrogates(text: string): boolean {
  return surrogate.test(text);
}

/** The order of code points: that of UTF-8 bytes. Negative, zero or positive. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    // Units from U+E000 sort behind surrogates, code points before what surrogates stand for.
    if (a >= 0xd800 && b >= 0xd800)
      return (a >= 0xe000 ? a - 0x2000 : a + 0x2000) - (b >= 0xe000 ? b - 0x2000 : b + 0x2000);
    return a - b;
  }
  return left.length - right.length;
}

export function textLength(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let count = 0;
  for (let index = 0; index < text.length; index += unitsAt(text, index)) count++;
  return count;
}

/** How many UTF-16 units the code point at an index takes. */
function unitsAt(text: string, index: number): 1 | 2 {
  return text.codePointAt(index)! > 0xffff ? 2 : 1;
}

/** The characters of a string. */
export function characters(text: string): string[] {
  return surrogate.test(text) ? Array.from(text) : text.split('');
}

/** The character at a position counted in code points; undefined outside the string. */
export function characterAt(text: string, index: number): string | undefined {
  if (!surrogate.test(text)) return text[index];
  return Array.from(text)[index];
}

/** The part of a string from `from` up to but without `to`, counted in code points. */
export function sliceText(text: string, from: number, to: number): string {
  if (!surrogate.test(text)) return text.slice(from, to);
  return Array.from(text).slice(from, to).join('');
}

/** Surrogates without a partner become U+FFFD: Jsonnet's strings hold characters only. */
export function wellFormed(text: string): string {
  return surrogate.test(text)
    ? text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    : text;
}

// eslint-disable-next-line no-control-regex
const needsEscape = /["\\\u0000-\u001f\u007f-\u009f]/;
// eslint-disable-next-line no-control-regex
const escapable = /["\\\u0000-\u001f\u007f-\u009f]/g;

const shortEscapes: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string as JSON, as both engines print it: control characters up to U+009F escaped, everything else as it is. */
export function quote(text: string): string {
  return needsEscape.test(text) ? `"${text.replace(escapable, escapeOne)}"` : `"${text}"`;
}

function escapeOne(character: string): string {
  return shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
