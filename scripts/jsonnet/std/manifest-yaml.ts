import { element, fail, force, machine } from '../engine/machine.ts';
import { formatShortest } from '../engine/numbers.ts';
import { fieldOf } from '../engine/object.ts';
import { visibleNames } from '../engine/shape.ts';
import { quote } from '../engine/text.ts';
import {
  isArray,
  isObject,
  Tag,
  typeName,
  type ArrayValue,
  type Lazy,
  type ObjectValue,
  type Value,
} from '../engine/value.ts';
import { booleanOf, native } from './native.ts';
import { tooDeep } from './manifest-json.ts';

interface Style {
  indentArrays: boolean;
  quoteKeys: boolean;
}

const reserved = new Set("true false yes no on off y n .nan -.inf +.inf .inf null - --- ''".split(' '));

/** Go's ParseFloat also reads hexadecimal numbers, the words for infinity and NaN. */
const float =
  /^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf|infinity|nan|0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)p[-+]?\d+)$/i;

/** Whether a key needs no quotes. */
function isBareSafe(key: string): boolean {
  if (!/^[A-Za-z0-9_\-/.]+$/.test(key) || reserved.has(key.toLowerCase())) return false;
  if (/^(?:[0-9]*-){2}[0-9]*$/.test(key)) return false;
  if (/^[-+]?0b[01_]+$/.test(key) || /[-+]?0x[0-9a-fA-F_]+/.test(key)) return false;
  return !isGoNumber(key);
}

function isGoNumber(key: string): boolean {
  if (/^[-+]?\d+$/.test(key)) return true;
  // A number too large for a double is none.
  return float.test(key) && (Number.isFinite(Number(key)) || /inf|nan|x/i.test(key));
}

function write(value: Value, style: Style, indentation: string, depth: number): string {
  if (depth <= 0) throw tooDeep();
  switch (typeof value) {
    case 'string':
      return writeString(value, indentation);
    case 'number':
      return formatShortest(value);
    case 'boolean':
      return String(value);
  }
  if (value === null) return 'null';
  if (value.tag === Tag.Array) return writeArray(value, style, indentation, depth);
  // As in go-jsonnet, a function leaves nothing.
  return value.tag === Tag.Object ? writeObject(value, style, indentation, depth) : '';
}

function writeString(text: string, indentation: string): string {
  if (text === '') return '""';
  if (!text.endsWith('\n')) return quote(text);
  return ['|', ...text.slice(0, -1).split('\n')].join(`\n${indentation}  `);
}

function writeArray({ items }: ArrayValue, style: Style, indentation: string, depth: number): string {
  if (items.length === 0) return '[]';
  const lines = items.map((_, index) => {
    const value = element(items, index);
    const nested = isArray(value) || isObject(value);
    const inner = nested ? `${indentation}  ` : indentation;
    const gap = isArray(value) && value.items.length > 0 ? `\n${indentation}  ` : ' ';
    return `-${gap}${write(value, style, inner, depth - 1)}`;
  });
  return lines.join(`\n${indentation}`);
}

function writeObject(object: ObjectValue, style: Style, indentation: string, depth: number): string {
  const names = visibleNames(object.shape);
  if (names.length === 0) return '{}';
  const lines = names.map((name) => {
    const value = fieldOf(object, name);
    const key = style.quoteKeys || !isBareSafe(name) ? quote(name) : name;
    let inner = indentation;
    let gap = ' ';
    if (isArray(value) && value.items.length > 0) {
      if (style.indentArrays) inner += '  ';
      gap = `\n${inner}`;
    } else if (isObject(value) && visibleNames(value.shape).length > 0) {
      inner += '  ';
      gap = `\n${inner}`;
    }
    return `${key}:${gap}${write(value, style, inner, depth - 1)}`;
  });
  return lines.join(`\n${indentation}`);
}

function document(value: Value, indentArrays: Value | undefined, quoteKeys: Value | undefined): string {
  const style = { indentArrays: booleanOf(indentArrays ?? false), quoteKeys: booleanOf(quoteKeys ?? true) };
  return write(value, style, '', machine.maxDepth);
}

function stream(value: Value, indentArrays?: Lazy, documentEnd?: Lazy, quoteKeys?: Lazy): string {
  if (!isArray(value)) throw fail(`manifestYamlStream only takes arrays, got ${typeName(value)}`);
  const documents = value.items.map((_, index) =>
    document(element(value.items, index), force(indentArrays ?? false), force(quoteKeys ?? true)),
  );
  const end = booleanOf(force(documentEnd ?? true)) ? '\n...\n' : '\n';
  return `---\n${documents.join('\n---\n')}${end}`;
}

export const yamlManifestFunctions = [
  native('manifestYamlDoc', ['value', 'indent_array_in_object?', 'quote_keys?'], document),
  native('manifestYamlStream', ['value', '~indent_array_in_object?', '~c_document_end?', '~quote_keys?'], stream),
];
