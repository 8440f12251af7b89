// Variables, `self` and fields.
import { Kind, type Field, type Index, type Node, type Variable } from '../../syntax/ast.ts';
import type { Site } from '../errors.ts';
import { element, fail, forceThunk } from '../machine.ts';
import { formatNumber } from '../numbers.ts';
import { checkAsserts, evaluateField, fieldOf } from '../object.ts';
import { unexpectedType } from '../operators.ts';
import { fieldsOf, type FieldRef, type Shape } from '../shape.ts';
import { characterAt, textLength } from '../text.ts';
import { makeThunk, Tag, typeName, type Frame, type Value, type Code } from '../value.ts';
import { compile, type Maker } from './expression.ts';
import { resolve, siteOf, type Scope } from './scope.ts';

/** From a frame to the one `hops` frames around it. */
export function frameAt(hops: number): (frame: Frame) => Frame {
  switch (hops) {
    case 0:
      return (frame) => frame;
    case 1:
      return (frame) => frame[0];
    case 2:
      return (frame) => frame[0][0];
    default:
      return (frame) => {
        let around = frame;
        for (let hop = 0; hop < hops; hop++) around = around[0];
        return around;
      };
  }
}

export function compileSelf(hops: number): Code {
  switch (hops) {
    case 0:
      return (frame) => frame[1];
    case 1:
      return (frame) => frame[0][1];
    case 2:
      return (frame) => frame[0][0][1];
    default: {
      const around = frameAt(hops);
      return (frame) => around(frame)[1];
    }
  }
}

export function compileVariable(node: Variable, scope: Scope): Code {
  const place = resolve(scope, node.name);
  if (place === undefined) {
    const { library, unit } = scope;
    return () => library.objectFor(unit);
  }
  const { hops, slot } = place;
  const site = siteOf(scope, node);
  if (hops === 0) return (frame) => readSlot(frame, slot, site);
  if (hops === 1) return (frame) => readSlot(frame[0], slot, site);
  const around = frameAt(hops);
  return (frame) => readSlot(around(frame), slot, site);
}

function readSlot(frame: Frame, slot: number, site: Site): Value {
  const value = frame[slot];
  if (typeof value !== 'object' || value === null || value.tag !== Tag.Thunk) return value;
  return (frame[slot] = forceThunk(value, site));
}

/** Hands on what a variable holds, thunk or value. */
export function variableMaker(node: Variable, scope: Scope): Maker {
  const place = resolve(scope, node.name);
  if (place === undefined) return compileVariable(node, scope);
  const { hops, slot } = place;
  const around = frameAt(hops);
  const code = compileVariable(node, scope);
  return (frame) => {
    const held = around(frame)[slot];
    // Of variables that are made together the later ones don't exist yet.
    return held === undefined ? makeThunk(code, frame) : held;
  };
}

/** The name of a member of the standard library, if a node is one. */
export function libraryMember(node: Node, scope: Scope): string | undefined {
  if (node.kind !== Kind.Field || node.target.kind !== Kind.Variable || node.target.name !== 'std') return undefined;
  return resolve(scope, 'std') === undefined ? node.name : undefined;
}

export function compileField(node: Field, scope: Scope): Code {
  const { name } = node;
  const site = siteOf(scope, node);
  const member = libraryMember(node, scope);
  if (member !== undefined) {
    const { library, unit } = scope;
    if (member === 'thisFile') return () => unit.path;
    const value = library.members.get(member);
    if (value !== undefined) return () => value;
  }
  const target = compile(node.target, scope);
  let lastShape: Shape | undefined;
  let lastRef: FieldRef | undefined;
  return (frame) => {
    const object = target(frame);
    if (typeof object !== 'object' || object === null || object.tag !== Tag.Object)
      return indexValue(object, name, site);
    const { shape } = object;
    if (shape.asserts && object.asserted !== true) checkAsserts(object);
    if (shape !== lastShape) {
      const ref = (shape.fields ?? fieldsOf(shape)).get(name);
      if (ref === undefined) throw fail(`Field does not exist: ${name}`, site);
      lastRef = ref;
      lastShape = shape;
    }
    const values = (object.values ??= shape.initial!.slice());
    const value = values[lastRef!.slot];
    return value !== undefined ? value : evaluateField(object, lastRef!, site);
  };
}

export function compileIndex(node: Index, scope: Scope): Code {
  const target = compile(node.target, scope);
  const index = compile(node.index, scope);
  const site = siteOf(scope, node);
  return (frame) => {
    const value = target(frame);
    return indexValue(value, index(frame), site);
  };
}

/** `value[index]` */
export function indexValue(value: Value, index: Value, site: Site | undefined): Value {
  if (typeof value === 'string') {
    if (typeof index !== 'number') throw unexpectedType(index, 'number', site);
    const character = characterAt(value, Math.trunc(index));
    if (character === undefined) throw outOfBounds(index, textLength(value), site);
    return character;
  }
  if (typeof value === 'object' && value !== null) {
    if (value.tag === Tag.Object) {
      if (typeof index !== 'string') throw unexpectedType(index, 'string', site);
      return fieldOf(value, index, site);
    }
    if (value.tag === Tag.Array) {
      if (typeof index !== 'number') throw unexpectedType(index, 'number', site);
      const position = Math.trunc(index);
      if (!(position >= 0 && position < value.items.length)) throw outOfBounds(index, value.items.length, site);
      return element(value.items, position, site);
    }
  }
  throw fail(`Value non indexable: ${typeName(value)}`, site);
}

function outOfBounds(index: number, length: number, site: Site | undefined): Error {
  // Go converts what no 64-bit integer holds to the smallest one.
  const shown = Math.abs(index) < 2 ** 63 ? formatNumber(Math.trunc(index) + 0) : '-9223372036854775808';
  return fail(`Index ${shown} out of bounds, not within [0, ${length})`, site);
}
