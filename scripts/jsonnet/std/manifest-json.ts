import { element, fail, machine } from '../engine/machine.ts';
import { formatShortest } from '../engine/numbers.ts';
import { fieldOf } from '../engine/object.ts';
import { visibleNames } from '../engine/shape.ts';
import { Tag, type Value } from '../engine/value.ts';
import { goQuote } from './go-text.ts';
import { native, stringOf } from './native.ts';

interface Style {
  indent: string;
  newline: string;
  colon: string;
}

export function tooDeep(): Error {
  return fail('max manifest depth exceeded, possible infinite recursion');
}

function write(value: Value, style: Style, indentation: string, path: string, depth: number): string {
  if (depth <= 0) throw tooDeep();
  switch (typeof value) {
    case 'string':
      return goQuote(value);
    case 'number':
      return formatShortest(value);
    case 'boolean':
      return String(value);
  }
  if (value === null) return 'null';
  if (value.tag === Tag.Function) throw fail(`tried to manifest function at [${path}]`);
  const { newline, indent, colon } = style;
  const inner = indentation + indent;
  const inside = (name: string | number): string => (path === '' ? String(name) : `${path} ${name}`);
  if (value.tag === Tag.Array) {
    const lines = value.items.map(
      (_, index) => inner + write(element(value.items, index), style, inner, inside(index), depth - 1),
    );
    return `[${newline}${lines.join(`,${newline}`)}${newline}${indentation}]`;
  }
  const lines = visibleNames(value.shape).map((name) => {
    const field = fieldOf(value, name);
    return inner + goQuote(name) + colon + write(field, style, inner, inside(name), depth - 1);
  });
  return `{${newline}${lines.join(`,${newline}`)}${newline}${indentation}}`;
}

function manifest(value: Value, indent: string, newline: string, colon: string): string {
  return write(value, { indent, newline, colon }, '', '', machine.maxDepth);
}

export const jsonManifestFunctions = [
  native('manifestJsonEx', ['value', 'indent', 'newline?', 'key_val_sep?'], (value, indent, newline, colon) =>
    manifest(value, stringOf(indent), stringOf(newline ?? '\n'), stringOf(colon ?? ': ')),
  ),
  native('manifestJson', ['value'], (value: Value) => manifest(value, '    ', '\n', ': ')),
  native('manifestJsonMinified', ['value'], (value: Value) => manifest(value, '', '', ':')),
];
