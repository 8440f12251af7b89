// Values with their origins. They are made by an evaluation of their own, beside the engine's: the engine knows nothing of
// origins and pays nothing for them.
import type { Bind, Node, Parameter, Visibility } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import type { NativeFunction } from '../engine/function-code.ts';
import type { Unit } from '../engine/unit.ts';

/** A value, and how it came to be. */
export interface Traced {
  value: TracedValue;
  origin: Origin;
}

export type TracedValue = null | boolean | number | string | TracedArray | TracedObject | TracedFunction;

/**
 * What an expression did: `made` a value (literals, operators, functions of the standard library), or handed on one that it
 * found: a `variable`, a `field`, an `element`, the result of a `call`, a `branch` of a conditional, an `import`.
 */
export type Step = 'made' | 'variable' | 'field' | 'element' | 'call' | 'branch' | 'import';

export interface Origin {
  step: Step;
  /** The expression. */
  site: Site;
  /** Where the same value was before; undefined where the expression made it. */
  from: Origin | undefined;
  /** What the expression looked at beside that: operands, arguments, conditions. */
  reads: readonly Origin[];
  /** Whether the value has no parts: it is no object, array or function. */
  isLeaf: boolean;
  /** Of a `field`: what was read, of which object, and how that object was reached. */
  read: FieldRead | undefined;
}

export interface FieldRead {
  object: TracedObject;
  name: string;
  target: Origin;
}

/** A value that is computed when it is first asked for. */
export interface Lazy {
  make: (() => Traced) | undefined;
  traced: Traced | undefined;
}

export interface TracedArray {
  kind: 'array';
  items: readonly Lazy[];
}

export interface TracedFunction {
  kind: 'function';
  code: { parameters: readonly Parameter[]; body: Node; env: Env } | undefined;
  native: NativeFunction | undefined;
}

export interface TracedObject {
  kind: 'object';
  /** What was added by `+`, leftmost first. */
  layers: readonly Layer[];
  /** By layer: the variables of its inside. */
  envs: (Env | undefined)[];
  /** By layer and name. */
  values: Map<string, Traced>;
}

/** An object literal, or what a function of the standard library made. */
export interface Layer {
  /** The literal, or the call that made it. */
  site: Site;
  fields: ReadonlyMap<string, FieldDefinition>;
  locals: readonly Bind[];
  /** The variables around it. */
  env: Env;
  /** Of the layer that `std.objectRemoveKey` puts on top: the field that it takes away. */
  removed: string | undefined;
  /** Conditions without which it wouldn't be there. */
  because: Origin[];
}

/** One field of one layer. */
export interface FieldDefinition {
  name: string;
  visibility: Visibility;
  /** `+:` */
  plus: boolean;
  /** The field as it is written, name and value. */
  site: Site;
  evaluate: (env: Env) => Traced;
  /** Of a field of a comprehension: the variables of its turn. */
  env: Env | undefined;
  /** What its name was computed from. */
  because: readonly Origin[];
}

/** The variables that an expression sees. */
export interface Env {
  unit: Unit;
  outer: Env | undefined;
  names: Map<string, Lazy>;
  self: TracedObject | undefined;
  /** The layer of `self` in which the expression stands. */
  layer: number;
  dollar: TracedObject | undefined;
}

export function lazy(make: () => Traced): Lazy {
  return { make, traced: undefined };
}

export function ready(traced: Traced): Lazy {
  return { make: undefined, traced };
}

export function force(held: Lazy): Traced {
  if (held.traced === undefined) {
    const { make } = held;
    if (make === undefined) throw new Error('a value needs itself');
    held.make = undefined;
    try {
      held.traced = make();
    } catch (error) {
      held.make = make;
      throw error;
    }
  }
  return held.traced;
}

/** A value that an expression made, from what it read. */
export function made(site: Site, value: TracedValue, reads: readonly Origin[] = []): Traced {
  const isLeaf = typeof value !== 'object' || value === null;
  return { value, origin: { step: 'made', site, from: undefined, reads, isLeaf, read: undefined } };
}

/** A value that an expression handed on. */
export function passed(step: Step, site: Site, { value, origin }: Traced, reads: readonly Origin[] = []): Traced {
  return { value, origin: { step, site, from: origin, reads, isLeaf: origin.isLeaf, read: undefined } };
}

export function makeObject(layers: readonly Layer[]): TracedObject {
  return { kind: 'object', layers, envs: [], values: new Map() };
}

export function isTracedArray(value: TracedValue): value is TracedArray {
  return typeof value === 'object' && value !== null && value.kind === 'array';
}

export function isTracedObject(value: TracedValue): value is TracedObject {
  return typeof value === 'object' && value !== null && value.kind === 'object';
}

export function isTracedFunction(value: TracedValue): value is TracedFunction {
  return typeof value === 'object' && value !== null && value.kind === 'function';
}
