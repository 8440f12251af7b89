// Values as JSON text, and as data of JavaScript.
import { isSite, type TraceFrame } from './errors.ts';
import { element, enter, fail, machine, step } from './machine.ts';
import { formatNumber } from './numbers.ts';
import { checkAsserts, fieldOf } from './object.ts';
import { visibleNames } from './shape.ts';
import { quote } from './text.ts';
import { Tag, type ArrayValue, type ObjectValue, type Value } from './value.ts';

/** JSON with three spaces a level, as the engines print a program's value. */
export function manifestJson(value: Value, site?: TraceFrame): string {
  return write(value, '\n', site);
}

/** As `+` and `std.toString` turn a value into text: a string is itself, everything else JSON on one line. */
export function toText(value: Value, site?: TraceFrame): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatNumber(value);
  return write(value, undefined, site);
}

const indentation = '   ';

/** `newline` is a line break with the indentation of the line; undefined writes everything on one line. */
function write(value: Value, newline: string | undefined, site: TraceFrame | undefined): string {
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
  throw functionError(site);
}

function functionError(site: TraceFrame | undefined): Error {
  if (site === undefined || (typeof site === 'object' && isSite(site))) {
    return fail("couldn't manifest function as JSON", site);
  }
  enter(site);
  return fail("couldn't manifest function as JSON");
}

function writeArray({ items }: ArrayValue, newline: string | undefined, site: TraceFrame | undefined): string {
  if (items.length === 0) return '[ ]';
  const inner = newline === undefined ? undefined : newline + indentation;
  const separator = inner === undefined ? ', ' : `,${inner}`;
  let text = inner === undefined ? '[' : `[${inner}`;
  enter(site);
  for (let index = 0; index < items.length; index++) {
    step();
    if (index > 0) text += separator;
    text += write(element(items, index, index), inner, index);
  }
  machine.depth--;
  return `${text}${newline ?? ''}]`;
}

function writeObject(object: ObjectValue, newline: string | undefined, site: TraceFrame | undefined): string {
  if (object.shape.asserts) checkAsserts(object);
  const names = visibleNames(object.shape);
  if (names.length === 0) return '{ }';
  const inner = newline === undefined ? undefined : newline + indentation;
  const separator = inner === undefined ? ', ' : `,${inner}`;
  let text = inner === undefined ? '{' : `{${inner}`;
  enter(site);
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    if (index > 0) text += separator;
    text += `${quote(name)}: ${write(fieldOf(object, name, name), inner, name)}`;
  }
  machine.depth--;
  return `${text}${newline ?? ''}}`;
}

/** A value as data of JavaScript, for native functions of the host and for who needs no text. */
export function manifestData(value: Value, site?: TraceFrame): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value.tag === Tag.Function) throw functionError(site);
  if (value.tag === Tag.Array) {
    const { items } = value;
    enter(site);
    const data: unknown[] = [];
    for (let index = 0; index < items.length; index++) {
      step();
      data.push(manifestData(element(items, index, index), index));
    }
    machine.depth--;
    return data;
  }
  if (value.shape.asserts) checkAsserts(value);
  enter(site);
  const data: Record<string, unknown> = {};
  for (const name of visibleNames(value.shape)) {
    const field = manifestData(fieldOf(value, name, name), name);
    if (name === '__proto__')
      Object.defineProperty(data, name, { value: field, enumerable: true, writable: true, configurable: true });
    else data[name] = field;
  }
  machine.depth--;
  return data;
}
