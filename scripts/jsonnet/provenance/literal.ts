// Object literals.
import { MemberKind, type Bind, type FieldMember, type Member, type ObjectLiteral } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import type { Unit } from '../engine/unit.ts';
import { closure } from './bind.ts';
import { evaluate } from './evaluate.ts';
import { made, makeObject, type Env, type FieldDefinition, type Origin, type Traced } from './value.ts';

export function evaluateObject(node: ObjectLiteral, env: Env, site: Site): Traced {
  const fields = new Map<string, FieldDefinition>();
  for (const member of node.members) {
    if (member.kind === MemberKind.Local || member.kind === MemberKind.Assert) continue;
    if (member.kind === MemberKind.Computed) {
      const { value: name, origin } = evaluate(member.key!, env);
      if (name !== null) fields.set(name as string, fieldDefinition(member, name as string, env.unit, [origin]));
    } else fields.set(member.name, fieldDefinition(member, member.name, env.unit));
  }
  return made(
    site,
    makeObject([{ site, fields, locals: localsOf(node.members), env, removed: undefined, because: [] }]),
  );
}

export function fieldDefinition(
  member: FieldMember,
  name: string,
  unit: Unit,
  because: readonly Origin[] = [],
): FieldDefinition {
  const { visibility, plus, start, end, parameters, body } = member;
  return {
    name,
    visibility,
    plus,
    site: { unit, start, end },
    evaluate: (env) => (parameters === undefined ? evaluate(body, env) : closure(parameters, body, env, member)),
    env: undefined,
    because,
  };
}

export function localsOf(members: readonly Member[]): Bind[] {
  return members.flatMap((member) => (member.kind === MemberKind.Local ? [member.bind] : []));
}
