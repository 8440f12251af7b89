// The grammar of Jsonnet as go-jsonnet 0.22 reads it: one token of lookahead, precedence climbing for the binary operators.
import {
  BinaryOperator,
  Kind,
  MemberKind,
  SpecKind,
  StringForm,
  UnaryOperator,
  Visibility,
  type Bind,
  type FieldMember,
  type Member,
  type NamedArgument,
  type Node,
  type ObjectComprehension,
  type ObjectLiteral,
  type Parameter,
  type Spec,
  type StringLiteral,
} from './ast.ts';
import { JsonnetSyntaxError } from './errors.ts';
import { close, end, isSymbol, next, open, previousEnd, start, text, token, Token } from './lexer.ts';
import { operatorPrecedence, precedence } from './operators.ts';
import { stringValue } from './strings.ts';

/** Parses a Jsonnet source. Throws JsonnetSyntaxError for what is none, and for one nested too deeply for the stack. */
export function parse(source: string): Node {
  return run(source, undefined);
}

/** As `parse`, with the start and end of every token one after the other, the end of the file as the last token. */
export function parseWithTokens(source: string): { root: Node; tokens: number[] } {
  const tokens: number[] = [];
  return { root: run(source, tokens), tokens };
}

function run(source: string, record: number[] | undefined): Node {
  try {
    open(source, record);
    const root = expression();
    if (token !== Token.End) fail(`Did not expect: ${current()}`);
    return root;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new JsonnetSyntaxError('Expressions are nested too deeply', start, end);
  } finally {
    close();
  }
}

function expression(): Node {
  return binary(precedence.loosest);
}

/** An expression of binary operators that bind at least as tight as `loosest`. */
function binary(loosest: number): Node {
  let left = unary();
  let tightest = 0;
  for (;;) {
    if (token > Token.Or) {
      if (token <= Token.BitNot || token === Token.OtherOperator) fail(`Not a binary operator: ${word()}`);
      return left;
    }
    const operator = token as number as BinaryOperator;
    const level = operatorPrecedence[operator]!;
    if (level > loosest) return left;
    // `a in super + b` is no expression: nothing that binds tighter may follow `in super`.
    if (level < tightest) fail(`Did not expect: ${current()}`);
    next();
    if (operator === BinaryOperator.In && (token as Token) === Token.Super) {
      next();
      left = { kind: Kind.InSuper, start: left.start, end: previousEnd, index: left };
      tightest = level;
    } else {
      const right = binary(level - 1);
      left = { kind: Kind.Binary, start: left.start, end: right.end, operator, left, right };
    }
  }
}

function unary(): Node {
  const from = start;
  switch (token) {
    case Token.Not:
      return prefixed(from, UnaryOperator.Not);
    case Token.BitNot:
      return prefixed(from, UnaryOperator.BitNot);
    case Token.Plus:
      return prefixed(from, UnaryOperator.Plus);
    case Token.Minus:
      return prefixed(from, UnaryOperator.Minus);
    case Token.Local:
      return local(from);
    case Token.If:
      return conditional(from);
    case Token.Function:
      return functionLiteral(from);
    case Token.Import:
      return imported(from, Kind.Import);
    case Token.ImportStr:
      return imported(from, Kind.ImportStr);
    case Token.ImportBin:
      return imported(from, Kind.ImportBin);
    case Token.Assert:
      return assertion(from);
    case Token.Error: {
      next();
      const message = expression();
      return { kind: Kind.Error, start: from, end: message.end, message };
    }
    default:
      return postfix(primary());
  }
}

function prefixed(from: number, operator: UnaryOperator): Node {
  next();
  const operand = unary();
  return { kind: Kind.Unary, start: from, end: operand.end, operator, operand };
}

function postfix(target: Node): Node {
  for (;;) {
    switch (token) {
      case Token.Dot: {
        next();
        const nameStart = start;
        const name = identifier();
        target = { kind: Kind.Field, start: target.start, end: previousEnd, target, name, nameStart };
        break;
      }
      case Token.ParenLeft:
        target = apply(target);
        break;
      case Token.BracketLeft:
        target = indexed(target);
        break;
      case Token.BraceLeft: {
        const right = object();
        target = { kind: Kind.ApplyBrace, start: target.start, end: right.end, left: target, right };
        break;
      }
      default:
        return target;
    }
  }
}

