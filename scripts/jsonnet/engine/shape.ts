// Shapes: which fields an object has and where each comes from. All objects that the same literals make, added in the same
// order, share one shape, so a field is looked up once and found by its slot from then on.
import { Visibility } from '../syntax/ast.ts';
import type { FrameLayout } from './function-code.ts';
import { compareText } from './text.ts';
import type { Code, Frame, Lazy, Value } from './value.ts';

/** One field of one object literal. */
export interface FieldTemplate {
  name: string;
  visibility: Visibility;
  /** `+:` */
  plus: boolean;
  /** Compiled when the field is first asked for. */
  body: Code;
  /** The value of a field that is a literal; such a field is never evaluated. */
  constant: Value | undefined;
  /** In an object comprehension every field has a frame of its own around it. */
  frame: Frame | undefined;
}

/** An object literal, or what a native function made. */
export interface Template {
  fields: readonly FieldTemplate[];
  locals: readonly { slot: number; make: (frame: Frame) => Lazy }[];
  asserts: readonly Code[];
  layout: FrameLayout;
}

/** A field of a shape, seen from its top or from inside one of its layers. */
export interface FieldRef {
  name: string;
  /** Where objects keep its value. */
  slot: number;
  layer: number;
  field: FieldTemplate;
  /** What `+:` adds to: the field below. Undefined while nobody asked. */
  below: FieldRef | null | undefined;
}

export interface Shape {
  /** Of a shape with one layer. */
  template: Template | undefined;
  /** Of the layer that `std.objectRemoveKey` puts on top: the fields that are left. */
  retained: ReadonlyMap<string, Visibility> | undefined;
  left: Shape | undefined;
  right: Shape | undefined;
  /** Number of layers, counted from the leftmost operand of `+`. */
  layers: number;
  asserts: boolean;
  /** A dynamic shape is used by one object only and remembered nowhere. */
  dynamic: boolean;
  sums: Map<Shape, Shape> | undefined;
  leaves: Shape[] | undefined;
  fields: Map<string, FieldRef> | undefined;
  slots: number;
  /** The values that objects of this shape begin with. */
  initial: (Value | undefined)[] | undefined;
  visibility: Map<string, Visibility> | undefined;
  visible: string[] | undefined;
  all: string[] | undefined;
  /** By layer: the fields that `super` finds from there. */
  supers: (Map<string, FieldRef | null> | undefined)[] | undefined;
}

function makeShape(
  template: Template | undefined,
  retained: ReadonlyMap<string, Visibility> | undefined,
  left: Shape | undefined,
  right: Shape | undefined,
  asserts: boolean,
  dynamic: boolean,
): Shape {
  return {
    template,
    retained,
    left,
    right,
    layers: left === undefined ? 1 : left.layers + right!.layers,
    asserts,
    dynamic,
    sums: undefined,
    leaves: undefined,
    fields: undefined,
    slots: 0,
    initial: undefined,
    visibility: undefined,
    visible: undefined,
    all: undefined,
    supers: undefined,
  };
}

export function leafShape(template: Template, dynamic: boolean): Shape {
  return makeShape(template, undefined, undefined, undefined, template.asserts.length > 0, dynamic);
}

/** The shape of `left + right`. */
export function sumShape(left: Shape, right: Shape): Shape {
  const known = left.sums?.get(right);
  if (known !== undefined) return known;
  const dynamic = left.dynamic || right.dynamic;
  const sum = makeShape(undefined, undefined, left, right, left.asserts || right.asserts, dynamic);
  if (!dynamic) (left.sums ??= new Map()).set(right, sum);
  return sum;
}

/** The shape of an object without one of its fields, which its own layers still see. */
export function restrictedShape(shape: Shape, name: string): Shape {
  const retained = new Map(visibilityOf(shape));
  retained.delete(name);
  return sumShape(shape, makeShape(undefined, retained, undefined, undefined, false, true));
}

/** The layers of a shape, leftmost first. */
export function leavesOf(shape: Shape): Shape[] {
  if (shape.leaves !== undefined) return shape.leaves;
  const leaves: Shape[] = [];
  const stack = [shape];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.left === undefined) leaves.push(top);
    else if (top !== shape && top.leaves !== undefined) leaves.push(...top.leaves);
    else stack.push(top.right!, top.left);
  }
  return (shape.leaves = leaves);
}

/** The fields of an object as seen from outside. */
export function fieldsOf(shape: Shape): Map<string, FieldRef> {
  if (shape.fields !== undefined) return shape.fields;
  const leaves = leavesOf(shape);
  const fields = new Map<string, FieldRef>();
  for (let layer = leaves.length - 1; layer >= 0; layer--) {
    const { template, retained } = leaves[layer]!;
    if (template === undefined) {
      // What was removed can't be seen by who looks from exactly here; from above it is, as in go-jsonnet.
      if (layer === leaves.length - 1) continue;
      if (retained !== undefined) continue;
    }
    for (const field of template!.fields) {
      if (fields.has(field.name)) continue;
      fields.set(field.name, { name: field.name, slot: -1, layer, field, below: undefined });
    }
  }
  const top = leaves[leaves.length - 1]?.retained;
  if (top !== undefined) {
    for (const name of fields.keys()) if (!top.has(name)) fields.delete(name);
  }
  const initial: (Value | undefined)[] = [];
  for (const ref of fields.values()) {
    ref.slot = initial.length;
    initial.push(ref.field.plus ? undefined : ref.field.constant);
  }
  shape.slots = initial.length;
  shape.initial = initial;
  return (shape.fields = fields);
}

/** What `super.name` finds from inside a layer; null when no layer below has it. */
export function fieldBelow(shape: Shape, name: string, layer: number): FieldRef | null {
  fieldsOf(shape);
  const byLayer = (shape.supers ??= []);
  const known = (byLayer[layer] ??= new Map());
  let ref = known.get(name);
  if (ref !== undefined) return ref;
  ref = findBelow(shape, name, layer);
  known.set(name, ref);
  return ref;
}

function findBelow(shape: Shape, name: string, layer: number): FieldRef | null {
  const leaves = leavesOf(shape);
  const start = layer - 1;
  if (start >= 0 && leaves[start]!.retained?.has(name) === false) return null;
  for (let below = start; below >= 0; below--) {
    const field = leaves[below]!.template?.fields.find((each) => each.name === name);
    if (field !== undefined) return { name, slot: shape.slots++, layer: below, field, below: undefined };
  }
  return null;
}

/** Every field with its visibility, which `:` takes from the layer below. */
export function visibilityOf(shape: Shape): Map<string, Visibility> {
  if (shape.visibility !== undefined) return shape.visibility;
  let visibility = new Map<string, Visibility>();
  for (const { template, retained } of leavesOf(shape)) {
    if (retained !== undefined) visibility = new Map(retained);
    for (const { name, visibility: own } of template?.fields ?? []) {
      if (own !== Visibility.Inherit || !visibility.has(name)) visibility.set(name, own);
    }
  }
  return (shape.visibility = visibility);
}

/** The names of the fields that are manifested, in order. */
export function visibleNames(shape: Shape): readonly string[] {
  if (shape.visible !== undefined) return shape.visible;
  const names: string[] = [];
  for (const [name, visibility] of visibilityOf(shape)) if (visibility !== Visibility.Hidden) names.push(name);
  return (shape.visible = names.sort(compareText));
}

/** The names of all fields, in order. */
export function allNames(shape: Shape): readonly string[] {
  return (shape.all ??= [...visibilityOf(shape).keys()].sort(compareText));
}
