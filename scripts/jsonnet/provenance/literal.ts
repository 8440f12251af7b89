// Object literals.
import { MemberKind, type Bind, type FieldMember, type Member, type ObjectLiteral } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import type { Unit } from '../engine/unit.ts';
import { closure } from './bind.ts';
import { evaluate } from './evaluate.ts';
import { made, makeObject, type Env, type FieldDefinition, type Traced } from './value.ts';

export function evaluateObject(node: ObjectLiteral, env: Env, site: Site): Traced {
  const fields = new Map<string, FieldDefinition>();
  for (const member of node.members) {
    if (member.kind === MemberKind.Local || member.kind === MemberKind.Assert) continue;
    const name = member.kind === MemberKind.Computed ? evaluate(member.key!, env).value : member.name;
    if (name !== null) fields.set(name as string, fieldDefinition(member, name as string, env.unit));
  }
  return made(site, makeObject([{ site, fields, locals: localsOf(node.members), env, removed: undefined }]));
}

export function fieldDefinition(member: FieldMember, name: string, unit: Unit): FieldDefinition {
  const { visibility, plus, start, end, parameters, body } = member;
  return {
    name,
    visibility,
    plus,
    site: { unit, start, end },
    evaluate: (env) => (parameters === undefined ? evaluate(body, env) : closure(parameters, body, env, member)),
    env: undefined,
  };
}

export function localsOf(members: readonly Member[]): Bind[] {
  return members.flatMap((member) => (member.kind === MemberKind.Local ? [member.bind] : []));
}
