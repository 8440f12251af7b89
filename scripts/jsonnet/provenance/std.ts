// Functions of the standard library whose results hold what other expressions made: these say which. All others are computed
// by the engine, and what they give back was made by their call.
import { parse } from '../syntax/parser.ts';
import type { Site } from '../engine/errors.ts';
import { characters } from '../engine/text.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { fileOfText, rootEnv } from './import.ts';
import { findField, namesOf, plainLayer, reasonsOf, visibilityOf } from './object.ts';
import {
  force,
  isTracedArray,
  isTracedObject,
  lazy,
  made,
  makeObject,
  passed,
  ready,
  type Env,
  type Lazy,
  type Origin,
  type Traced,
  type TracedArray,
  type TracedFunction,
  type TracedObject,
  type TracedValue,
} from './value.ts';

/** Undefined leaves the call to the engine. */
type Structural = (given: readonly Lazy[], site: Site, env: Env) => Traced | undefined;

function functionOf(given: Lazy): TracedFunction {
  return force(given).value as TracedFunction;
}

/** The elements of an array, or the characters of a string. */
function itemsOf(given: Lazy): readonly Lazy[] {
  const { value, origin } = force(given);
  if (typeof value === 'string') return characters(value).map((one) => ready({ value: one, origin }));
  return (value as TracedArray).items;
}

function arrayOf(site: Site, items: readonly Lazy[], reads: readonly Origin[] = []): Traced {
  return made(site, { kind: 'array', items }, reads);
}

function objectOf(site: Site, env: Env, fields: ReadonlyMap<string, () => Traced>, reads: readonly Origin[]): Traced {
  return made(site, makeObject([plainLayer(site, env, fields)]), reads);
}

const map: Structural = ([by, values], site, env) =>
  arrayOf(
    site,
    itemsOf(values!).map((item) => lazy(() => passed('call', site, call(functionOf(by!), [item], site, env)))),
  );

const mapWithIndex: Structural = ([by, values], site, env) =>
  arrayOf(
    site,
    itemsOf(values!).map((item, index) =>
      lazy(() => passed('call', site, call(functionOf(by!), [ready(made(site, index)), item], site, env))),
    ),
  );

const makeArray: Structural = ([size, by], site, env) =>
  arrayOf(
    site,
    Array.from({ length: force(size!).value as number }, (_, index) =>
      lazy(() => passed('call', site, call(functionOf(by!), [ready(made(site, index))], site, env))),
    ),
  );

const filter: Structural = ([keep, values], site, env) =>
  arrayOf(
    site,
    itemsOf(values!).filter((item) => call(functionOf(keep!), [item], site, env).value === true),
  );

const flatMap: Structural = ([by, values], site, env) => {
  if (typeof force(values!).value === 'string') return undefined;
  return arrayOf(
    site,
    itemsOf(values!).flatMap((item) => (call(functionOf(by!), [item], site, env).value as TracedArray).items),
  );
};

function fold(items: readonly Lazy[], start: Lazy, site: Site, step: (sum: Lazy, item: Lazy) => Traced): Traced {
  let sum = force(start);
  for (const item of items) sum = passed('call', site, step(ready(sum), item));
  return sum;
}

const mapWithKey: Structural = ([by, object], site, env) => {
  const { value, origin } = force(object!) as { value: TracedObject; origin: Origin };
  const fields = namesOf(value, false).map((name): [string, () => Traced] => [
    name,
    () =>
      passed(
        'call',
        site,
        call(functionOf(by!), [ready(made(site, name)), lazy(() => findField(value, name)!)], site, env),
      ),
  ]);
  return objectOf(site, env, new Map(fields), [origin]);
};

/** Fields of the patch stand over those of the target; null takes one away. */
function merged(target: Traced | undefined, patch: Traced, site: Site, env: Env): Traced {
  if (!isTracedObject(patch.value)) return patch;
  const over = patch.value;
  const under = target !== undefined && isTracedObject(target.value) ? target.value : undefined;
  const fields = new Map<string, () => Traced>();
  for (const name of under === undefined ? [] : namesOf(under, false)) fields.set(name, () => findField(under!, name)!);
  for (const name of namesOf(over, false)) {
    const own = findField(over, name)!;
    const below = fields.get(name);
    if (own.value === null) fields.delete(name);
    else fields.set(name, () => merged(below?.(), own, site, env));
  }
  const reads = target === undefined ? [patch.origin] : [patch.origin, target.origin];
  return objectOf(site, env, fields, reads);
}