function primary(): Node {
  const from = start;
  switch (token) {
    case Token.Identifier: {
      const name = text.slice(start, end);
      next();
      return { kind: Kind.Variable, start: from, end: previousEnd, name };
    }
    case Token.SingleQuoted:
    case Token.DoubleQuoted:
    case Token.VerbatimSingle:
    case Token.VerbatimDouble:
    case Token.Block:
      return string();
    case Token.Number: {
      const raw = text.slice(start, end);
      const value = Number(raw.includes('_') ? raw.replaceAll('_', '') : raw);
      next();
      return { kind: Kind.Number, start: from, end: previousEnd, value };
    }
    case Token.BraceLeft:
      return object();
    case Token.BracketLeft:
      return array();
    case Token.ParenLeft: {
      next();
      const inner = expression();
      expect(Token.ParenRight, '")"');
      return { kind: Kind.Parens, start: from, end: previousEnd, inner };
    }
    case Token.Self:
      return keyword(Kind.Self);
    case Token.Dollar:
      return keyword(Kind.Dollar);
    case Token.True:
      return keyword(Kind.True);
    case Token.False:
      return keyword(Kind.False);
    case Token.Null:
      return keyword(Kind.Null);
    case Token.Super:
      return superAccess(from);
    case Token.End:
      return fail('Unexpected end of file');
    default:
      if (token <= Token.OtherOperator && token !== Token.In) return fail(`Not a unary operator: ${word()}`);
      return fail(`Unexpected: ${current()} while parsing terminal`);
  }
}

function keyword(kind: Kind.Null | Kind.True | Kind.False | Kind.Self | Kind.Dollar): Node {
  const from = start;
  next();
  return { kind, start: from, end: previousEnd };
}

function string(): StringLiteral {
  const from = start;
  const form = (token - Token.SingleQuoted) as StringForm;
  const value = stringValue(text, form, start, end);
  next();
  return { kind: Kind.String, start: from, end: previousEnd, form, value };
}

function superAccess(from: number): Node {
  next();
  if (token === Token.Dot) {
    next();
    const nameStart = start;
    const name = identifier();
    return { kind: Kind.SuperField, start: from, end: previousEnd, name, nameStart };
  }
  if (token !== Token.BracketLeft) fail('Expected . or [ after super');
  next();
  const index = expression();
  expect(Token.BracketRight, '"]"');
  return { kind: Kind.SuperIndex, start: from, end: previousEnd, index };
}

function apply(target: Node): Node {
  next();
  const positional: Node[] = [];
  const named: NamedArgument[] = [];
  while (token !== Token.ParenRight) {
    const value = expression();
    if (value.kind === Kind.Variable && (token as Token) === Token.Assign) {
      next();
      const given = expression();
      named.push({ name: value.name, start: value.start, end: given.end, value: given });
    } else if (named.length > 0) {
      failAt('Positional argument after a named argument is not allowed', value.start, value.end);
    } else positional.push(value);
    if (!comma(Token.ParenRight)) fail(`Expected a comma before next function argument, got ${current()}`);
  }
  next();
  const tailstrict = (token as Token) === Token.Tailstrict;
  if (tailstrict) next();
  return { kind: Kind.Apply, start: target.start, end: previousEnd, target, positional, named, tailstrict };
}

/** `[index]` or a slice: colons are `:` and `::`, two at most. */
function indexed(target: Node): Node {
  next();
  const parts: (Node | undefined)[] = [undefined, undefined, undefined];
  let colons = 0;
  while (token !== Token.BracketRight) {
    if (token === Token.Colon) colons++;
    else if (token === Token.DoubleColon) colons += 2;
    else {
      if (parts[colons] !== undefined) fail(`Expected token "]" but got ${current()}`);
      // The engines take [':'] for a slice, which nobody means who writes it.
      if (token >= Token.SingleQuoted && token <= Token.VerbatimDouble && /^@?.::?.$/.test(word())) {
        fail("A literal ':' here is read as a slice by the engines: put it in parentheses");
      }
      const part = expression();
      parts[colons] = part;
      continue;
    }
    if (colons > 2) fail('Invalid slice: too many colons');
    next();
  }
  next();
  const [from, to, step] = parts;
  const place = { start: target.start, end: previousEnd };
  if (colons > 0) return { kind: Kind.Slice, start: place.start, end: place.end, target, from, to, step };
  if (from === undefined) failAt('An index requires an expression', previousEnd - 1, previousEnd);
  return { kind: Kind.Index, start: place.start, end: place.end, target, index: from };
}

