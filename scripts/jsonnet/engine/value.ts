// What a Jsonnet value is while a program runs. Null, booleans, numbers and strings are JavaScript's own; the rest carries a
// tag. Every tagged thing is made here, so that each tag has one hidden class and V8 finds it by one comparison.
import type { Shape } from './shape.ts';
import type { FunctionCode, NativeFunction } from './function-code.ts';

export const enum Tag {
  Thunk,
  Array,
  Object,
  Function,
}

/**
 * The variables of one call, or of one object: slot 0 is the frame around it. In an object's frame slot 1 is `self` and
 * slot 2 the layer of the object that the code belongs to, see object.ts.
 */
export type Frame = any[];

/** A compiled expression. */
export type Code = (frame: Frame) => Value;

export type Value = null | boolean | number | string | ArrayValue | ObjectValue | FunctionValue;

/** A value, or how to get it. */
export type Lazy = Value | Thunk;

export interface Thunk {
  tag: Tag.Thunk;
  /** Undefined once there is a value. */
  code: Code | undefined;
  frame: Frame | undefined;
  value: Value | undefined;
}

export interface ArrayValue {
  tag: Tag.Array;
  /** An element that was forced is replaced by its value. */
  items: Lazy[];
}

export interface FunctionValue {
  tag: Tag.Function;
  /** Of a function written in Jsonnet, with the frame in which it was written. */
  code: FunctionCode | undefined;
  frame: Frame | undefined;
  native: NativeFunction | undefined;
}

export interface ObjectValue {
  tag: Tag.Object;
  shape: Shape;
  /** The values of fields that were asked for, by the slot that the shape gives them. */
  values: (Value | undefined)[] | undefined;
  /** By layer: the frame around the object literal, replaced by the layer's own frame once a field needs it. */
  frames: Frame[] | undefined;
  bound: (Frame | undefined)[] | undefined;
  /** The operands of `+`, until `frames` is needed. */
  left: ObjectValue | undefined;
  right: ObjectValue | undefined;
  /** Whether the assertions hold; an error when they don't, null while nobody asked. */
  asserted: true | Error | null;
}

export function makeThunk(code: Code, frame: Frame): Thunk {
  return { tag: Tag.Thunk, code, frame, value: undefined };
}

export function makeArray(items: Lazy[]): ArrayValue {
  return { tag: Tag.Array, items };
}

export function makeFunction(code: FunctionCode, frame: Frame): FunctionValue {
  return { tag: Tag.Function, code, frame, native: undefined };
}

export function makeNative(native: NativeFunction): FunctionValue {
  return { tag: Tag.Function, code: undefined, frame: undefined, native };
}

/** An object of one layer. */
export function makeObject(shape: Shape, frame: Frame): ObjectValue {
  return {
    tag: Tag.Object,
    shape,
    values: undefined,
    frames: [frame],
    bound: undefined,
    left: undefined,
    right: undefined,
    asserted: null,
  };
}

export function makeSum(shape: Shape, left: ObjectValue, right: ObjectValue): ObjectValue {
  return {
    tag: Tag.Object,
    shape,
    values: undefined,
    frames: undefined,
    bound: undefined,
    left,
    right,
    asserted: null,
  };
}

export function isThunk(value: Lazy): value is Thunk {
  return typeof value === 'object' && value !== null && value.tag === Tag.Thunk;
}

export function isArray(value: Value): value is ArrayValue {
  return typeof value === 'object' && value !== null && value.tag === Tag.Array;
}

export function isObject(value: Value): value is ObjectValue {
  return typeof value === 'object' && value !== null && value.tag === Tag.Object;
}

export function isFunction(value: Value): value is FunctionValue {
  return typeof value === 'object' && value !== null && value.tag === Tag.Function;
}

export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'function';

/** As `std.type` says it. */
export function typeName(value: Value): TypeName {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      if (value.tag === Tag.Array) return 'array';
      return value.tag === Tag.Object ? 'object' : 'function';
  }
}
