// Questions to values with origins.
import type { Site } from '../engine/errors.ts';
import { definitionsOf, evaluateDefined, findField, namesOf, type Defined } from './object.ts';
import { force, isTracedArray, isTracedObject, type Origin, type Traced, type TracedObject } from './value.ts';

/** The steps of a value, from where it was handed on last to the expression that made it. */
export function stepsOf(origin: Origin): Origin[] {
  const steps: Origin[] = [];
  for (let step: Origin | undefined = origin; step !== undefined; step = step.from) steps.push(step);
  return steps;
}

/** The expression that made a value. */
export function makerOf(origin: Origin): Site {
  return stepsOf(origin).at(-1)!.site;
}

/** Everything that a value was made of, itself first: how it was handed on, operands, arguments, conditions. */
export function contributorsOf(origin: Origin): Origin[] {
  const found = new Set<Origin>();
  const stack = [origin];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (found.has(top)) continue;
    found.add(top);
    for (const read of top.reads.toReversed()) stack.push(read);
    if (top.from !== undefined) stack.push(top.from);
  }
  return [...found];
}

/**
 * What a computed value was computed from: the expressions that made its operands and arguments, down to what was written
 * down somewhere. What stands inside the expression itself is left out.
 */
export function ingredientsOf(origin: Origin): Site[] {
  const found = new Map<string, Site>();
  const seen = new Set<Origin>();
  const descend = (from: Origin, around: Site): void => {
    const maker = stepsOf(from).at(-1)!;
    if (seen.has(maker)) return;
    seen.add(maker);
    const { unit, start, end } = maker.site;
    const isWithin = unit === around.unit && start >= around.start && end <= around.end;
    if (maker.reads.length === 0 && maker.isLeaf && !isWithin) found.set(`${unit.name} ${start}`, maker.site);
    for (const read of maker.reads) descend(read, isWithin ? around : maker.site);
  };
  descend(origin, stepsOf(origin).at(-1)!.site);
  return [...found.values()];
}

/** A value inside another. */
export interface Found {
  traced: Traced;
  /** Of a field: the object that has it, and every definition of it, the topmost first. */
  field: { object: TracedObject; definitions: Defined[] } | undefined;
}

/** Names and positions that lie below a value, for who asked for one that isn't there. */
export function childrenOf({ value }: Traced): string[] {
  if (isTracedObject(value)) return namesOf(value, false);
  return isTracedArray(value) ? value.items.map((_, index) => String(index)) : [];
}

/** Follows one token of a JSON Pointer; undefined where there is nothing. */
export function child({ value }: Traced, token: string): Found | undefined {
  if (isTracedObject(value)) {
    if (!namesOf(value, false).includes(token)) return undefined;
    const traced = findField(value, token)!;
    return { traced, field: { object: value, definitions: [...definitionsOf(value, token)] } };
  }
  if (!isTracedArray(value) || !/^(0|[1-9]\d*)$/.test(token)) return undefined;
  const item = value.items[Number(token)];
  return item === undefined ? undefined : { traced: force(item), field: undefined };
}

/**
 * The definitions of a field that give it its value, the topmost first, and those that they replace. `+:` takes what lies
 * below into the value; the first definition without it replaces all further ones.
 */
export function effectOf(definitions: readonly Defined[]): { effective: Defined[]; replaced: Defined[] } {
  const end = definitions.findIndex(({ definition }) => !definition.plus);
  const count = end === -1 ? definitions.length : end + 1;
  return { effective: definitions.slice(0, count), replaced: definitions.slice(count) };
}

/** The value that a replaced definition would have given; undefined where it can't be computed. */
export function replacedValue(object: TracedObject, defined: Defined): Traced | undefined {
  try {
    return evaluateDefined(object, defined);
  } catch {
    // A default that is an error is there to be replaced.
    return undefined;
  }
}
