import { Kind, MemberKind, SpecKind, StringForm } from '../syntax/ast.ts';
import type { Bind, FieldMember, Member, NamedArgument, Node, Parameter, Spec, StringLiteral } from '../syntax/ast.ts';
import { operatorPrecedence } from '../syntax/operators.ts';
import { parseWithTokens } from '../syntax/parser.ts';
import { blockIndent } from '../syntax/strings.ts';
import { concat, hasComment, type Fodder } from './fodder.ts';
import { readFodder } from './read-fodder.ts';
import type {
  ArgumentDoc,
  BindDoc,
  Doc,
  FieldMemberDoc,
  Item,
  MemberDoc,
  ParametersDoc,
  SpecDoc,
  StringDoc,
  Tok,
} from './tree.ts';
import { firstOf, openFodder } from './walk.ts';

/** The tree of a source and the fodder at its end. Throws JsonnetSyntaxError. */
export function build(source: string): { root: Doc; final: Fodder } {
  const { root, tokens } = parseWithTokens(source);
  // The tokens of a node are taken in the order in which it holds them: building walks the tree as it is written.
  const cursor: Cursor = { source, tokens, next: 0 };
  const doc = expression(root, cursor);
  return { root: doc, final: take(cursor).fodder };
}

interface Cursor {
  source: string;
  /** Start and end of every token, one after the other. */
  tokens: number[];
  /** Index of the next token's start in `tokens`. */
  next: number;
}

function take(cursor: Cursor): Tok {
  const { source, tokens, next } = cursor;
  cursor.next = next + 2;
  const previous = next === 0 ? 0 : tokens[next - 1]!;
  return { text: source.slice(tokens[next], tokens[next + 1]), fodder: readFodder(source, previous, tokens[next]!) };
}

function takeFixed(cursor: Cursor): Tok {
  return { ...take(cursor), isFixed: true };
}

function peek({ source, tokens, next }: Cursor): string {
  return source.slice(tokens[next], tokens[next + 1]);
}

function takeIf(cursor: Cursor, text: string): Tok | undefined {
  return peek(cursor) === text ? take(cursor) : undefined;
}

function expression(node: Node, cursor: Cursor): Doc {
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

function string(node: StringLiteral, cursor: Cursor): StringDoc {
  const head = take(cursor);
  const raw = node.form <= StringForm.Double ? head.text.slice(1, -1) : node.value;
  const { indent, terminator } =
    node.form === StringForm.Block ? blockIndent(cursor.source, node.start, node.end) : { indent: '', terminator: '' };
  return { kind: node.kind, head, form: node.form, raw, indent, terminator };
}

function item<From, To>(from: From, convert: (from: From) => To, cursor: Cursor): Item<To> {
  const value = convert(from);
  return { value, comma: takeIf(cursor, ',') };
}

function items<From, To>(list: From[], convert: (from: From) => To, cursor: Cursor): Item<To>[] {
  return list.map((one) => item(one, convert, cursor));
}

function argument(given: Node | NamedArgument, cursor: Cursor): ArgumentDoc {
  if ('kind' in given) return { name: undefined, equals: undefined, value: expression(given, cursor) };
  const name = take(cursor);
  const equals = take(cursor);
  const value = expression(given.value, cursor);
  // jsonnetfmt drops what stands before the equals sign; a comment is too good for that.
  if (hasComment(equals.fodder)) firstOf(value).head.fodder = concat(equals.fodder, openFodder(value));
  equals.fodder = [];
  return { name, equals, value };
}

function parameters(list: Parameter[], cursor: Cursor): ParametersDoc {
  const open = take(cursor);
  const docs = items(
    list,
    (one) => {
      const name = take(cursor);
      if (one.default === undefined) return { name, equals: undefined, value: undefined };
      return { name, equals: take(cursor), value: expression(one.default, cursor) };
    },
    cursor,
  );
  return { open, list: docs, close: take(cursor) };
}

function bind(node: Bind, cursor: Cursor): BindDoc {
  return { ...bound(node, cursor), close: take(cursor) };
}

function bound(node: Bind, cursor: Cursor): Omit<BindDoc, 'close'> {
  const name = take(cursor);
  const list = node.parameters && parameters(node.parameters, cursor);
  return { name, parameters: list, equals: take(cursor), value: expression(node.body, cursor) };
}

function specs(list: Spec[], cursor: Cursor): SpecDoc[] {
  return list.map((spec) => {
    const head = take(cursor);
    if (spec.kind === SpecKind.If) return { kind: spec.kind, head, condition: expression(spec.condition, cursor) };
    const name = take(cursor);
    return { kind: spec.kind, head, name, in: take(cursor), source: expression(spec.source, cursor) };
  });
}

function member(node: Member, cursor: Cursor): MemberDoc {
  if (node.kind === MemberKind.Local) {
    return { kind: node.kind, head: take(cursor), ...bound(node.bind, cursor) };
  }
  if (node.kind === MemberKind.Assert) {
    const head = take(cursor);
    const condition = expression(node.condition, cursor);
    const colon = node.message && take(cursor);
    return { kind: node.kind, head, condition, colon, message: node.message && expression(node.message, cursor) };
  }
  return field(node, cursor);
}

function field(node: FieldMember, cursor: Cursor): FieldMemberDoc {
  const { kind } = node;
  let head: Tok;
  let key: Doc | undefined;
  if (kind === MemberKind.String) {
    key = string(node.key as StringLiteral, cursor);
    head = (key as StringDoc).head;
  } else {
    head = take(cursor);
    key = node.key && expression(node.key, cursor);
  }
  const close = kind === MemberKind.Computed ? take(cursor) : undefined;
  const list = node.parameters && parameters(node.parameters, cursor);
  return { kind, head, key, close, parameters: list, operator: take(cursor), value: expression(node.body, cursor) };
}
