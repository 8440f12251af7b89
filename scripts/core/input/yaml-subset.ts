/* oxlint-disable no-control-regex -- control characters are what it looks for */
// A fast reader for the YAML that machines write: block mappings and sequences, scalars on one line, literal blocks.
// Whatever else a document holds (anchors, tags, flow collections, folded or multi-line scalars, a duplicate key, a
// mistake), it gives up, and the full parser takes the document. It must never read a document differently: a property
// test compares the two.
import { isBooleanTrap, plainScalar } from './yaml-scalar.ts';

const giveUp = Symbol('not in the subset');

/** Characters that are white space to JavaScript but not to YAML, end a line in YAML alone, or are not allowed at all. */
const uncommon =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff\ufffe\uffff]/;

interface Reader {
  lines: string[];
  /** Index of the next line that is neither blank nor a comment. */
  at: number;
}

/** The value of one document without its `---`, or undefined when it needs the full parser. */
export function readYamlSubset(text: string): { value: unknown } | undefined {
  if (uncommon.test(text)) return undefined;
  const reader: Reader = { lines: text.split('\n'), at: 0 };
  try {
    skipBlank(reader);
    if (reader.at >= reader.lines.length) return { value: null };
    const value = readBlock(reader, indentOf(reader.lines[reader.at]!));
    if (reader.at < reader.lines.length) return undefined;
    return { value };
  } catch (reason) {
    if (reason === giveUp) return undefined;
    throw reason;
  }
}

function readBlock(reader: Reader, indent: number): unknown {
  const line = reader.lines[reader.at]!;
  return isItem(line, indent) ? readSequence(reader, indent) : readMapping(reader, indent);
}

function readSequence(reader: Reader, indent: number): unknown[] {
  const items: unknown[] = [];
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at]!;
    const own = indentOf(line);
    if (own < indent || (own === indent && !isItem(line, indent))) break;
    if (own > indent) throw giveUp;
    const content = line.slice(indent + 1).trim();
    const column = line.indexOf(content, indent + 1);
    // A tab may follow a dash in front of a scalar, but not in front of a mapping.
    if (line.slice(indent + 1, column).includes('\t')) throw giveUp;
    if (content === '' || content.startsWith('#')) {
      next(reader);
      items.push(readNested(reader, indent + 1));
    } else if (isItem(content, 0)) {
      throw giveUp;
    } else {
      if (keyEnd(content) === -1) items.push(readScalar(reader, content, indent));
      else {
        // `- name: x` is a mapping whose first line begins behind the dash.
        reader.lines[reader.at] = ' '.repeat(column) + content;
        items.push(readMapping(reader, column));
      }
    }
  }
  return items;
}

function readMapping(reader: Reader, indent: number): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  while (reader.at < reader.lines.length) {
    const line = reader.lines[reader.at]!;
    const own = indentOf(line);
    if (own < indent) break;
    if (own > indent || isItem(line, indent)) throw giveUp;
    const content = line.slice(indent);
    const end = keyEnd(content);
    // `...` at the start of a line ends the document.
    if (end === -1 || (indent === 0 && content.startsWith('...'))) throw giveUp;
    const key = readKey(content.slice(0, end));
    if (Object.hasOwn(fields, key) || key === '__proto__') throw giveUp;
    const value = content.slice(end + 1).trim();
    if (value === '' || value.startsWith('#')) {
      next(reader);
      const follows = reader.lines[reader.at];
      // A sequence may begin at the column of its key.
      const isFlush = follows !== undefined && isItem(follows, indent);
      fields[key] = isFlush ? readSequence(reader, indent) : readNested(reader, indent + 1);
    } else {
      fields[key] = readScalar(reader, value, indent);
    }
  }
  return fields;
}

/** The block at `indent` or deeper, or null when there is none. */
function readNested(reader: Reader, indent: number): unknown {
  const line = reader.lines[reader.at];
  if (line === undefined) return null;
  const own = indentOf(line);
  if (own < indent) return null;
  // A scalar on a line of its own is neither item nor mapping; readMapping gives up on it.
  return readBlock(reader, own);
}

/** A scalar behind `key:` or `-`; `indent` is the column of the key or the dash. Moves past its line or lines. */
function readScalar(reader: Reader, text: string, indent: number): unknown {
  const first = text[0]!;
  if (first === '|') return readLiteral(reader, text, indent);
  let value: unknown;
  if (text === '{}') value = {};
  else if (text === '[]') value = [];
  else if (first === '"' || first === "'") value = quoted(text);
  else {
    const comment = text.indexOf(' #');
    const plain = comment === -1 ? text : text.slice(0, comment).trimEnd();
    if ('>&*!%@`{}[],?:#|'.includes(first) || plain.includes(': ') || plain.endsWith(':') || plain.includes('\t'))
      throw giveUp;
    if (first === '-' && (plain === '-' || plain === '---' || plain[1] === ' ')) throw giveUp;
    if (isBooleanTrap(plain)) throw giveUp;
    value = plainScalar(plain);
  }
  next(reader);
  const follows = reader.lines[reader.at];
  // Deeper lines after a scalar continue it, or are a mistake.
  if (follows !== undefined && indentOf(follows) > indent) throw giveUp;
  return value;
}

