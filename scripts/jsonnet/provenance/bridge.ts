// Between values with origins and those of the engine, whose standard library computes what has no form of its own here.
// Elements and fields stay what they are on the way through: the engine hands on unevaluated elements as they are, so a
// function that only moves or picks them keeps their origins without knowing of them.
import type { Site } from '../engine/errors.ts';
import { force as forceValue } from '../engine/machine.ts';
import { fieldOf, plainObject } from '../engine/object.ts';
import { visibilityOf as engineVisibility, type FieldTemplate } from '../engine/shape.ts';
import {
  isArray,
  isFunction,
  isThunk,
  makeArray,
  makeNative,
  makeThunk,
  type Lazy as EngineLazy,
  type Value,
} from '../engine/value.ts';
import { apply } from './call.ts';
import { findField, visibilityOf } from './object.ts';
import {
  force,
  lazy,
  made,
  makeObject,
  ready,
  type Env,
  type FieldDefinition,
  type Lazy,
  type Origin,
  type Traced,
  type TracedFunction,
  type TracedObject,
  type TracedValue,
} from './value.ts';

/** What the values of the engine were made of. */
const lazies = new WeakMap<object, Lazy>();
const values = new WeakMap<object, TracedValue>();

/** Receives the origins of what the engine looks at inside arrays and objects. */
let looking: Origin[] | undefined;

/** Runs something of the engine; what it looks at is added to `reads`. */
export function reading<T>(reads: Origin[], run: () => T): T {
  const outer = looking;
  looking = reads;
  try {
    return run();
  } finally {
    looking = outer;
  }
}

export function toEngine(value: TracedValue): Value {
  if (typeof value !== 'object' || value === null) return value;
  let converted: Value;
  if (value.kind === 'array') converted = makeArray(value.items.map(lazyToEngine));
  else if (value.kind === 'object') converted = objectToEngine(value);
  else converted = functionToEngine(value);
  values.set(converted as object, value);
  return converted;
}

/** The engine evaluates a thunk with the frame that it was made in; this one needs none. */
export function lazyToEngine(held: Lazy): EngineLazy {
  const thunk = makeThunk(() => look(force(held)), []);
  lazies.set(thunk, held);
  return thunk;
}

function look(traced: Traced): Value {
  looking?.push(traced.origin);
  return toEngine(traced.value);
}

function objectToEngine(object: TracedObject): Value {
  const fields: FieldTemplate[] = [];
  for (const [name, visibility] of visibilityOf(object)) {
    const body = (): Value => look(findField(object, name)!);
    fields.push({ name, visibility, plus: false, constant: undefined, frame: undefined, body });
  }
  return plainObject(fields);
}

function functionToEngine(target: TracedFunction): Value {
  if (target.native !== undefined) return makeNative(target.native);
  const { parameters, env, body } = target.code!;
  const optional = parameters.findIndex(({ default: fallback }) => fallback !== undefined);
  const site: Site = { unit: env.unit, start: body.start, end: body.end };
  return makeNative({
    name: '',
    parameters: parameters.map(({ name }) => name),
    required: optional === -1 ? parameters.length : optional,
    lazy: parameters.map((_, index) => index),
    call: (...given: (EngineLazy | undefined)[]) => {
      const named = new Map<string, Lazy>();
      given.forEach((argument, index) => {
        if (argument !== undefined) named.set(parameters[index]!.name, lazyFromEngine(argument, site, env, []));
      });
      return look(apply(target, [], named, site, env));
    },
  });
}

/** What the engine made at `site` of what it `reads`. */
export function fromEngine(value: Value, site: Site, env: Env, reads: readonly Origin[]): Traced {
  if (typeof value !== 'object' || value === null) return made(site, value, reads);
  const known = values.get(value);
  if (known !== undefined) return made(site, known, reads);
  if (isFunction(value)) return made(site, { kind: 'function', code: undefined, native: value.native }, reads);
  if (isArray(value)) {
    const items = value.items.map((item) => lazyFromEngine(item, site, env, reads));
    return made(site, { kind: 'array', items }, reads);
  }
  const fields = new Map<string, FieldDefinition>();
  for (const [name, visibility] of engineVisibility(value.shape)) {
    const evaluate = (): Traced => fromEngine(fieldOf(value, name), site, env, reads);
    fields.set(name, { name, visibility, plus: false, site, evaluate, env: undefined, because: [] });
  }
  return made(site, makeObject([{ site, fields, locals: [], env, removed: undefined, because: [] }]), reads);
}

function lazyFromEngine(item: EngineLazy, site: Site, env: Env, reads: readonly Origin[]): Lazy {
  if (!isThunk(item)) return ready(fromEngine(item, site, env, reads));
  return lazies.get(item) ?? lazy(() => fromEngine(forceValue(item), site, env, reads));
}
