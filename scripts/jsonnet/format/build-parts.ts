// The parts of expressions in the formatter's tree; build.ts builds the expressions.
import { MemberKind, SpecKind, StringForm } from '../syntax/ast.ts';
import type { Bind, FieldMember, Member, NamedArgument, Node, Parameter, Spec, StringLiteral } from '../syntax/ast.ts';
import { blockIndent } from '../syntax/strings.ts';
import { expression } from './build.ts';
import { take, takeIf, type Cursor } from './cursor.ts';
import { concat, hasComment } from './fodder.ts';
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

export function string(node: StringLiteral, cursor: Cursor): StringDoc {
  const head = take(cursor);
  const raw = node.form <= StringForm.Double ? head.text.slice(1, -1) : node.value;
  const { indent, terminator } =
    node.form === StringForm.Block ? blockIndent(cursor.source, node.start, node.end) : { indent: '', terminator: '' };
  return { kind: node.kind, head, form: node.form, raw, indent, terminator };
}

export function item<From, To>(from: From, convert: (from: From) => To, cursor: Cursor): Item<To> {
  const value = convert(from);
  return { value, comma: takeIf(cursor, ',') };
}

export function items<From, To>(list: From[], convert: (from: From) => To, cursor: Cursor): Item<To>[] {
  return list.map((one) => item(one, convert, cursor));
}

export function argument(given: Node | NamedArgument, cursor: Cursor): ArgumentDoc {
  if ('kind' in given) return { name: undefined, equals: undefined, value: expression(given, cursor) };
  const name = take(cursor);
  const equals = take(cursor);
  const value = expression(given.value, cursor);
  // jsonnetfmt drops what stands before the equals sign; a comment is too good for that.
  if (hasComment(equals.fodder)) firstOf(value).head.fodder = concat(equals.fodder, openFodder(value));
  equals.fodder = [];
  return { name, equals, value };
}

export function parameters(list: Parameter[], cursor: Cursor): ParametersDoc {
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

export function bind(node: Bind, cursor: Cursor): BindDoc {
  return { ...bound(node, cursor), close: take(cursor) };
}

function bound(node: Bind, cursor: Cursor): Omit<BindDoc, 'close'> {
  const name = take(cursor);
  const list = node.parameters && parameters(node.parameters, cursor);
  return { name, parameters: list, equals: take(cursor), value: expression(node.body, cursor) };
}

export function specs(list: Spec[], cursor: Cursor): SpecDoc[] {
  return list.map((spec) => {
    const head = take(cursor);
    if (spec.kind === SpecKind.If) return { kind: spec.kind, head, condition: expression(spec.condition, cursor) };
    const name = take(cursor);
    return { kind: spec.kind, head, name, in: take(cursor), source: expression(spec.source, cursor) };
  });
}

export function member(node: Member, cursor: Cursor): MemberDoc {
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
