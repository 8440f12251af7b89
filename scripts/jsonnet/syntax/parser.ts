// The grammar of Jsonnet as go-jsonnet 0.22 reads it: one token of lookahead, precedence climbing for the binary operators.
import { BinaryOperator, Kind, StringForm, UnaryOperator, type Bind, type Node } from './ast.ts';
import { withinStack } from './errors.ts';
import { comma, current, expect, fail, failAt, identifier, word } from './expect.ts';
import { close, end, next, open, previousEnd, start, text, token } from './lexer.ts';
import { afterColon, bind, comprehension, object, parameterList, string } from './members.ts';
import { operatorPrecedence, precedence } from './operators.ts';
import { postfix } from './postfix.ts';
import { Token } from './token.ts';

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
  const parseAll = (): Node => {
    open(source, record);
    const root = expression();
    if (token !== Token.End) fail(`Did not expect: ${current()}`);
    return root;
  };
  try {
    return withinStack(parseAll, () => ({ start, end }));
  } finally {
    close();
  }
}

/** What is in front of an expression that reaches as far to the right as it can; it becomes a node with that expression. */
type Head = (rest: Node) => Node;

export function expression(): Node {
  if (!isHead()) return binary(precedence.loosest);
  // In a loop, since chains of `local` or `else if` may be long.
  const heads: Head[] = [];
  let node: Node | undefined;
  while (node === undefined) {
    const found = isHead() ? head() : binary(precedence.loosest);
    if (typeof found === 'function') heads.push(found);
    else node = found;
  }
  for (let index = heads.length - 1; index >= 0; index--) node = heads[index]!(node);
  return node;
}

function isHead(): boolean {
  switch (token) {
    case Token.Local:
    case Token.If:
    case Token.Function:
    case Token.Assert:
    case Token.Error:
      return true;
    default:
      return false;
  }
}

/** A node where that is all: an `if` without `else`. */
function head(): Head | Node {
  const from = start;
  const kind = token;
  next();
  switch (kind) {
    case Token.Local:
      return local(from);
    case Token.If:
      return conditional(from);
    case Token.Function:
      return functionLiteral(from);
    case Token.Assert:
      return assertion(from);
    default:
      return (message) => ({ kind: Kind.Error, start: from, end: message.end, message });
  }
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
    case Token.If:
    case Token.Function:
    case Token.Assert:
    case Token.Error:
      return expression();
    case Token.Import:
      return imported(from, Kind.Import);
    case Token.ImportStr:
      return imported(from, Kind.ImportStr);
    case Token.ImportBin:
      return imported(from, Kind.ImportBin);
    default:
      return postfix(primary());
  }
}

function prefixed(from: number, operator: UnaryOperator): Node {
  next();
  const operand = unary();
  return { kind: Kind.Unary, start: from, end: operand.end, operator, operand };
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

function local(from: number): Head {
  const binds: Bind[] = [bind([])];
  while (token === Token.Comma) {
    next();
    binds.push(bind(binds));
  }
  if (token !== Token.Semicolon) fail(`Expected , or ; but got ${current()}`);
  next();
  return (body) => ({ kind: Kind.Local, start: from, end: body.end, binds, body });
}

function functionLiteral(from: number): Head {
  if (token !== Token.ParenLeft) fail(`Expected ( but got ${current()}`);
  const parameters = parameterList('function parameter');
  return (body) => ({ kind: Kind.Function, start: from, end: body.end, parameters, body });
}

function conditional(from: number): Head | Node {
  const condition = expression();
  expect(Token.Then, 'then');
  const consequent = expression();
  const node = { kind: Kind.Conditional as const, start: from, condition, consequent };
  if (token !== Token.Else) return { ...node, end: previousEnd, alternate: undefined };
  next();
  return (alternate) => ({ ...node, end: alternate.end, alternate });
}

function assertion(from: number): Head {
  const condition = expression();
  const message = afterColon();
  expect(Token.Semicolon, '";"');
  return (rest) => ({ kind: Kind.Assert, start: from, end: rest.end, condition, message, rest });
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