function readLiteral(reader: Reader, header: string, indent: number): string {
  const chomp = header === '|' ? 'clip' : header === '|-' ? 'strip' : header === '|+' ? 'keep' : undefined;
  if (chomp === undefined) throw giveUp;
  const first = reader.at + 1;
  let end = first;
  let inner = -1;
  for (; end < reader.lines.length; end++) {
    const line = reader.lines[end]!;
    if (line.trim() === '') {
      // Spaces on a blank line may be content, or deeper than the text that follows.
      if (line !== '') throw giveUp;
      continue;
    }
    const own = indentOf(line);
    if (inner === -1) {
      if (own <= indent) break;
      inner = own;
    }
    if (own < inner) break;
  }
  if (inner === -1) throw giveUp;
  const content = reader.lines.slice(first, end).map((line) => line.slice(inner));
  // The last element of split('\n') is what follows the last line break, not a line.
  if (end === reader.lines.length && content.at(-1) === '') content.pop();
  let blank = 0;
  while (content[content.length - 1 - blank] === '') blank++;
  const text = content.slice(0, content.length - blank).join('\n');
  // A line less indented than its block, other than a comment, is for the full parser to judge.
  reader.at = end - 1;
  next(reader);
  if (reader.at < reader.lines.length && indentOf(reader.lines[reader.at]!) > indent) throw giveUp;
  if (end < reader.lines.length && reader.lines[end]!.trimStart().startsWith('#')) throw giveUp;
  return chomp === 'strip' ? text : chomp === 'clip' ? `${text}\n` : `${text}\n${'\n'.repeat(blank)}`;
}

function quoted(text: string): string {
  if (text[0] === "'") {
    const end = text.length - 1;
    if (end === 0 || text[end] !== "'") throw giveUp;
    const inner = text.slice(1, end);
    if (inner.replaceAll("''", '').includes("'")) throw giveUp;
    return inner.replaceAll("''", "'");
  }
  // What JSON reads as a string is the same string in YAML; other escapes are for the full parser.
  if (!/^"(?:[^"\\\t]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"$/.test(text)) throw giveUp;
  return JSON.parse(text) as string;
}

/** Index of the colon that ends the key at the start of a line, or -1. Gives up on keys that aren't simple. */
function keyEnd(content: string): number {
  const first = content[0]!;
  if (first === '"' || first === "'") {
    const close = content.indexOf(first, 1);
    if (close !== -1 && content[close + 1] === ':' && (close + 2 === content.length || content[close + 2] === ' ')) {
      if (content.slice(1, close).includes('\\')) throw giveUp;
      return close + 1;
    }
    // Either a quoted scalar, or a key too clever for this reader.
    if (/["']\s*:(\s|$)/.test(content)) throw giveUp;
    return -1;
  }
  let colon = content.indexOf(': ');
  if (colon === -1) colon = content.endsWith(':') ? content.length - 1 : -1;
  if (colon === -1) {
    if (content.includes(':\t')) throw giveUp;
    return -1;
  }
  if (!/^[A-Za-z0-9_./][-A-Za-z0-9_./*+ ]*$/.test(content.slice(0, colon))) throw giveUp;
  return colon;
}

function readKey(text: string): string {
  if (text[0] === '"' || text[0] === "'") {
    const inner = text.slice(1, -1);
    if (inner === '<<') throw giveUp;
    return inner;
  }
  if (text.endsWith(' ') || text.includes(' #')) throw giveUp;
  // Keys that are not text to YAML 1.1 (`y: 1`, `on:`, `1.0:`) become text in ways of their own.
  if (typeof plainScalar(text) !== 'string') throw giveUp;
  return text;
}

function isItem(line: string, indent: number): boolean {
  return line[indent] === '-' && (line.length === indent + 1 || line[indent + 1] === ' ') && indentOf(line) === indent;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 32) indent++;
  if (line.charCodeAt(indent) === 9) throw giveUp;
  return indent;
}

function next(reader: Reader): void {
  reader.at++;
  skipBlank(reader);
}

function skipBlank(reader: Reader): void {
  for (; reader.at < reader.lines.length; reader.at++) {
    const line = reader.lines[reader.at]!;
    if (line === '') continue;
    const text = line.trim();
    if (text !== '' && text[0] !== '#') return;
  }
}
