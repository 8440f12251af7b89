import { element, fail, machine } from '../engine/machine.ts';
import { formatNumber } from '../engine/numbers.ts';
import { fieldOf } from '../engine/object.ts';
import { visibleNames } from '../engine/shape.ts';
import { quote } from '../engine/text.ts';
import { isArray, isObject, Tag, typeName, type ArrayValue, type ObjectValue, type Value } from '../engine/value.ts';
import { tooDeep } from './manifest-json.ts';
import { native, stringOf } from './native.ts';

/** A table's header names its keys; the path for messages has indices of arrays too. */
interface Place {
  table: string[];
  path: (string | number)[];
}

function inside({ table, path }: Place, name: string): Place {
  return { table: [...table, name], path: [...path, name] };
}

function key(name: string): string {
  if (name === '') return "''";
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : quote(name);
}

/** Objects, and arrays of nothing but objects, become tables. */
function isSection(value: Value): boolean {
  if (isObject(value)) return true;
  if (!isArray(value) || value.items.length === 0) return false;
  return value.items.every((_, index) => isObject(element(value.items, index)));
}

function writeValue(value: Value, indent: string, path: (string | number)[], inline: boolean, depth: number): string {
  if (depth <= 0) throw tooDeep();
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return formatNumber(value);
    case 'boolean':
      return String(value);
  }
  if (value === null) throw fail(`Tried to manifest "null" at [${path.join(' ')}]`);
  if (value.tag === Tag.Function) throw fail(`Tried to manifest function at [${path.join(' ')}]`);
  if (value.tag === Tag.Object) {
    const fields = visibleNames(value.shape).map((name) => {
      const field = fieldOf(value, name);
      return `${key(name)} = ${writeValue(field, indent, [...path, name], true, depth - 1)}`;
    });
    return `{ ${fields.join(', ')} }`;
  }
  if (value.items.length === 0) return '[]';
  const separator = inline ? ' ' : '\n';
  const lines = value.items.map(
    (_, index) =>
      (inline ? '' : indent) + writeValue(element(value.items, index), indent, [...path, index], true, depth - 1),
  );
  return `[${separator}${lines.join(`,${separator}`)}${separator}]`;
}

function writeBody(object: ObjectValue, indent: string, place: Place, indentation: string, depth: number): string {
  if (depth <= 0) throw tooDeep();
  const lines: string[] = [];
  const sections = [''];
  for (const name of visibleNames(object.shape)) {
    const value = fieldOf(object, name);
    const own = inside(place, name);
    if (!isSection(value)) {
      lines.push(...`${key(name)} = ${writeValue(value, indent, own.path, false, depth - 1)}`.split('\n'));
    } else if (isObject(value)) sections.push(writeTable(value, indent, own, indentation, depth - 1));
    else sections.push(writeTables(value as ArrayValue, indent, own, indentation, depth - 1));
  }
  const first = lines.length > 0 ? indentation : '';
  return first + lines.join(`\n${indentation}`) + sections.join('\n\n');
}

function writeTable(object: ObjectValue, indent: string, place: Place, indentation: string, depth: number): string {
  if (depth <= 0) throw tooDeep();
  const header = `${indentation}[${place.table.map(key).join('.')}]`;
  return header + lineAfter(object) + writeBody(object, indent, place, indentation + indent, depth - 1);
}

function writeTables({ items }: ArrayValue, indent: string, place: Place, indentation: string, depth: number): string {
  if (depth <= 0) throw tooDeep();
  const header = `${indentation}[[${place.table.map(key).join('.')}]]`;
  return items
    .map((_, index) => {
      const object = element(items, index) as ObjectValue;
      const own = { table: place.table, path: [...place.path, index] };
      return header + lineAfter(object) + writeBody(object, indent, own, indentation + indent, depth - 1);
    })
    .join('\n\n');
}

function lineAfter(object: ObjectValue): string {
  return visibleNames(object.shape).length > 0 ? '\n' : '';
}

function manifest(value: Value, indent: string): string {
  if (!isObject(value)) throw fail(`TOML body must be an object. Got ${typeName(value)}`);
  return writeBody(value, indent, { table: [], path: [] }, '', machine.maxDepth);
}

export const tomlManifestFunctions = [
  native('manifestTomlEx', ['value', 'indent'], (value: Value, indent: Value) => manifest(value, stringOf(indent))),
  native('manifestToml', ['value'], (value: Value) => manifest(value, '  ')),
];
