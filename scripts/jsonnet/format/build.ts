import { Kind, type NamedArgument, type Node } from '../syntax/ast.ts';
import { operatorPrecedence } from '../syntax/operators.ts';
import { parseWithTokens } from '../syntax/parser.ts';
import { argument, bind, item, items, member, parameters, specs, string } from './build-parts.ts';
import { take, takeFixed, takeIf, type Cursor } from './cursor.ts';
import type { Fodder } from './fodder.ts';
import type { Doc } from './tree.ts';

/** The tree of a source and the fodder at its end. Throws JsonnetSyntaxError. */
export function build(source: string): { root: Doc; final: Fodder } {
  const { root, tokens } = parseWithTokens(source);
  // The tokens of a node are taken in the order in which it holds them: building walks the tree as it is written.
  const cursor: Cursor = { source, tokens, next: 0 };
  const doc = expression(root, cursor);
  return { root: doc, final: take(cursor).fodder };
}

/** The tree of one expression, whose tokens come next. */
export function expression(node: Node, cursor: Cursor): Doc {
  const of = (child: Node): Doc => expression(child, cursor);
  const ofMaybe = (child: Node | undefined): Doc | undefined => child && expression(child, cursor);
  switch (node.kind) {
    case Kind.Null:
    case Kind.True:
    case Kind.False:
    case Kind.Self:
    case Kind.Dollar:
    case Kind.Variable:
      return { kind: node.kind, head: take(cursor) };
    case Kind.Number: {
      const head = take(cursor);
      return { kind: node.kind, head: { ...head, text: head.text.replaceAll('_', '') } };
    }
    case Kind.String:
      return string(node, cursor);
    case Kind.Array: {
      const head = take(cursor);
      return { kind: node.kind, head, elements: items(node.elements, of, cursor), close: take(cursor) };
    }
    case Kind.ArrayComprehension: {
      const head = take(cursor);
      const body = item(node.body, of, cursor);
      return { kind: node.kind, head, body, specs: specs(node.specs, cursor), close: take(cursor) };
    }
    case Kind.Object: {
      const head = take(cursor);
      const list = items(node.members, (one) => member(one, cursor), cursor);
      return { kind: node.kind, head, members: list, close: take(cursor) };
    }
    case Kind.ObjectComprehension: {
      const head = take(cursor);
      const list = items(node.members, (one) => member(one, cursor), cursor);
      return { kind: node.kind, head, members: list, specs: specs(node.specs, cursor), close: take(cursor) };
    }
    case Kind.Parens:
      return { kind: node.kind, head: take(cursor), inner: of(node.inner), close: take(cursor) };
    case Kind.Index: {
      const target = of(node.target);
      return { kind: node.kind, target, open: take(cursor), index: of(node.index), close: take(cursor) };
    }
    case Kind.Field: {
      const target = of(node.target);
      return { kind: node.kind, target, dot: take(cursor), name: takeFixed(cursor) };
    }
    case Kind.Slice: {
      const target = of(node.target);
      const open = take(cursor);
      const from = ofMaybe(node.from);
      const first = take(cursor);
      const colon = { ...first, text: ':' };
      const isDouble = first.text === '::';
      const to = isDouble ? undefined : ofMaybe(node.to);
      const stepColon = isDouble ? { text: ':', fodder: [] } : takeIf(cursor, ':');
      const step = ofMaybe(node.step);
      return { kind: node.kind, target, open, from, colon, to, stepColon, step, close: take(cursor) };
    }
    case Kind.SuperIndex: {
      const head = take(cursor);
      return { kind: node.kind, head, open: take(cursor), index: of(node.index), close: take(cursor) };
    }
    case Kind.SuperField:
      return { kind: node.kind, head: take(cursor), dot: take(cursor), name: take(cursor) };
    case Kind.InSuper: {
      const index = of(node.index);
      return { kind: node.kind, index, operator: takeFixed(cursor), superToken: takeFixed(cursor) };
    }
    case Kind.Apply: {
      const target = of(node.target);
      const open = take(cursor);
      const given: (Node | NamedArgument)[] = [...node.positional, ...node.named];
      const list = items(given, (one) => argument(one, cursor), cursor);
      const close = take(cursor);
      return {
        kind: node.kind,
        target,
        open,
        arguments: list,
        close,
        tailstrict: node.tailstrict ? take(cursor) : undefined,
      };
    }
    case Kind.ApplyBrace: {
      const left = of(node.left);
      return { kind: node.kind, left, right: of(node.right) };
    }
    case Kind.Unary:
      return { kind: node.kind, head: take(cursor), operand: of(node.operand) };
    case Kind.Binary: {
      const left = of(node.left);
      const precedence = operatorPrecedence[node.operator]!;
      return { kind: node.kind, left, operator: take(cursor), precedence, right: of(node.right) };
    }
    case Kind.Conditional: {
      const head = take(cursor);
      const condition = of(node.condition);
      const thenToken = take(cursor);
      const consequent = of(node.consequent);
      const elseToken = node.alternate && take(cursor);
      return {
        kind: node.kind,
        head,
        condition,
        thenToken,
        consequent,
        elseToken,
        alternate: ofMaybe(node.alternate),
      };
    }
    case Kind.Function: {
      const head = take(cursor);
      return { kind: node.kind, head, parameters: parameters(node.parameters, cursor), body: of(node.body) };
    }
    case Kind.Local: {
      const head = take(cursor);
      return { kind: node.kind, head, binds: node.binds.map((one) => bind(one, cursor)), body: of(node.body) };
    }
    case Kind.Assert: {
      const head = take(cursor);
      const condition = of(node.condition);
      const colon = node.message && take(cursor);
      const message = ofMaybe(node.message);
      return { kind: node.kind, head, condition, colon, message, close: take(cursor), rest: of(node.rest) };
    }
    case Kind.Error:
      return { kind: node.kind, head: take(cursor), message: of(node.message) };
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return { kind: node.kind, head: take(cursor), path: string(node.path, cursor) };
  }
}
