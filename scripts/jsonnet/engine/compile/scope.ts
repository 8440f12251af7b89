// Scopes at compile time: where the frame of a name lies and in which of its slots.
import type { FrameLayout } from '../function-code.ts';
import type { Site } from '../errors.ts';
import type { StandardLibrary } from '../../std/library.ts';
import type { Unit } from '../unit.ts';

export interface Scope {
  unit: Unit;
  library: StandardLibrary;
  outer: Scope | undefined;
  names: Map<string, number>;
  /** The frame that holds the names of this scope; scopes of one frame share it. */
  layout: FrameLayout;
  /** How many frames lie around that frame. */
  level: number;
  /** The level of the frame whose slot 1 is `self`; -1 outside objects. */
  selfLevel: number;
  /** The level of the outermost object's frame, which is `$`; -1 outside objects. */
  dollarLevel: number;
  /** What the code here is part of, for traces: the name of a function. */
  context: string | undefined;
}

/** The scope of a file. */
export function rootScope(unit: Unit, library: StandardLibrary): Scope {
  const layout = { size: 1 };
  const names = new Map<string, number>();
  return {
    unit,
    library,
    outer: undefined,
    names,
    layout,
    level: 0,
    selfLevel: -1,
    dollarLevel: -1,
    context: undefined,
  };
}

/** A scope inside another in the same frame, with names that are still to be given slots. */
export function blockScope(outer: Scope): Scope {
  return { ...outer, outer, names: new Map() };
}

/** A scope with a frame of its own, whose slot 0 is the frame of `outer`. */
export function frameScope(outer: Scope, reserved: number): Scope {
  return { ...outer, outer, names: new Map(), layout: { size: reserved }, level: outer.level + 1 };
}

/** The scope inside an object literal. */
export function objectScope(outer: Scope, reserved: number): Scope {
  const scope = frameScope(outer, reserved);
  scope.selfLevel = scope.level;
  if (scope.dollarLevel === -1) scope.dollarLevel = scope.level;
  return scope;
}

/** Gives a name the next slot of its frame. */
export function declare(scope: Scope, name: string): number {
  const slot = scope.layout.size++;
  scope.names.set(name, slot);
  return slot;
}

/** How many frames outward a name lies, and its slot; undefined for `std` where nothing shadows it. */
export function resolve(scope: Scope, name: string): { hops: number; slot: number } | undefined {
  for (let each: Scope | undefined = scope; each !== undefined; each = each.outer) {
    const slot = each.names.get(name);
    if (slot !== undefined) return { hops: scope.level - each.level, slot };
  }
  return undefined;
}

export function siteOf(scope: Scope, { start, end }: { start: number; end: number }): Site {
  return { unit: scope.unit, start, end };
}
