// Values as JSON text, and as data of JavaScript.
import type { Site } from './errors.ts';
import { element, enter, fail, machine, step } from './machine.ts';
import { formatNumber } from './numbers.ts';
import { checkAsserts, fieldOf } from './object.ts';
import { visibleNames } from './shape.ts';
import { quote } from './text.ts';
import { Tag, type ArrayValue, type ObjectValue, type Value } from './value.ts';

/** JSON with three spaces a level, as the engines print a program's value. */
export function manifestJson(value: Value): string {
  return write(value, '\n', undefined);
}

/** As `+` and `std.toString` turn a value into text: a string is itself, everything else JSON on one line. */
export function toText(value: Value, site?: Site): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value);
  return write(value, undefined, site);
}

const indentation = '   ';

/** `newline` is a line break with the indentation of the line; undefined writes everything on one line. */
function write(value: Value, newline: string | undefined, site: Site | undefined): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return formatNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
  }
  if (value === null) return 'null';
  if (value.tag === Tag.Array) return writeArray(value, newline, site);
  if (value.tag === Tag.Object) return writeObject(value, newline, site);
  throw fail("couldn't manifest function as JSON", site);
}

function writeArray({ items }: ArrayValue, newline: string | undefined, site: Site | undefined): string {
  if (items.length === 0) return '[ ]';
  const inner = newline === undefined ? undefined : newline + indentation;
  const separator = inner === undefined ? ', ' : `,${inner}`;
  let text = inner === undefined ? '[' : `[${inner}`;
  enter(site);
  for (let index = 0; index < items.length; index++) {
    machine.sites[machine.depth - 1] = `Array element ${index}`;
    step();
    if (index > 0) text += separator;
    text += write(element(items, index), inner, undefined);
  }
  machine.depth--;
  return `${text}${newline ?? ''}]`;
}

function writeObject(object: ObjectValue, newline: string | undefined, site: Site | undefined): string {
  if (object.shape.asserts) checkAsserts(object);
  const names = visibleNames(object.shape);
  if (names.length === 0) return '{ }';
  const inner = newline === undefined ? undefined : newline + indentation;
  const separator = inner === undefined ? ', ' : `,${inner}`;
  let text = inner === undefined ? '{' : `{${inner}`;
  enter(site);
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    machine.sites[machine.depth - 1] = `Field "${name}"`;
    if (index > 0) text += separator;
    text += `${quote(name)}: ${write(fieldOf(object, name), inner, undefined)}`;
  }
  machine.depth--;
  return `${text}${newline ?? ''}}`;
}

/** A value as data of JavaScript, for native functions of the host and for who needs no text. */
export function manifestData(value: Value): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value.tag === Tag.Function) throw fail("couldn't manifest function as JSON");
  enter(undefined);
  let data: unknown;
  if (value.tag === Tag.Array) {
    data = value.items.map((_, index) => {
      machine.sites[machine.depth - 1] = `Array element ${index}`;
      return manifestData(element(value.items, index));
    });
  } else {
    if (value.shape.asserts) checkAsserts(value);
    const entries: [string, unknown][] = [];
    for (const name of visibleNames(value.shape)) {
      machine.sites[machine.depth - 1] = `Field "${name}"`;
      entries.push([name, manifestData(fieldOf(value, name))]);
    }
    data = Object.fromEntries(entries);
  }
  machine.depth--;
  return data;
}
