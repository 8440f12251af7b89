// The parts of objects, functions and comprehensions, which several kinds of expression have.
import { Kind, MemberKind, SpecKind, StringForm, Visibility } from './ast.ts';
import type {
  Bind,
  FieldMember,
  Member,
  Node,
  ObjectComprehension,
  ObjectLiteral,
  Parameter,
  Spec,
  StringLiteral,
} from './ast.ts';
import { comma, current, expect, fail, failAt, identifier } from './expect.ts';
import { end, next, previousEnd, start, text, token } from './lexer.ts';
import { expression } from './parser.ts';
import { stringValue } from './strings.ts';
import { Token } from './token.ts';

export function comprehension(closing: Token, closingText: string): Spec[] {
  const specs: Spec[] = [];
  for (;;) {
    const from = start;
    if (token === Token.For) {
      next();
      const nameStart = start;
      const name = identifier();
      expect(Token.In, 'in');
      const values = expression();
      specs.push({ kind: SpecKind.For, start: from, end: values.end, name, nameStart, source: values });
    } else if (token === Token.If) {
      next();
      const condition = expression();
      specs.push({ kind: SpecKind.If, start: from, end: condition.end, condition });
    } else {
      if (token !== closing) fail(`Expected for, if or ${closingText} after for clause, got: ${current()}`);
      next();
      return specs;
    }
  }
}

export function object(): ObjectLiteral | ObjectComprehension {
  const from = start;
  next();
  const members: Member[] = [];
  const names: Names = { list: [], set: undefined };
  let more = true;
  while (token !== Token.BraceRight) {
    if (token === Token.For) return objectComprehension(from, members);
    if (!more) fail(`Expected a comma before next field, got ${current()}`);
    members.push(member(members, names));
    more = comma(Token.BraceRight);
  }
  next();
  return { kind: Kind.Object, start: from, end: previousEnd, members };
}

function objectComprehension(from: number, members: Member[]): ObjectComprehension {
  const fields = members.filter((one) => one.kind !== MemberKind.Local);
  if (fields.some((one) => one.kind === MemberKind.Assert)) fail('Object comprehension cannot have asserts');
  if (fields.length !== 1) fail('Object comprehension can only have one field');
  const field = fields[0] as FieldMember;
  if (field.visibility !== Visibility.Inherit) fail('Object comprehensions cannot have hidden fields');
  if (field.kind !== MemberKind.Computed) fail('Object comprehensions can only have [e] fields');
  const specs = comprehension(Token.BraceRight, '"}"');
  return { kind: Kind.ObjectComprehension, start: from, end: previousEnd, members, specs };
}

/** The names of an object's fields as they are written; a set from the number on where searching a list costs more. */
interface Names {
  list: string[];
  set: Set<string> | undefined;
}

function member(before: Member[], names: Names): Member {
  const from = start;
  switch (token) {
    case Token.Identifier: {
      const name = text.slice(start, end);
      next();
      add(name, names, from);
      return fieldMember(MemberKind.Identifier, from, name, undefined);
    }
    case Token.SingleQuoted:
    case Token.DoubleQuoted:
    case Token.VerbatimSingle:
    case Token.VerbatimDouble:
    case Token.Block: {
      const key = string();
      add(key.form <= StringForm.Double ? text.slice(key.start + 1, key.end - 1) : key.value, names, from);
      return fieldMember(MemberKind.String, from, key.value, key);
    }
    case Token.BracketLeft: {
      next();
      const key = expression();
      expect(Token.BracketRight, '"]"');
      return fieldMember(MemberKind.Computed, from, '', key);
    }
    case Token.Local: {
      next();
      const bound = bind(before.flatMap((one) => (one.kind === MemberKind.Local ? [one.bind] : [])));
      return { kind: MemberKind.Local, start: from, end: bound.end, bind: bound };
    }
    case Token.Assert: {
      next();
      const condition = expression();
      const message = afterColon();
      return { kind: MemberKind.Assert, start: from, end: previousEnd, condition, message };
    }
    default:
      return fail(`Unexpected: ${current()} while parsing field definition`);
  }
}

function fieldMember(kind: FieldMember['kind'], from: number, name: string, key: Node | undefined): FieldMember {
  const nameEnd = previousEnd;
  const parameters = token === Token.ParenLeft ? parameterList('method parameter') : undefined;
  if (token < Token.Colon || token > Token.PlusTripleColon) {
    fail(`Expected one of :, ::, :::, +:, +::, +:::, got: ${current()}`);
  }
  const plus = token >= Token.PlusColon;
  const visibility = (token - (plus ? Token.PlusColon : Token.Colon)) as Visibility;
  if (plus && parameters !== undefined) {
    failAt(`Cannot use +: syntax sugar in a method: ${name}`, from, nameEnd);
  }
  next();
  const body = expression();
  return { kind, start: from, end: body.end, name, key, plus, visibility, parameters, body };
}

/** As in go-jsonnet `a` and '\u0061' are different here: they meet only when the object is evaluated. */
function add(name: string, names: Names, from: number): void {
  const { list } = names;
  if (names.set === undefined ? list.includes(name) : names.set.has(name)) {
    failAt(`Duplicate field: ${name}`, from, previousEnd);
  }
  list.push(name);
  if (names.set !== undefined) names.set.add(name);
  else if (list.length > 16) names.set = new Set(list);
}

export function bind(before: Bind[]): Bind {
  const from = start;
  const name = identifier();
  for (const one of before) if (one.name === name) failAt(`Duplicate local var: ${name}`, from, previousEnd);
  const parameters = token === Token.ParenLeft ? parameterList('function parameter') : undefined;
  expect(Token.Assign, 'operator =');
  const body = expression();
  return { name, start: from, end: body.end, parameters, body };
}

/** go-jsonnet accepts a name twice; the linter doesn't. */
export function parameterList(what: string): Parameter[] {
  next();
  const parameters: Parameter[] = [];
  while (token !== Token.ParenRight) {
    const from = start;
    const name = identifier();
    let value: Node | undefined;
    if ((token as Token) === Token.Assign) {
      next();
      value = expression();
    }
    parameters.push({ name, start: from, end: previousEnd, default: value });
    if (!comma(Token.ParenRight)) fail(`Expected a comma before next ${what}, got ${current()}`);
  }
  next();
  return parameters;
}

export function afterColon(): Node | undefined {
  if (token !== Token.Colon) return undefined;
  next();
  return expression();
}

export function string(): StringLiteral {
  const from = start;
  const form = (token - Token.SingleQuoted) as StringForm;
  const value = stringValue(text, form, start, end);
  next();
  return { kind: Kind.String, start: from, end: previousEnd, form, value };
}
