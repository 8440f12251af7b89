// Functions that ask whoever runs the program.
import { fail, force, machine } from '../engine/machine.ts';
import { currentRun } from '../engine/run.ts';
import { native, stringOf } from './native.ts';
import type { Value } from '../engine/value.ts';

function extVar(name: Value): Value {
  const key = stringOf(name);
  const value = currentRun().extVars.get(key);
  if (value === undefined) throw fail(`Undefined external variable: ${key}`);
  return force(typeof value === 'function' ? value() : value);
}

function trace(text: Value, rest: Value): Value {
  currentRun().trace(stringOf(text), machine.callSite);
  return rest;
}

export const hostFunctions = [
  native('extVar', ['x'], extVar),
  native('native', ['x'], (name: Value) => currentRun().natives.get(stringOf(name)) ?? null),
  native('trace', ['str', 'rest'], trace),
];
