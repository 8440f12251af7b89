// Variables, fields and elements.
import { Kind, type Node } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import { standardLibrary } from '../std/library.ts';
import { slice } from '../std/slice.ts';
import { characterAt } from '../engine/text.ts';
import { fromEngine, toEngine } from './bridge.ts';
import { evaluate } from './evaluate.ts';
import { findField, readField, reasonsOf } from './object.ts';
import {
  force,
  isTracedArray,
  isTracedObject,
  made,
  passed,
  type Env,
  type Lazy,
  type Traced,
  type TracedObject,
} from './value.ts';

export function lookUp(env: Env, name: string): Lazy | undefined {
  for (let each: Env | undefined = env; each !== undefined; each = each.outer) {
    const found = each.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function evaluateVariable(name: string, env: Env, site: Site): Traced {
  const found = lookUp(env, name);
  if (found !== undefined) return passed('variable', site, force(found));
  return fromEngine(standardLibrary().objectFor(env.unit), site, env, []);
}

/** `std.name`, if that is what a node says. */
export function libraryName(node: Node, env: Env): string | undefined {
  if (node.kind !== Kind.Field || node.target.kind !== Kind.Variable || node.target.name !== 'std') return undefined;
  return lookUp(env, 'std') === undefined ? node.name : undefined;
}

/** `target[index]`, and `target.name`, which has no expression as index. */
export function evaluateIndex(target: Traced, index: Traced, site: Site): Traced {
  const { value } = target;
  const reads = [index.origin];
  if (isTracedObject(value)) {
    const name = index.value as string;
    return fieldRead(value, name, target, readField(value, name, site), site, reads);
  }
  if (isTracedArray(value)) {
    const item = value.items[Math.trunc(index.value as number)];
    if (item === undefined) throw new Error(`no element ${String(index.value)}`);
    return passed('element', site, force(item), reads);
  }
  return made(site, characterAt(value as string, Math.trunc(index.value as number)) ?? null, [target.origin, ...reads]);
}

export function evaluateField(node: Node & { kind: Kind.Field }, env: Env, site: Site): Traced {
  const library = libraryName(node, env);
  if (library === 'thisFile') return made(site, env.unit.path);
  const member = library === undefined ? undefined : standardLibrary().members.get(library);
  if (member !== undefined) return fromEngine(member, site, env, []);
  const target = evaluate(node.target, env);
  if (!isTracedObject(target.value)) throw new Error(`no field ${node.name} in something that is no object`);
  return fieldRead(target.value, node.name, target, readField(target.value, node.name, site), site, []);
}

function fieldRead(
  object: TracedObject,
  name: string,
  target: Traced,
  found: Traced,
  site: Site,
  reads: Traced['origin'][],
): Traced {
  const traced = passed('field', site, found, [...reads, ...reasonsOf(object, name)]);
  traced.origin.read = { object, name, target: target.origin };
  return traced;
}

/** `super[index]`; undefined where no layer below has it. */
export function superField(name: string, env: Env, site: Site): Traced | undefined {
  const object = env.self!;
  const found = findField(object, name, env.layer - 1);
  return found === undefined ? undefined : passed('field', site, found);
}

export function evaluateSlice(node: Node & { kind: Kind.Slice }, env: Env, site: Site): Traced {
  const [target, from, to, stride] = [node.target, node.from, node.to, node.step].map((part) =>
    part === undefined ? undefined : evaluate(part, env),
  );
  const bounds = [from, to, stride].map((bound) => (bound?.value ?? null) as number | null);
  const value = slice(toEngine(target!.value), bounds[0]!, bounds[1]!, bounds[2]!);
  return fromEngine(value, site, env, [target!.origin]);
}
