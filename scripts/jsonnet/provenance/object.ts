// Objects: rows of layers, read from the top. Assertions are left alone: what is traced has been evaluated before, so they
// hold.
import { Visibility } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import { compareText } from '../engine/text.ts';
import { bindLazy } from './bind.ts';
import { plus } from './operators.ts';
import {
  makeObject,
  type Env,
  type FieldDefinition,
  type Layer,
  type Origin,
  type Traced,
  type TracedObject,
} from './value.ts';

/** A definition of a field and the layer in which it stands. */
export interface Defined {
  layer: number;
  definition: FieldDefinition;
}

export function addObjects(left: TracedObject, right: TracedObject): TracedObject {
  return makeObject([...left.layers, ...right.layers]);
}

/** Every definition of a field that can be seen from a layer, topmost first. */
export function* definitionsOf(
  object: TracedObject,
  name: string,
  top: number = object.layers.length - 1,
): Generator<Defined> {
  if (object.layers[top]?.removed === name) return;
  for (let layer = top; layer >= 0; layer--) {
    const definition = object.layers[layer]!.fields.get(name);
    if (definition !== undefined) yield { layer, definition };
  }
}

/** What decided that a field is there, or is as it is: conditions around the definitions that give it its value. */
export function reasonsOf(object: TracedObject, name: string): Origin[] {
  const reasons: Origin[] = [];
  for (const { layer, definition } of definitionsOf(object, name)) {
    reasons.push(...object.layers[layer]!.because, ...definition.because);
    if (!definition.plus) break;
  }
  return reasons;
}

/** The value of a field as seen from a layer; undefined where there is none. */
export function findField(object: TracedObject, name: string, top?: number): Traced | undefined {
  const [found] = definitionsOf(object, name, top);
  return found === undefined ? undefined : evaluateDefined(object, found);
}

/** The value that a definition and those below it give a field. */
export function evaluateDefined(object: TracedObject, { layer, definition }: Defined): Traced {
  const key = `${layer} ${definition.name}`;
  let traced = object.values.get(key);
  if (traced === undefined) {
    traced = definition.evaluate(insideOf(object, layer, definition.env));
    if (definition.plus) {
      const below = findField(object, definition.name, layer - 1);
      if (below !== undefined) traced = plus(below, traced, definition.site);
    }
    object.values.set(key, traced);
  }
  return traced;
}

/** The value of a field that must be there. */
export function readField(object: TracedObject, name: string, site: Site): Traced {
  const traced = findField(object, name);
  if (traced === undefined) throw new Error(`Field does not exist: ${name} (${site.unit.name})`);
  return traced;
}

/** The variables inside a layer. Fields of a comprehension have their own. */
function insideOf(object: TracedObject, layer: number, turn: Env | undefined): Env {
  const { env, locals } = object.layers[layer]!;
  const known = turn === undefined ? object.envs[layer] : undefined;
  if (known !== undefined) return known;
  const outer = turn ?? env;
  const inside: Env = {
    unit: outer.unit,
    outer,
    names: new Map(),
    self: object,
    layer,
    dollar: outer.dollar ?? object,
  };
  for (const bind of locals) inside.names.set(bind.name, bindLazy(bind, inside));
  if (turn === undefined) object.envs[layer] = inside;
  return inside;
}

/** Every field with its visibility, which `:` takes from the layer below. */
export function visibilityOf(object: TracedObject): Map<string, Visibility> {
  const visibility = new Map<string, Visibility>();
  for (const { fields, removed } of object.layers) {
    if (removed !== undefined) visibility.delete(removed);
    for (const { name, visibility: own } of fields.values()) {
      if (own !== Visibility.Inherit || !visibility.has(name)) visibility.set(name, own);
    }
  }
  return visibility;
}

/** The names of the fields, hidden ones included or not, in order. */
export function namesOf(object: TracedObject, hidden: boolean): string[] {
  const names: string[] = [];
  for (const [name, visibility] of visibilityOf(object)) {
    if (hidden || visibility !== Visibility.Hidden) names.push(name);
  }
  return names.sort(compareText);
}

/** A layer of values that are at hand, as functions of the standard library make them. */
export function plainLayer(site: Site, env: Env, fields: ReadonlyMap<string, () => Traced>): Layer {
  const definitions = new Map<string, FieldDefinition>();
  for (const [name, evaluate] of fields) {
    definitions.set(name, {
      name,
      visibility: Visibility.Inherit,
      plus: false,
      site,
      evaluate,
      env: undefined,
      because: [],
    });
  }
  return { site, fields: definitions, locals: [], env, removed: undefined, because: [] };
}
