// Object literals.
import { Kind, MemberKind, type FieldMember, type Member, type Node, type ObjectLiteral } from '../../syntax/ast.ts';
import { fail } from '../machine.ts';
import { objectSlots } from '../object.ts';
import { leafShape, type FieldTemplate, type Shape, type Template } from '../shape.ts';
import { quote } from '../text.ts';
import { makeObject, typeName, type Frame, type Value, type Code } from '../value.ts';
import { functionMaker } from './apply.ts';
import { bindMaker, compile, compileAssertion, lazily } from './expression.ts';
import { declare, objectScope, siteOf, type Scope } from './scope.ts';

/** Shapes kept of one literal with computed names; what has more variants is data rather than structure. */
const maxVariants = 64;

export function compileObject(node: ObjectLiteral, scope: Scope): Code {
  const { template, members } = objectTemplate(node.members, scope);
  const keys = members.map((member) => keyCode(member, scope));
  if (keys.every((key) => key === undefined)) {
    const shape = leafShape(template, false);
    return (frame) => makeObject(shape, frame);
  }
  const site = siteOf(scope, node);
  const variants = new Map<string, Shape>();
  return (frame) => {
    const names: (string | null)[] = [];
    for (let index = 0; index < keys.length; index++) {
      const key = keys[index];
      const name = key === undefined ? members[index]!.name : key(frame);
      if (name !== null && typeof name !== 'string') throw fail(badName(name), site);
      names.push(name);
    }
    const variant = JSON.stringify(names);
    let shape = variants.get(variant);
    if (shape === undefined) {
      const fields = namedFields(template.fields, names, (name) => fail(duplicate(name), site));
      const known = variants.size < maxVariants;
      shape = leafShape({ ...template, fields }, !known);
      if (known) variants.set(variant, shape);
    }
    return makeObject(shape, frame);
  };
}

export function badName(name: Value): string {
  return `Field name must be string, got ${typeName(name)}`;
}

export function duplicate(name: string): string {
  return `Duplicate field name: ${quote(name)}`;
}

function namedFields(
  fields: readonly FieldTemplate[],
  names: readonly (string | null)[],
  duplicated: (name: string) => Error,
): FieldTemplate[] {
  const seen = new Set<string>();
  return fields.flatMap((field, index) => {
    const name = names[index]!;
    if (name === null) return [];
    if (seen.has(name)) throw duplicated(name);
    seen.add(name);
    if (name === field.name) return [field];
    // The body is compiled once for all names.
    return [{ ...field, name, body: (frame: Frame) => field.body(frame) }];
  });
}

/** The code of a computed name; undefined for one that is written down. */
export function keyCode(member: FieldMember, scope: Scope): Code | undefined {
  return member.kind === MemberKind.Computed ? compile(member.key!, scope) : undefined;
}

/** What an object literal has, with the scope of its inside. Field bodies are compiled when they are first evaluated. */
export function objectTemplate(all: readonly Member[], outer: Scope): { template: Template; members: FieldMember[] } {
  const scope = objectScope(outer, objectSlots);
  const slots = all.map((member) => (member.kind === MemberKind.Local ? declare(scope, member.bind.name) : -1));
  const members: FieldMember[] = [];
  const fields: FieldTemplate[] = [];
  const locals: { slot: number; make: Code }[] = [];
  const asserts: Code[] = [];
  all.forEach((member, index) => {
    if (member.kind === MemberKind.Local) {
      locals.push({ slot: slots[index]!, make: bindMaker(member.bind, scope) as Code });
    } else if (member.kind === MemberKind.Assert) {
      const check = lazily(() =>
        compileAssertion(member.condition, member.message, 'Object assertion failed.', member, scope),
      );
      asserts.push((frame) => check.run(frame));
    } else {
      members.push(member);
      fields.push(fieldTemplate(member, scope));
    }
  });
  return { template: { fields, locals, asserts, layout: scope.layout }, members };
}

function fieldTemplate(member: FieldMember, scope: Scope): FieldTemplate {
  const { name, plus, visibility, parameters, body } = member;
  const field: FieldTemplate = {
    name,
    visibility,
    plus,
    constant: parameters === undefined ? literal(body) : undefined,
    frame: undefined,
    body: (frame) => {
      const context = name === '' ? 'anonymous' : name;
      const code = parameters === undefined ? compile(body, scope) : functionMaker(parameters, body, scope, context);
      field.body = code;
      return code(frame);
    },
  };
  return field;
}

function literal(node: Node): Value | undefined {
  switch (node.kind) {
    case Kind.Null:
      return null;
    case Kind.True:
      return true;
    case Kind.False:
      return false;
    case Kind.String:
      return node.value;
    case Kind.Number:
      return node.value === Infinity ? undefined : node.value;
    default:
      return undefined;
  }
}
