import { BinaryOperator, Kind, MemberKind } from '../../syntax/ast.ts';
import type { FieldMember, Member, Node, ObjectLiteral } from '../../syntax/ast.ts';
import { printNode } from '../../syntax/print.ts';
import type { Found, Rule } from '../rule.ts';

export const duplicateField: Rule = {
  name: 'duplicate-field',
  severity: 'error',
  summary: 'An object has a field twice.',
  find: ({ nodes }) => nodes.flatMap((node) => (node.kind === Kind.Object ? duplicates(node) : [])),
};

/** What the parser doesn't see: names that are written differently, and names computed by the same expression. */
function duplicates({ members }: ObjectLiteral): Found[] {
  const seen = new Set<string>();
  return fieldsOf(members).flatMap((field) => {
    const label = fieldLabel(field);
    if (!seen.has(label)) {
      seen.add(label);
      return [];
    }
    const { start } = field;
    const end = field.key === undefined ? start + field.name.length : field.key.end;
    return [
      {
        message: `Duplicate field: ${fieldName(field) ?? printNode(field.key!)}`,
        hint: 'keep one of them',
        start,
        end,
      },
    ];
  });
}

function fieldLabel(field: FieldMember): string {
  const name = fieldName(field);
  return name === undefined ? `computed ${printNode(field.key!)}` : `named ${name}`;
}

function fieldName({ kind, name, key }: FieldMember): string | undefined {
  if (kind !== MemberKind.Computed) return name;
  return key?.kind === Kind.String ? key.value : undefined;
}

function fieldsOf(members: Member[]): FieldMember[] {
  return members.filter((member) => member.kind <= MemberKind.Computed) as FieldMember[];
}

export const suspiciousPlus: Rule = {
  name: 'suspicious-plus',
  severity: 'warning',
  summary: 'An object is joined in a way that does nothing, fails, or drops what it was to keep.',
  find: ({ nodes }) =>
    nodes.flatMap((node) => {
      if (node.kind === Kind.ApplyBrace) return join(node.left, node.right);
      if (node.kind === Kind.Binary && node.operator === BinaryOperator.Plus) {
        return join(node.left, node.right);
      }
      return [];
    }),
};

function join(left: Node, right: Node): Found[] {
  const [before, after] = [bare(left), bare(right)];
  const found: Found[] = [];
  for (const [one, other] of [
    [before, after],
    [after, before],
  ] as const) {
    if (isObject(one) && isNoObject(other)) {
      const message = 'An object can be joined only with an object, or with a string';
      found.push({ message, hint: 'join two values of one kind', start: other.start, end: other.end });
    }
  }
  if (after.kind === Kind.Object && after.members.length === 0) {
    found.push({ message: 'Joining {} changes nothing', hint: 'remove it', start: after.start, end: after.end });
  } else if (after.kind === Kind.Object) found.push(...replaced(last(before), after));
  return found;
}

/** A field of two objects that is an object in both: the later one replaces the earlier, unless it says `+:`. */
function replaced(before: ObjectLiteral | undefined, after: ObjectLiteral): Found[] {
  if (before === undefined) return [];
  const objects = new Set(
    fieldsOf(before.members)
      .filter(({ body }) => isFilled(bare(body)))
      .map(fieldLabel),
  );
  return fieldsOf(after.members)
    .filter((field) => !field.plus && isFilled(bare(field.body)) && objects.has(fieldLabel(field)))
    .map((field) => ({
      message: `${fieldName(field) ?? 'The field'} replaces the object on the left instead of joining it`,
      hint: 'write +: to join them, or take the field out of the object on the left',
      start: field.start,
      end: field.body.start,
    }));
}

/** The literal whose fields are the latest of a joined object. */
function last(node: Node): ObjectLiteral | undefined {
  if (node.kind === Kind.Object) return node;
  if (node.kind === Kind.ApplyBrace) return node.right.kind === Kind.Object ? node.right : undefined;
  if (node.kind === Kind.Binary && node.operator === BinaryOperator.Plus) return last(bare(node.right));
  return undefined;
}

function bare(node: Node): Node {
  return node.kind === Kind.Parens ? bare(node.inner) : node;
}

function isObject(node: Node): boolean {
  return node.kind === Kind.Object || node.kind === Kind.ObjectComprehension;
}

function isFilled(node: Node): boolean {
  return node.kind === Kind.Object && node.members.length > 0;
}

function isNoObject({ kind }: Node): boolean {
  return (
    kind === Kind.Number ||
    kind === Kind.Array ||
    kind === Kind.ArrayComprehension ||
    kind === Kind.Null ||
    kind === Kind.True ||
    kind === Kind.False ||
    kind === Kind.Function
  );
}
