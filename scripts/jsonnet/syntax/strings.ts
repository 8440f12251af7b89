// What a string literal means, and how a string is written.
import { StringForm } from './ast.ts';
import { JsonnetSyntaxError } from './errors.ts';

/** The value of the literal at `source.slice(start, end)`. Throws JsonnetSyntaxError for an escape that doesn't exist. */
export function stringValue(source: string, form: StringForm, start: number, end: number): string {
  switch (form) {
    case StringForm.Block:
      return blockValue(source, start, end);
    case StringForm.VerbatimSingle:
    case StringForm.VerbatimDouble: {
      const quote = source.charAt(start + 1);
      const value = source.slice(start + 2, end - 1);
      return value.includes(quote) ? value.replaceAll(quote + quote, quote) : value;
    }
    default: {
      const raw = source.slice(start + 1, end - 1);
      return raw.includes('\\') ? unescape(raw, start + 1) : raw;
    }
  }
}

/** The indentation that a text block takes off its lines, and that of its closing bars. */
export function blockIndent(source: string, start: number, end: number): { indent: string; terminator: string } {
  let line = source.indexOf('\n', start) + 1;
  while (source.charCodeAt(line) === 10) line++;
  let indentEnd = line;
  while (source.charCodeAt(indentEnd) === 32 || source.charCodeAt(indentEnd) === 9) indentEnd++;
  return {
    indent: source.slice(line, indentEnd),
    terminator: source.slice(source.lastIndexOf('\n', end - 3) + 1, end - 3),
  };
}

function blockValue(source: string, start: number, end: number): string {
  const chomps = source.charCodeAt(start + 3) === 45;
  const { indent } = blockIndent(source, start, end);
  const last = source.lastIndexOf('\n', end - 3);
  let value = '';
  for (let line = source.indexOf('\n', start) + 1; line <= last;) {
    const stop = source.indexOf('\n', line) + 1;
    value += source.slice(source.charCodeAt(line) === 10 ? line : line + indent.length, stop);
    line = stop;
  }
  return chomps ? value.slice(0, -1) : value;
}

function unescape(raw: string, offset: number): string {
  let value = '';
  let from = 0;
  for (let at = raw.indexOf('\\'); at !== -1; at = raw.indexOf('\\', from)) {
    value += raw.slice(from, at);
    const letter = raw.charAt(at + 1);
    from = at + 2;
    switch (letter) {
      case '"':
      case "'":
      case '\\':
      case '/':
        value += letter;
        break;
      case 'b':
        value += '\b';
        break;
      case 'f':
        value += '\f';
        break;
      case 'n':
        value += '\n';
        break;
      case 'r':
        value += '\r';
        break;
      case 't':
        value += '\t';
        break;
      case 'u': {
        const unit = hex(raw, at + 2, offset);
        from = at + 6;
        if (unit < 0xd800 || unit > 0xdfff) value += String.fromCharCode(unit);
        else {
          value += pair(raw, unit, from, offset);
          from = at + 12;
        }
        break;
      }
      default:
        throw new JsonnetSyntaxError(
          `Unknown escape sequence in string literal: \\${String.fromCodePoint(raw.codePointAt(at + 1)!)}`,
          offset + at,
          offset + at + 2,
        );
    }
  }
  return value + raw.slice(from);
}

/** A surrogate needs another escape after it; two that are no pair mean U+FFFD. */
function pair(raw: string, first: number, at: number, offset: number): string {
  if (raw.charAt(at) !== '\\' || raw.charAt(at + 1) !== 'u') {
    const message = 'Unicode surrogate pair escape sequence missing low surrogate in string literal.';
    throw new JsonnetSyntaxError(message, offset + at - 6, offset + at);
  }
  const second = hex(raw, at + 2, offset);
  const isPair = first < 0xdc00 && second >= 0xdc00 && second <= 0xdfff;
  return isPair ? String.fromCharCode(first, second) : '\ufffd';
}

function hex(raw: string, at: number, offset: number): number {
  const digits = raw.slice(at, at + 4);
  if (/^[0-9a-fA-F]{4}$/.test(digits)) return Number.parseInt(digits, 16);
  const what = digits.length < 4 ? 'Truncated unicode escape sequence in string literal.' : undefined;
  const message = what ?? `Unicode escape sequence was malformed: \\u${digits}`;
  throw new JsonnetSyntaxError(message, offset + at - 2, offset + at + digits.length);
}

/** What goes between the quotes for a text, in single or double quotes. */
export function escapeString(value: string, isSingle: boolean): string {
  const quote = isSingle ? "'" : '"';
  // oxlint-disable-next-line no-control-regex
  return value.replace(/["'\\\u0000-\u001f\u007f-\u009f]/g, (character) => {
    if (character === '"' || character === "'") return character === quote ? `\\${character}` : character;
    const short = shortEscapes[character];
    return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const shortEscapes: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};
