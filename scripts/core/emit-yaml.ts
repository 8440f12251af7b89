// YAML for people and for kubectl: block style, sequences at the indentation of their key, text blocks for text. Every
// scalar reads the same under YAML 1.1 (kubectl, Argo CD) and YAML 1.2; a general library is fifteen times slower.

/** One YAML document, without `---`, ending in a line feed. `value` is JSON data; keys stay in their order. */
export function emitYaml(value: unknown): string {
  const text = node(value, '');
  return `${text.startsWith('\n') || text.startsWith(' ') ? text.slice(1) : text}\n`;
}

/** What follows `key:` or `-` at the indentation `pad`: a space and a scalar, or a line feed and a block. */
function node(value: unknown, pad: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    let text = '';
    for (const item of value) text += `\n${pad}-${entry(item, pad)}`;
    return text;
  }
  if (typeof value === 'object' && value !== null) {
    const keys = orderedKeys(value);
    if (keys.length === 0) return ' {}';
    let text = '';
    for (const key of keys)
      text += `\n${pad}${keyOf(key, pad)}:${member((value as Record<string, unknown>)[key], pad)}`;
    return text;
  }
  return ` ${scalar(value, pad)}`;
}

/** The value of a mapping's key: a nested mapping is indented, a sequence isn't. */
function member(value: unknown, pad: string): string {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? node(value, `${pad}  `)
    : node(value, pad);
}

/** An entry of a sequence: a nested collection begins on the line of the dash. */
function entry(value: unknown, pad: string): string {
  const text = typeof value === 'object' ? node(value, `${pad}  `) : node(value, pad);
  return text.startsWith('\n') ? ` ${text.slice(pad.length + 3)}` : text;
}

/** JavaScript puts keys that look like array indexes first; Jsonnet's order is that of the characters. */
function orderedKeys(value: object): string[] {
  const keys = Object.keys(value);
  const first = keys[0]?.charCodeAt(0);
  return first !== undefined && first >= 48 && first <= 57 ? keys.sort() : keys;
}

/** A key of more than 1024 characters must be announced, by the grammar of both versions. */
function keyOf(key: string, pad: string): string {
  const text = quotedKey(key);
  return text.length > 1000 ? `? ${text}\n${pad}` : text;
}

function scalar(value: unknown, pad: string): string {
  if (typeof value === 'string') {
    return value.includes('\n') && blockable(value) ? textBlock(value, pad) : quoteUnlessPlain(value);
  }
  if (typeof value === 'number') {
    // YAML 1.1 takes 1e+21 for a string: its floating point numbers have a point.
    return String(value).replace(/^(-?\d+)e/, '$1.0e');
  }
  return String(value);
}

/** The most frequent strings of manifests: names, labels, images, paths. */
const surelyPlain = /^[A-Za-z_/][A-Za-z0-9_./@-]*$/;

/** Booleans and nulls of either version. */
const words = new Set(['y', 'yes', 'n', 'no', 'true', 'false', 'on', 'off', 'null']);

/** Some readers of version 1.1 take it for a number that lacks the digits before its exponent. */
const bareExponent = /^e\d+$/i;

function isWord(text: string): boolean {
  return (text.length <= 5 && words.has(text.toLowerCase())) || bareExponent.test(text);
}

/** Keys are few and come again and again. */
const keys = new Map<string, string>();

function quotedKey(key: string): string {
  let text = keys.get(key);
  if (text === undefined) {
    text = quoteUnlessPlain(key);
    keys.set(key, text);
  }
  return text;
}

function quoteUnlessPlain(text: string): string {
  if (surelyPlain.test(text) ? !isWord(text) : plain(text)) return text;
  if (/["\\]/.test(text) && printable(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

/** Line breaks of either version, control characters, byte order marks, halves of surrogate pairs: all but text. */
const unprintable = /[^\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;
const ascii = /^[\x20-\x7e]*$/;

/** Most text is ASCII, for which the small expression is enough: the large one takes long to compile. */
function printable(text: string): boolean {
  return ascii.test(text) || !unprintable.test(text);
}

const indicator = /^[?:,[\]{}#&*!|>'"%@`\s]|^-(?:\s|$)|^---|: |:$| #|\s$/;

/** What one version or the other reads as a number, a point in time, a merge key or a default value. */
const typed = new RegExp(
  [
    String.raw`[-+]?\d[\d_]*`,
    String.raw`[-+]?0(?:b[01_]+|o[0-7_]+|x[\da-fA-F_]+)`,
    String.raw`[-+]?(?:\d[\d_]*)?(?:\.[\d_]*)?(?:[eE][-+]?\d+)?`,
    String.raw`[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?`,
    String.raw`[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)`,
    String.raw`\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?`,
    '~|<<|=',
  ]
    .map((pattern) => `^(?:${pattern})$`)
    .join('|'),
);

function plain(text: string): boolean {
  return text !== '' && !indicator.test(text) && !isWord(text) && !typed.test(text) && printable(text);
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Whether a text can stand as a literal block in which every parser sees the same indentation: it must not begin with
 * white space, and hold nothing but printable characters, tabs and line feeds.
 */
function blockable(text: string): boolean {
  return !/^\s/.test(text) && printable(text.replace(/[\n\t]/g, ''));
}

function textBlock(text: string, pad: string): string {
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  const lines = (chomping === '-' ? text : text.slice(0, -1)).split('\n');
  return `|${chomping}\n${lines.map((line) => (line === '' ? '' : `${pad}  ${line}`)).join('\n')}`;
}
