import {
  MemberKind,
  SpecKind,
  type ArrayComprehension,
  type FieldMember,
  type ObjectComprehension,
  type Spec,
} from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import { evaluate } from './evaluate.ts';
import { fieldDefinition, localsOf } from './literal.ts';
import {
  isTracedArray,
  lazy,
  made,
  makeObject,
  type Env,
  type FieldDefinition,
  type Lazy,
  type Traced,
} from './value.ts';

export function evaluateArrayComprehension(node: ArrayComprehension, env: Env, site: Site): Traced {
  const items: Lazy[] = [];
  forEach(node.specs, 0, env, (turn) => items.push(lazy(() => evaluate(node.body, turn))));
  return made(site, { kind: 'array', items });
}

export function evaluateObjectComprehension(node: ObjectComprehension, env: Env, site: Site): Traced {
  const member = node.members.find((each): each is FieldMember => each.kind === MemberKind.Computed)!;
  const fields = new Map<string, FieldDefinition>();
  forEach(node.specs, 0, env, (turn) => {
    const { value: name, origin } = evaluate(member.key!, turn);
    if (name !== null)
      fields.set(name as string, { ...fieldDefinition(member, name as string, env.unit, [origin]), env: turn });
  });
  return made(
    site,
    makeObject([{ site, fields, locals: localsOf(node.members), env, removed: undefined, because: [] }]),
  );
}

function forEach(specs: readonly Spec[], index: number, env: Env, visit: (turn: Env) => void): void {
  const spec = specs[index];
  if (spec === undefined) return visit(env);
  if (spec.kind === SpecKind.If) {
    if (evaluate(spec.condition, env).value === true) forEach(specs, index + 1, env, visit);
    return;
  }
  const { value } = evaluate(spec.source, env);
  if (!isTracedArray(value)) throw new Error('a comprehension over something that is no array');
  for (const item of value.items) {
    forEach(specs, index + 1, { ...env, outer: env, names: new Map([[spec.name, item]]) }, visit);
  }
}
