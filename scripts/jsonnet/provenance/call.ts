// Calls: of functions of the program, and of the standard library.
import type { Site } from '../engine/errors.ts';
import type { NativeFunction } from '../engine/function-code.ts';
import { fromEngine, lazyToEngine, reading, toEngine } from './bridge.ts';
import { evaluate } from './evaluate.ts';
import { structural } from './std.ts';
import { force, lazy, type Env, type Lazy, type Origin, type Traced, type TracedFunction } from './value.ts';

const none: ReadonlyMap<string, Lazy> = new Map();

/** The result of a call, with the origin that it has inside the function. */
export function apply(
  target: TracedFunction,
  positional: readonly Lazy[],
  named: ReadonlyMap<string, Lazy>,
  site: Site,
  env: Env,
): Traced {
  const { code, native } = target;
  if (code === undefined) return callNative(native!, positional, named, site, env);
  const { parameters, body, env: outer } = code;
  const inside: Env = { ...outer, outer, names: new Map() };
  parameters.forEach(({ name, default: fallback }, index) => {
    const given = positional[index] ?? named.get(name);
    inside.names.set(name, given ?? lazy(() => evaluate(fallback!, inside)));
  });
  return evaluate(body, inside);
}

/** A call with positional arguments. */
export function call(target: TracedFunction, positional: readonly Lazy[], site: Site, env: Env): Traced {
  return apply(target, positional, none, site, env);
}

export function callNative(
  native: NativeFunction,
  positional: readonly Lazy[],
  named: ReadonlyMap<string, Lazy>,
  site: Site,
  env: Env,
): Traced {
  const given = native.parameters.map((name, index) => positional[index] ?? named.get(name));
  const known = structural.get(native.name)?.(given as Lazy[], site, env);
  if (known !== undefined) return known;
  const reads: Origin[] = [];
  const value = reading(reads, () =>
    native.call(
      ...given.map((argument, index) => {
        if (argument === undefined) return undefined;
        if (native.lazy?.includes(index)) return lazyToEngine(argument);
        const traced = force(argument);
        reads.push(traced.origin);
        return toEngine(traced.value);
      }),
    ),
  );
  return fromEngine(value, site, env, reads);
}
