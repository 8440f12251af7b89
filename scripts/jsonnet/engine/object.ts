// Objects: how fields are evaluated, inherited and asserted. An object is a row of layers, one for each object literal that
// was added; `self` is the whole row, `super` what lies below the layer in which it is written.
import type { Site, TraceFrame } from './errors.ts';
import { enter, fail, machine, makeFrame, step } from './machine.ts';
import { plus } from './operators.ts';
import {
  fieldBelow,
  fieldsOf,
  leafShape,
  leavesOf,
  restrictedShape,
  sumShape,
  visibilityOf,
  type FieldRef,
  type FieldTemplate,
  type Template,
} from './shape.ts';
import { makeObject, makeSum, type Frame, type ObjectValue, type Value } from './value.ts';
import { Visibility } from '../syntax/ast.ts';

/** Slots of an object's frame before its locals: the frame around it, `self` and the layer. */
export const objectSlots = 3;

export function addObjects(left: ObjectValue, right: ObjectValue): ObjectValue {
  return makeSum(sumShape(left.shape, right.shape), left, right);
}

export function withoutKey(object: ObjectValue, name: string): ObjectValue {
  const shape = restrictedShape(object.shape, name);
  const barrier = makeObject(shape.right!, []);
  return makeSum(shape, object, barrier);
}

/** The value of a field as seen from outside. */
export function fieldOf(object: ObjectValue, name: string, site?: TraceFrame): Value {
  const { shape } = object;
  if (shape.asserts && object.asserted !== true) checkAsserts(object);
  const ref = (shape.fields ?? fieldsOf(shape)).get(name);
  if (ref === undefined) throw fail(`Field does not exist: ${name}`, site as Site | undefined);
  return readField(object, ref, site);
}

export function readField(object: ObjectValue, ref: FieldRef, site: TraceFrame | undefined): Value {
  const values = (object.values ??= object.shape.initial!.slice());
  const value = values[ref.slot];
  return value !== undefined ? value : evaluateField(object, ref, site);
}

/** Evaluates a field and keeps its value. Assertions are the caller's business. */
export function evaluateField(object: ObjectValue, ref: FieldRef, site: TraceFrame | undefined): Value {
  const { field, layer } = ref;
  if (field.constant !== undefined && !field.plus) return (object.values![ref.slot] = field.constant);
  enter(site);
  step();
  let value: Value;
  if (field.plus) {
    enter(site);
    value = field.constant ?? field.body(layerFrame(object, layer, field));
    const below = ref.below === undefined ? (ref.below = fieldBelow(object.shape, ref.name, layer)) : ref.below;
    if (below !== null)
      value = plus(readField(object, below, site), value, typeof site === 'object' ? (site as Site) : undefined);
    machine.depth--;
  } else value = field.body(layerFrame(object, layer, field));
  machine.depth--;
  return (object.values![ref.slot] = value);
}

/** The frame in which the code of one layer runs. Fields of a comprehension get one each. */
function layerFrame(object: ObjectValue, layer: number, field: FieldTemplate | undefined): Frame {
  if (field?.frame !== undefined) return newLayerFrame(object, layer, field.frame);
  const bound = (object.bound ??= []);
  return (bound[layer] ??= newLayerFrame(object, layer, framesOf(object)[layer]!));
}

function newLayerFrame(object: ObjectValue, layer: number, outer: Frame): Frame {
  const { locals, layout } = leavesOf(object.shape)[layer]!.template!;
  const frame = makeFrame(layout.size, outer);
  frame[1] = object;
  frame[2] = layer;
  for (let i = 0; i < locals.length; i++) frame[locals[i]!.slot] = locals[i]!.make(frame);
  return frame;
}

function framesOf(object: ObjectValue): Frame[] {
  if (object.frames !== undefined) return object.frames;
  const frames: Frame[] = [];
  const stack: ObjectValue[] = [object];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.frames !== undefined) for (const frame of top.frames) frames.push(frame);
    else stack.push(top.right!, top.left!);
  }
  object.left = undefined;
  object.right = undefined;
  return (object.frames = frames);
}

export function checkAsserts(object: ObjectValue): void {
  if (object.asserted === true) return;
  if (object.asserted !== null) throw object.asserted;
  // An assertion may look at fields of the object; it is taken to hold meanwhile.
  object.asserted = true;
  const leaves = leavesOf(object.shape);
  try {
    for (let layer = leaves.length - 1; layer >= 0; layer--) {
      for (const check of leaves[layer]!.template?.asserts ?? []) {
        enter(undefined);
        check(layerFrame(object, layer, undefined));
        machine.depth--;
      }
    }
  } catch (error) {
    object.asserted = error as Error;
    throw error;
  }
}

/** `super.name` from inside a layer. */
export function superField(object: ObjectValue, layer: number, name: string, site: Site): Value {
  if (object.shape.asserts && object.asserted !== true) checkAsserts(object);
  if (layer === 0) throw fail('Attempt to use super when there is no super class.', site);
  const ref = fieldBelow(object.shape, name, layer);
  if (ref === null) throw fail(`Field does not exist: ${name}`, site);
  return readField(object, ref, site);
}

/** Whether an object has a field, hidden ones included or not. */
export function hasField(object: ObjectValue, name: string, hidden: boolean): boolean {
  const visibility = visibilityOf(object.shape).get(name);
  return visibility !== undefined && (hidden || visibility !== Visibility.Hidden);
}

const noLocals: Template['locals'] = [];
const noAsserts: Template['asserts'] = [];
const plainLayout = { size: objectSlots };

/** An object made by a native function. Fields are given in any order, each name once. */
export function plainObject(fields: FieldTemplate[]): ObjectValue {
  return makeObject(leafShape({ fields, locals: noLocals, asserts: noAsserts, layout: plainLayout }, true), []);
}

export function valueField(name: string, value: Value): FieldTemplate {
  return {
    name,
    visibility: Visibility.Inherit,
    plus: false,
    body: () => value,
    constant: value,
    frame: undefined,
  };
}

export function lazyField(name: string, body: () => Value): FieldTemplate {
  return { name, visibility: Visibility.Inherit, plus: false, body, constant: undefined, frame: undefined };
}
