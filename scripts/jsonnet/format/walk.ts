import { Kind, MemberKind, SpecKind } from '../syntax/ast.ts';
import type { Fodder } from './fodder.ts';
import type { Doc, Item, MemberDoc, ParametersDoc, SpecDoc, Tok } from './tree.ts';

/** What a left-recursive expression begins with. */
export function leftOf(doc: Doc): Doc | undefined {
  switch (doc.kind) {
    case Kind.Apply:
    case Kind.Index:
    case Kind.Field:
    case Kind.Slice:
      return doc.target;
    case Kind.ApplyBrace:
    case Kind.Binary:
      return doc.left;
    case Kind.InSuper:
      return doc.index;
    default:
      return undefined;
  }
}

/** The innermost expression with which one begins. */
export function firstOf(doc: Doc): Extract<Doc, { head: Tok }> {
  let first = doc;
  for (let left = leftOf(first); left !== undefined; left = leftOf(first)) first = left;
  return first as Extract<Doc, { head: Tok }>;
}

/** The fodder before an expression's first token. */
export function openFodder(doc: Doc): Fodder {
  return firstOf(doc).head.fodder;
}

/** Calls `visit` for an expression and then for all within it; `visit` returns what takes its place. `parent` is undefined for the root. */
export function rewrite(doc: Doc, visit: (doc: Doc, parent: Doc | undefined) => Doc, parent?: Doc): Doc {
  const result = visit(doc, parent);
  rewriteChildren(result, (child) => rewrite(child, visit, result));
  return result;
}

function rewriteChildren(doc: Doc, change: (child: Doc) => Doc): void {
  switch (doc.kind) {
    case Kind.Array:
      for (const element of doc.elements) element.value = change(element.value);
      return;
    case Kind.ArrayComprehension:
      doc.body.value = change(doc.body.value);
      return rewriteSpecs(doc.specs, change);
    case Kind.Object:
      return rewriteMembers(doc.members, change);
    case Kind.ObjectComprehension:
      rewriteMembers(doc.members, change);
      return rewriteSpecs(doc.specs, change);
    case Kind.Parens:
      doc.inner = change(doc.inner);
      return;
    case Kind.Index:
      doc.target = change(doc.target);
      doc.index = change(doc.index);
      return;
    case Kind.Field:
      doc.target = change(doc.target);
      return;
    case Kind.Slice:
      doc.target = change(doc.target);
      doc.from &&= change(doc.from);
      doc.to &&= change(doc.to);
      doc.step &&= change(doc.step);
      return;
    case Kind.SuperIndex:
    case Kind.InSuper:
      doc.index = change(doc.index);
      return;
    case Kind.Apply:
      doc.target = change(doc.target);
      for (const { value } of doc.arguments) value.value = change(value.value);
      return;
    case Kind.ApplyBrace:
    case Kind.Binary:
      doc.left = change(doc.left);
      doc.right = change(doc.right);
      return;
    case Kind.Unary:
      doc.operand = change(doc.operand);
      return;
    case Kind.Conditional:
      doc.condition = change(doc.condition);
      doc.consequent = change(doc.consequent);
      doc.alternate &&= change(doc.alternate);
      return;
    case Kind.Function:
      rewriteParameters(doc.parameters, change);
      doc.body = change(doc.body);
      return;
    case Kind.Local:
      for (const bind of doc.binds) {
        rewriteParameters(bind.parameters, change);
        bind.value = change(bind.value);
      }
      doc.body = change(doc.body);
      return;
    case Kind.Assert:
      doc.condition = change(doc.condition);
      doc.message &&= change(doc.message);
      doc.rest = change(doc.rest);
      return;
    case Kind.Error:
      doc.message = change(doc.message);
      return;
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      change(doc.path);
  }
}

function rewriteSpecs(specs: SpecDoc[], change: (child: Doc) => Doc): void {
  for (const spec of specs) {
    if (spec.kind === SpecKind.For) spec.source = change(spec.source);
    else spec.condition = change(spec.condition);
  }
}

function rewriteParameters(parameters: ParametersDoc | undefined, change: (child: Doc) => Doc): void {
  for (const { value } of parameters?.list ?? []) value.value &&= change(value.value);
}

function rewriteMembers(members: Item<MemberDoc>[], change: (child: Doc) => Doc): void {
  for (const { value: member } of members) {
    if (member.kind === MemberKind.Assert) {
      member.condition = change(member.condition);
      member.message &&= change(member.message);
      continue;
    }
    if (member.kind !== MemberKind.Local) member.key &&= change(member.key);
    rewriteParameters(member.parameters, change);
    member.value = change(member.value);
  }
}

/** The lists of parameters that an expression holds itself: of a function, of the functions it binds, of its methods. */
export function parameterLists(doc: Doc): ParametersDoc[] {
  switch (doc.kind) {
    case Kind.Function:
      return [doc.parameters];
    case Kind.Local:
      return doc.binds.flatMap(({ parameters }) => parameters ?? []);
    case Kind.Object:
    case Kind.ObjectComprehension:
      return doc.members.flatMap(({ value }) => (value.kind === MemberKind.Assert ? [] : (value.parameters ?? [])));
    default:
      return [];
  }
}
