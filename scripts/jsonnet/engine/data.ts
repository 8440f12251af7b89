// Objects that native functions make of data. They share shapes by the order of their names, so a list of a thousand records
// has one.
import { Visibility } from '../syntax/ast.ts';
import { element } from './machine.ts';
import { objectSlots } from './object.ts';
import { leafShape, type FieldTemplate, type Shape } from './shape.ts';
import { makeObject, Tag, type Lazy, type ObjectValue, type Value } from './value.ts';

interface Names {
  shape: Shape | undefined;
  next: Map<string, Names> | undefined;
}

/** Shapes kept; data with more different records than this has shapes of its own. */
const maxKept = 20_000;

const root: Names = { shape: undefined, next: undefined };
let kept = 0;

/** An object of these fields, in any order, each name once. The array of values becomes the object's. */
export function dataObject(names: readonly string[], values: Lazy[]): ObjectValue {
  const object = makeObject(shapeOf(names), values);
  if (values.every(isReady)) object.values = values as Value[];
  return object;
}

function isReady(value: Lazy): boolean {
  return typeof value !== 'object' || value === null || value.tag !== Tag.Thunk;
}

function shapeOf(names: readonly string[]): Shape {
  let node = root;
  for (const name of names) {
    const next = (node.next ??= new Map<string, Names>());
    let following = next.get(name);
    if (following === undefined) {
      if (kept >= maxKept) return newShape(names, true);
      kept++;
      following = { shape: undefined, next: undefined };
      next.set(name, following);
    }
    node = following;
  }
  return (node.shape ??= newShape(names, false));
}

function newShape(names: readonly string[], dynamic: boolean): Shape {
  const fields = names.map((name, index): FieldTemplate => ({
    name,
    visibility: Visibility.Inherit,
    plus: false,
    body: (frame) => element(frame[0], index),
    constant: undefined,
    frame: undefined,
  }));
  const shape = leafShape({ fields, locals: [], asserts: [], layout: { size: objectSlots } }, dynamic);
  // Slots in the order of the names, which is that of the values.
  const refs = fields.map((field, slot) => ({ name: field.name, slot, layer: 0, field, below: undefined }));
  shape.fields = new Map(refs.map((ref) => [ref.name, ref]));
  shape.slots = names.length;
  shape.initial = names.map(() => undefined);
  return shape;
}

/** Plain data of JavaScript, as JSON has it, as a value. */
export function fromData(data: unknown): Value {
  if (Array.isArray(data)) return { tag: Tag.Array, items: data.map(fromData) };
  if (typeof data === 'object' && data !== null) {
    const names = Object.keys(data);
    return dataObject(
      names,
      names.map((name) => fromData((data as Record<string, unknown>)[name])),
    );
  }
  return data as Value;
}
