import { Kind, MemberKind } from '../syntax/ast.ts';
import { concat, hasComment, type Fodder } from './fodder.ts';
import { isIdentifier } from '../syntax/identifier.ts';
import type { Doc, FieldMemberDoc, Item, MemberDoc, StringDoc } from './tree.ts';
import { rewrite } from './walk.ts';

/** `a.b` for `a['b']`, `'b'` for `['b']` and `b` for `'b'` as the name of a field. */
export function prettyFieldNames(root: Doc): Doc {
  return rewrite(root, (doc) => {
    if (doc.kind === Kind.Index) return fieldFor(doc.target, doc.open.fodder, doc.index, doc.close.fodder) ?? doc;
    if (doc.kind === Kind.Object) unquote(doc.members);
    return doc;
  });
}

function fieldFor(target: Doc, open: Fodder, index: Doc, close: Fodder): Doc | undefined {
  // A comment before the bracket would have no place.
  if (index.kind !== Kind.String || !isIdentifier(index.raw) || hasComment(close)) return undefined;
  return {
    kind: Kind.Field,
    target,
    dot: { text: '.', fodder: open },
    name: { text: index.raw, fodder: index.head.fodder, isFixed: true },
  };
}

/** The field of an object comprehension must stay a computed one. */
function unquote(members: Item<MemberDoc>[]): void {
  for (const { value: member } of members) {
    if (member.kind === MemberKind.Computed && member.key?.kind === Kind.String) dropBrackets(member, member.key);
    if (member.kind === MemberKind.String && member.key?.kind === Kind.String && isIdentifier(member.key.raw)) {
      member.head = { text: member.key.raw, fodder: member.head.fodder };
      member.kind = MemberKind.Identifier;
      member.key = undefined;
    }
  }
}

function dropBrackets(member: FieldMemberDoc, key: StringDoc): void {
  key.head.fodder = concat(member.head.fodder, key.head.fodder);
  const next = member.parameters?.open ?? member.operator;
  next.fodder = concat(member.close!.fodder, next.fodder);
  member.head = key.head;
  member.close = undefined;
  member.kind = MemberKind.String;
}