function array(): Node {
  const from = start;
  next();
  const elements: Node[] = [];
  while (token !== Token.BracketRight) {
    elements.push(expression());
    const more = comma(Token.BracketRight);
    if (elements.length === 1 && (token as Token) === Token.For) {
      const specs = comprehension(Token.BracketRight, '"]"');
      return { kind: Kind.ArrayComprehension, start: from, end: previousEnd, body: elements[0]!, specs };
    }
    if (!more) fail(`Expected a comma before next array element, got ${current()}`);
  }
  next();
  return { kind: Kind.Array, start: from, end: previousEnd, elements };
}

/** Takes a comma, if there is one. False where neither a comma nor `close` stands. */
function comma(closing: Token): boolean {
  if (token !== Token.Comma) return token === closing;
  next();
  return true;
}

function comprehension(closing: Token, closingText: string): Spec[] {
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

function object(): ObjectLiteral | ObjectComprehension {
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

/** The names of an object's fields as they are written; a set from the number on where searching a list costs more. */
interface Names {
  list: string[];
  set: Set<string> | undefined;
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

function local(from: number): Node {
  const binds: Bind[] = [];
  do {
    next();
    binds.push(bind(binds));
  } while (token === Token.Comma);
  if (token !== Token.Semicolon) fail(`Expected , or ; but got ${current()}`);
  next();
  const body = expression();
  return { kind: Kind.Local, start: from, end: body.end, binds, body };
}

function bind(before: Bind[]): Bind {
  const from = start;
  const name = identifier();
  for (const one of before) if (one.name === name) failAt(`Duplicate local var: ${name}`, from, previousEnd);
  const parameters = token === Token.ParenLeft ? parameterList('function parameter') : undefined;
  expect(Token.Assign, 'operator =');
  const body = expression();
  return { name, start: from, end: body.end, parameters, body };
}

/** go-jsonnet accepts a name twice; the linter doesn't. */
function parameterList(what: string): Parameter[] {
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

function functionLiteral(from: number): Node {
  next();
  if (token !== Token.ParenLeft) fail(`Expected ( but got ${current()}`);
  const parameters = parameterList('function parameter');
  const body = expression();
  return { kind: Kind.Function, start: from, end: body.end, parameters, body };
}

function conditional(from: number): Node {
  next();
  const condition = expression();
  expect(Token.Then, 'then');
  const consequent = expression();
  let alternate: Node | undefined;
  if (token === Token.Else) {
    next();
    alternate = expression();
  }
  return { kind: Kind.Conditional, start: from, end: previousEnd, condition, consequent, alternate };
}

function assertion(from: number): Node {
  next();
  const condition = expression();
  const message = afterColon();
  expect(Token.Semicolon, '";"');
  const rest = expression();
  return { kind: Kind.Assert, start: from, end: rest.end, condition, message, rest };
}

function afterColon(): Node | undefined {
  if (token !== Token.Colon) return undefined;
  next();
  return expression();
}

function imported(from: number, kind: Kind.Import | Kind.ImportStr | Kind.ImportBin): Node {
  next();
  const path = expression();
  if (path.kind !== Kind.String) return failAt('Computed imports are not allowed', path.start, path.end);
  if (path.form === StringForm.Block) {
    failAt('Block string literals not allowed in imports', path.start, path.end);
  }
  return { kind, start: from, end: path.end, path };
}

function identifier(): string {
  if (token !== Token.Identifier) fail(`Expected token IDENTIFIER but got ${current()}`);
  const name = text.slice(start, end);
  next();
  return name;
}

function expect(expected: Token, shown: string): void {
  if (token !== expected) fail(`Expected ${shown} but got ${current()}`);
  next();
}

function word(): string {
  return text.slice(start, end);
}

/** The current token as messages show it. */
function current(): string {
  if (token === Token.End) return 'end of file';
  const [line = '', more] = word().split('\n', 2);
  const shown = more === undefined && line.length <= 40 ? line : `${line.slice(0, 40)}…`;
  // A name, a number or a string is seen as what it is without quotes.
  return token >= Token.Identifier && token <= Token.Block ? shown : `"${shown}"`;
}

function fail(message: string): never {
  let [from, to] = [start, end];
  while (isSymbol(text.charCodeAt(from - 1))) from--;
  while (isSymbol(text.charCodeAt(to))) to++;
  const symbols = text.slice(from, to);
  const isCut = token <= Token.OtherOperator && /..[-+~!$]$/.test(symbols);
  const way = `; an operator that ends in + - ~ ! or $ is cut after its first sign: put a space into "${symbols}"`;
  return failAt(isCut ? message + way : message, start, end);
}

function failAt(message: string, from: number, to: number): never {
  throw new JsonnetSyntaxError(message, from, to);
}