const values = (hidden: boolean): Structural => {
  return ([object], site) => {
    const { value, origin } = force(object!) as { value: TracedObject; origin: Origin };
    const items = namesOf(value, hidden).map((name) => lazy(() => findField(value, name)!));
    return arrayOf(site, items, [origin]);
  };
};

const keysAndValues = (hidden: boolean): Structural => {
  return ([object], site, env) => {
    const { value, origin } = force(object!) as { value: TracedObject; origin: Origin };
    const items = namesOf(value, hidden).map((name) => {
      const pair = new Map([
        ['key', () => made(site, name)],
        ['value', () => findField(value, name)!],
      ]);
      return ready(objectOf(site, env, pair, [origin]));
    });
    return arrayOf(site, items, [origin]);
  };
};

const get: Structural = ([object, name, fallback, hidden], site) => {
  const { value } = force(object!) as { value: TracedObject };
  const field = force(name!).value as string;
  const all = hidden === undefined || force(hidden).value === true;
  if (!(all ? visibilityOf(value).has(field) : namesOf(value, false).includes(field))) {
    return fallback === undefined ? made(site, null) : force(fallback);
  }
  const reads = [force(name!).origin, ...reasonsOf(value, field)];
  const traced = passed('field', site, findField(value, field)!, reads);
  traced.origin.read = { object: value, name: field, target: force(object!).origin };
  return traced;
};

function hasContent(value: TracedValue): boolean {
  if (isTracedArray(value)) return value.items.length > 0;
  return isTracedObject(value) ? namesOf(value, false).length > 0 : value !== null;
}

function pruned(traced: Traced, site: Site, env: Env): Traced {
  const { value, origin } = traced;
  if (isTracedArray(value)) {
    const items = value.items.map((item) => pruned(force(item), site, env));
    return { ...arrayOf(site, items.filter((item) => hasContent(item.value)).map(ready)), origin };
  }
  if (!isTracedObject(value)) return traced;
  const fields = new Map<string, () => Traced>();
  for (const name of namesOf(value, false)) {
    const field = pruned(findField(value, name)!, site, env);
    if (hasContent(field.value)) fields.set(name, () => field);
  }
  return { ...objectOf(site, env, fields, []), origin };
}

const removeKey: Structural = ([object, name], site, env) => {
  const { value, origin } = force(object!) as { value: TracedObject; origin: Origin };
  const barrier = { ...plainLayer(site, env, new Map()), removed: force(name!).value as string };
  return { value: makeObject([...value.layers, barrier]), origin };
};

/** JSON is Jsonnet: the text of a file is read as such, so that every value knows its place in it. */
const parseJson: Structural = ([text]) => {
  const unit = fileOfText(force(text!).origin);
  if (unit === undefined) return undefined;
  try {
    unit.root ??= parse(unit.source);
  } catch {
    return undefined;
  }
  return evaluate(unit.root, rootEnv(unit));
};

export const structural: ReadonlyMap<string, Structural> = new Map<string, Structural>([
  ['map', map],
  ['mapWithIndex', mapWithIndex],
  ['makeArray', makeArray],
  ['filter', filter],
  ['filterMap', ([keep, by, items], site, env) => map([by!, ready(filter([keep!, items!], site, env)!)], site, env)],
  ['flatMap', flatMap],
  [
    'foldl',
    ([by, items, start], site, env) =>
      fold(itemsOf(items!), start!, site, (sum, item) => call(functionOf(by!), [sum, item], site, env)),
  ],
  [
    'foldr',
    ([by, items, start], site, env) =>
      fold(itemsOf(items!).toReversed(), start!, site, (sum, item) => call(functionOf(by!), [item, sum], site, env)),
  ],
  ['mapWithKey', mapWithKey],
  ['mergePatch', ([target, patch], site, env) => merged(force(target!), force(patch!), site, env)],
  ['objectValues', values(false)],
  ['objectValuesAll', values(true)],
  ['objectKeysValues', keysAndValues(false)],
  ['objectKeysValuesAll', keysAndValues(true)],
  ['objectRemoveKey', removeKey],
  ['get', get],
  ['prune', ([value], site, env) => pruned(force(value!), site, env)],
  ['parseJson', parseJson],
  ['trace', ([, rest]) => force(rest!)],
  ['id', ([value]) => force(value!)],
]);
