import { Kind, MemberKind, SpecKind } from '../syntax/ast.ts';
import type { FormatOptions } from './options.ts';
import type { Doc, Item, MemberDoc, ParametersDoc, SpecDoc, Tok } from './tree.ts';

/**
 * What a walk calls for each token in order. `isCrowded`: a space goes before the first comment on the token's line, if no
 * line end comes first. `isSeparate`: a space goes between the token and what is before it.
 */
export type TokenVisitor = (token: Tok, isCrowded: boolean, isSeparate: boolean) => void;

type Padding = Pick<FormatOptions, 'padArrays' | 'padObjects'>;

/** Calls `visit` for every token of an expression in the order of the text, with how it is spaced. */
export function walkTokens(root: Doc, padding: Padding, visit: TokenVisitor): void {
  expression(root, false);

  function expression(doc: Doc, isCrowded: boolean): void {
    if ('head' in doc) visit(doc.head, isCrowded, true);
    switch (doc.kind) {
      case Kind.Array:
        list(doc.elements, padding.padArrays, expression);
        return visit(doc.close, doc.elements.length > 0, padding.padArrays);
      case Kind.ArrayComprehension:
        expression(doc.body.value, padding.padArrays);
        if (doc.body.comma) visit(doc.body.comma, false, false);
        specs(doc.specs);
        return visit(doc.close, true, padding.padArrays);
      case Kind.Object:
        list(doc.members, padding.padObjects, member);
        return visit(doc.close, doc.members.length > 0, padding.padObjects);
      case Kind.ObjectComprehension:
        list(doc.members, padding.padObjects, member);
        specs(doc.specs);
        return visit(doc.close, true, padding.padObjects);
      case Kind.Parens:
        expression(doc.inner, false);
        return visit(doc.close, false, false);
      case Kind.Index:
        expression(doc.target, isCrowded);
        visit(doc.open, false, false);
        expression(doc.index, false);
        return visit(doc.close, false, false);
      case Kind.Field:
        expression(doc.target, isCrowded);
        visit(doc.dot, false, false);
        return visit(doc.name, false, false);
      case Kind.Slice:
        expression(doc.target, isCrowded);
        visit(doc.open, false, false);
        if (doc.from) expression(doc.from, false);
        visit(doc.colon, false, false);
        if (doc.to) expression(doc.to, false);
        if (doc.stepColon) visit(doc.stepColon, false, false);
        if (doc.step) expression(doc.step, false);
        return visit(doc.close, false, false);
      case Kind.SuperIndex:
        visit(doc.open, false, false);
        expression(doc.index, false);
        return visit(doc.close, false, false);
      case Kind.SuperField:
        visit(doc.dot, false, false);
        return visit(doc.name, false, false);
      case Kind.InSuper:
        // jsonnetfmt writes `( 'a' in super)`.
        expression(doc.index, true);
        visit(doc.operator, true, true);
        return visit(doc.superToken, true, true);
      case Kind.Apply:
        expression(doc.target, isCrowded);
        visit(doc.open, false, false);
        list(doc.arguments, false, ({ name, equals, value }, isNext) => {
          if (name) visit(name, isNext, true);
          if (equals) visit(equals, false, false);
          expression(value, name ? false : isNext);
        });
        visit(doc.close, false, false);
        if (doc.tailstrict) visit(doc.tailstrict, true, true);
        return;
      case Kind.ApplyBrace:
        expression(doc.left, isCrowded);
        return expression(doc.right, true);
      case Kind.Unary:
        return expression(doc.operand, false);
      case Kind.Binary:
        expression(doc.left, isCrowded);
        visit(doc.operator, true, true);
        return expression(doc.right, true);
      case Kind.Conditional:
        expression(doc.condition, true);
        visit(doc.thenToken, true, true);
        expression(doc.consequent, true);
        if (doc.elseToken) visit(doc.elseToken, true, true);
        if (doc.alternate) expression(doc.alternate, true);
        return;
      case Kind.Function:
        parameters(doc.parameters);
        return expression(doc.body, true);
      case Kind.Local:
        for (const bind of doc.binds) {
          visit(bind.name, true, true);
          parameters(bind.parameters);
          visit(bind.equals, true, true);
          expression(bind.value, true);
          visit(bind.close, false, false);
        }
        return expression(doc.body, true);
      case Kind.Assert:
        expression(doc.condition, true);
        if (doc.colon) visit(doc.colon, true, true);
        if (doc.message) expression(doc.message, true);
        visit(doc.close, false, false);
        return expression(doc.rest, true);
      case Kind.Error:
        return expression(doc.message, true);
      case Kind.Import:
      case Kind.ImportStr:
      case Kind.ImportBin:
        return expression(doc.path, true);
    }
  }

  function list<T>(items: Item<T>[], isPadded: boolean, each: (value: T, isCrowded: boolean) => void): void {
    for (const [i, { value, comma }] of items.entries()) {
      each(value, i > 0 || isPadded);
      if (comma) visit(comma, false, false);
    }
  }

  function specs(docs: SpecDoc[]): void {
    for (const spec of docs) {
      visit(spec.head, true, true);
      if (spec.kind === SpecKind.For) {
        visit(spec.name, true, true);
        visit(spec.in, true, true);
        expression(spec.source, true);
      } else expression(spec.condition, true);
    }
  }

  function parameters(docs: ParametersDoc | undefined): void {
    if (!docs) return;
    visit(docs.open, false, false);
    list(docs.list, false, ({ name, equals, value }, isNext) => {
      visit(name, isNext, true);
      if (equals) visit(equals, false, false);
      if (value) expression(value, false);
    });
    visit(docs.close, false, false);
  }

  function member(doc: MemberDoc, isCrowded: boolean): void {
    visit(doc.head, isCrowded, true);
    switch (doc.kind) {
      case MemberKind.Local:
        visit(doc.name, true, true);
        parameters(doc.parameters);
        visit(doc.equals, true, true);
        return expression(doc.value, true);
      case MemberKind.Assert:
        expression(doc.condition, true);
        if (doc.colon) visit(doc.colon, true, true);
        if (doc.message) expression(doc.message, true);
        return;
      default:
        if (doc.kind === MemberKind.Computed && doc.key) expression(doc.key, false);
        if (doc.close) visit(doc.close, false, false);
        parameters(doc.parameters);
        visit(doc.operator, false, false);
        return expression(doc.value, true);
    }
  }
}
