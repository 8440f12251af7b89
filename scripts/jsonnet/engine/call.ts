// Calling functions: arguments are bound to parameters, the body runs in a new frame. A tailstrict call at the end of a body
// is handed back to whoever called that body, so that such loops take no stack.
import type { Site } from './errors.ts';
import type { FunctionCode, NativeFunction } from './function-code.ts';
import { checkLimits, fail, force, locate, machine, makeFrame, tooDeep } from './machine.ts';
import { unexpectedType } from './operators.ts';
import { isFunction, type Frame, type FunctionValue, type Lazy, type Value } from './value.ts';

/** What a body answers instead of a value when it ends in a tailstrict call, which then stands in `pending`. */
export const tailCall = Symbol('tail call') as unknown as Value;

export const pending = {
  code: undefined as FunctionCode | undefined,
  frame: undefined as Frame | undefined,
  /** The operator `&&` or `||` that the call is the right side of: what comes out must be a boolean. */
  boolean: undefined as Site | undefined,
};

/** Runs a function's body in a frame that holds its arguments. */
export function run(code: FunctionCode, frame: Frame, site: Site | undefined): Value {
  if (machine.depth >= machine.maxDepth) throw tooDeep(site);
  machine.sites[machine.depth++] = site;
  if (--machine.steps <= 0) checkLimits();
  let value = code.body(frame);
  if (value === tailCall) value = runTail();
  machine.depth--;
  return value;
}

function runTail(): Value {
  let boolean: Site | undefined;
  let value = tailCall;
  while (value === tailCall) {
    if (pending.boolean !== undefined) {
      boolean = pending.boolean;
      pending.boolean = undefined;
    }
    const next = pending.code!;
    if (--machine.steps <= 0) checkLimits();
    value = next.body(pending.frame!);
  }
  if (boolean !== undefined && typeof value !== 'boolean') throw unexpectedType(value, 'boolean', boolean);
  return value;
}

export function toFunction(value: Value, site?: Site): FunctionValue {
  if (!isFunction(value)) throw unexpectedType(value, 'function', site);
  return value;
}

/** Calls a function with positional arguments: what native functions use. */
export function call(target: FunctionValue, positional: Lazy[], site?: Site): Value {
  const { code } = target;
  if (code !== undefined && code.parameters.length === positional.length) {
    const frame = makeFrame(code.layout.size, target.frame!);
    for (let index = 0; index < positional.length; index++) frame[index + 1] = positional[index];
    return run(code, frame, site);
  }
  return callWith(target, positional, [], [], false, site);
}

export function call1(target: FunctionValue, argument: Lazy, site?: Site): Value {
  const { code } = target;
  if (code !== undefined && code.parameters.length === 1) {
    const frame = makeFrame(code.layout.size, target.frame!);
    frame[1] = argument;
    return run(code, frame, site);
  }
  return callWith(target, [argument], [], [], false, site);
}

export function call2(target: FunctionValue, first: Lazy, second: Lazy, site?: Site): Value {
  const { code } = target;
  if (code !== undefined && code.parameters.length === 2) {
    const frame = makeFrame(code.layout.size, target.frame!);
    frame[1] = first;
    frame[2] = second;
    return run(code, frame, site);
  }
  return callWith(target, [first, second], [], [], false, site);
}

/** Calls with any arguments; `names` and `named` go together. */
export function callWith(
  target: FunctionValue,
  positional: Lazy[],
  names: readonly string[],
  named: Lazy[],
  strict: boolean,
  site: Site | undefined,
): Value {
  const { code, native } = target;
  if (code === undefined) return callNative(native!, positional, names, named, site);
  return run(code, bindFrame(target, positional, names, named, strict, site), site);
}

/** A frame with the arguments and defaults of a call. */
export function bindFrame(
  target: FunctionValue,
  positional: Lazy[],
  names: readonly string[],
  named: Lazy[],
  strict: boolean,
  site: Site | undefined,
): Frame {
  const code = target.code!;
  const { parameters, defaults } = code;
  const slots = place(parameters, (index) => defaults[index] !== undefined, positional, names, named, site);
  const frame = makeFrame(code.layout.size, target.frame!);
  for (let index = 0; index < parameters.length; index++) {
    const given = slots[index];
    frame[index + 1] = given === undefined ? defaults[index]!(frame) : given;
  }
  if (strict) for (let index = 1; index <= parameters.length; index++) frame[index] = force(frame[index], site);
  return frame;
}

function callNative(
  native: NativeFunction,
  positional: Lazy[],
  names: readonly string[],
  named: Lazy[],
  site: Site | undefined,
): Value {
  const { parameters, required, lazy } = native;
  const slots: (Lazy | undefined)[] =
    names.length === 0 && positional.length === parameters.length
      ? positional
      : place(parameters, (index) => index >= required, positional, names, named, site);
  const values = slots.map((given, index) =>
    given === undefined || lazy?.includes(index) ? given : force(given, site),
  );
  try {
    return native.call(...values);
  } catch (error) {
    throw site === undefined ? error : locate(error, site);
  }
}

/** The arguments by parameter, undefined where a default is wanted. */
function place(
  parameters: readonly string[],
  isOptional: (index: number) => boolean,
  positional: Lazy[],
  names: readonly string[],
  named: Lazy[],
  site: Site | undefined,
): (Lazy | undefined)[] {
  const count = parameters.length;
  if (positional.length > count) {
    throw fail(`function expected ${count} positional argument(s), but got ${positional.length}`, site);
  }
  const slots: (Lazy | undefined)[] = Array.from({ length: count }, (_, index) => positional[index]);
  names.forEach((name, index) => {
    const parameter = parameters.indexOf(name);
    if (parameter === -1) throw fail(`function has no parameter ${name}`, site);
    if (slots[parameter] !== undefined) throw fail(`Argument ${name} already provided`, site);
    slots[parameter] = named[index];
  });
  const missing = slots.findIndex((given, index) => given === undefined && !isOptional(index));
  if (missing !== -1) throw fail(`Missing argument: ${parameters[missing]}`, site);
  return slots;
}
