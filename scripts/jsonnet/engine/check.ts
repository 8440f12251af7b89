// What is refused before anything is evaluated: names that nothing introduces, and `self`, `super` and `$` outside objects.
import {
  Kind,
  MemberKind,
  SpecKind,
  type ApplyBrace,
  type Binary,
  type Bind,
  type Member,
  type Node,
  type Parameter,
  type Spec,
} from '../syntax/ast.ts';

/** A mistake that needs no evaluation to be seen. */
export interface StaticMistake {
  message: string;
  start: number;
  end: number;
}

/** The first mistake of a program, if it has one. */
export function findMistake(root: Node): StaticMistake | undefined {
  const checker: Checker = { known: new Map([['std', 1]]), mistake: undefined, dollar: undefined };
  visit(checker, root, 0);
  // go-jsonnet resolves `$` in a pass of its own, before it looks at names.
  return checker.dollar ?? checker.mistake;
}

interface Checker {
  /** By name: how many scopes around here introduce it. */
  known: Map<string, number>;
  mistake: StaticMistake | undefined;
  dollar: StaticMistake | undefined;
}

function visit(checker: Checker, root: Node, objects: number): void {
  // What an expression ends in is visited by this loop, for chains of `local` or `else if` may be long.
  const entered: (readonly { name: string }[])[] = [];
  for (let node: Node | undefined = root; node !== undefined;) node = visitNode(checker, node, objects, entered);
  for (const names of entered) leaveNames(checker, names);
}

/** Visits a node but for the expression that it ends in, and gives that; `entered` receives the names that it sees. */
function visitNode(
  checker: Checker,
  node: Node,
  objects: number,
  entered: (readonly { name: string }[])[],
): Node | undefined {
  switch (node.kind) {
    case Kind.Null:
    case Kind.True:
    case Kind.False:
    case Kind.Number:
    case Kind.String:
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return undefined;
    case Kind.Self:
      if (objects === 0) report(checker, "Can't use self outside of an object.", node);
      return undefined;
    case Kind.Dollar:
      if (objects === 0) checker.dollar ??= { message: 'No top-level object found.', start: node.start, end: node.end };
      return undefined;
    case Kind.Variable:
      if (!((checker.known.get(node.name) ?? 0) > 0)) report(checker, `Unknown variable: ${node.name}`, node);
      return undefined;
    case Kind.Array:
      for (const element of node.elements) visit(checker, element, objects);
      return undefined;
    case Kind.ArrayComprehension:
      inSpecs(checker, node.specs, 0, objects, () => visit(checker, node.body, objects));
      return undefined;
    case Kind.Object:
      visitObject(checker, node.members, objects);
      return undefined;
    case Kind.ObjectComprehension:
      inSpecs(checker, node.specs, 0, objects, () => visitObject(checker, node.members, objects));
      return undefined;
    case Kind.Parens:
      return node.inner;
    case Kind.Index:
      visit(checker, node.target, objects);
      return node.index;
    case Kind.Field:
      return node.target;
    case Kind.Slice:
      visit(checker, node.target, objects);
      for (const part of [node.from, node.to, node.step]) if (part !== undefined) visit(checker, part, objects);
      return undefined;
    case Kind.SuperField:
      if (objects === 0) report(checker, "Can't use super outside of an object.", node);
      return undefined;
    case Kind.SuperIndex:
    case Kind.InSuper:
      if (objects === 0) report(checker, "Can't use super outside of an object.", node);
      return node.index;
    case Kind.Apply:
      visit(checker, node.target, objects);
      for (const argument of node.positional) visit(checker, argument, objects);
      for (const { value } of node.named) visit(checker, value, objects);
      return undefined;
    case Kind.ApplyBrace:
    case Kind.Binary:
      return visitLeft(checker, node, objects);
    case Kind.Unary:
      return node.operand;
    case Kind.Conditional:
      visit(checker, node.condition, objects);
      visit(checker, node.consequent, objects);
      return node.alternate;
    case Kind.Function:
      enterParameters(checker, node.parameters, objects);
      entered.push(node.parameters);
      return node.body;
    case Kind.Local:
      enterNames(checker, node.binds);
      for (const bind of node.binds) visitBind(checker, bind, objects);
      entered.push(node.binds);
      return node.body;
    case Kind.Assert:
      visit(checker, node.condition, objects);
      if (node.message !== undefined) visit(checker, node.message, objects);
      return node.rest;
    case Kind.Error:
      return node.message;
  }
}

/** `a + b + c` is nested on its left, which may be deep as well. Gives the right side of the outermost. */
function visitLeft(checker: Checker, node: Binary | ApplyBrace, objects: number): Node {
  const right: Node[] = [];
  let left: Node = node;
  while (left.kind === Kind.Binary || left.kind === Kind.ApplyBrace) {
    right.push(left.right);
    left = left.left;
  }
  visit(checker, left, objects);
  while (right.length > 1) visit(checker, right.pop()!, objects);
  return right[0]!;
}

function visitObject(checker: Checker, members: Member[], objects: number): void {
  for (const member of members) {
    if (member.kind === MemberKind.Computed) visit(checker, member.key!, objects);
  }
  const binds = members.flatMap((member) => (member.kind === MemberKind.Local ? [member.bind] : []));
  enterNames(checker, binds);
  for (const member of members) {
    if (member.kind === MemberKind.Local) visitBind(checker, member.bind, objects + 1);
    else if (member.kind === MemberKind.Assert) {
      visit(checker, member.condition, objects + 1);
      if (member.message !== undefined) visit(checker, member.message, objects + 1);
    } else if (member.parameters !== undefined) visitFunction(checker, member.parameters, member.body, objects + 1);
    else visit(checker, member.body, objects + 1);
  }
  leaveNames(checker, binds);
}

function visitBind(checker: Checker, { parameters, body }: Bind, objects: number): void {
  if (parameters === undefined) visit(checker, body, objects);
  else visitFunction(checker, parameters, body, objects);
}

function visitFunction(checker: Checker, parameters: Parameter[], body: Node, objects: number): void {
  enterParameters(checker, parameters, objects);
  visit(checker, body, objects);
  leaveNames(checker, parameters);
}

function enterParameters(checker: Checker, parameters: Parameter[], objects: number): void {
  enterNames(checker, parameters);
  for (const parameter of parameters) if (parameter.default !== undefined) visit(checker, parameter.default, objects);
}

function inSpecs(checker: Checker, specs: Spec[], index: number, objects: number, inside: () => void): void {
  const spec = specs[index];
  if (spec === undefined) return inside();
  if (spec.kind === SpecKind.If) {
    visit(checker, spec.condition, objects);
    return inSpecs(checker, specs, index + 1, objects, inside);
  }
  visit(checker, spec.source, objects);
  const names = [{ name: spec.name }];
  enterNames(checker, names);
  inSpecs(checker, specs, index + 1, objects, inside);
  leaveNames(checker, names);
}

function enterNames({ known }: Checker, introduced: readonly { name: string }[]): void {
  for (const { name } of introduced) known.set(name, (known.get(name) ?? 0) + 1);
}

function leaveNames({ known }: Checker, introduced: readonly { name: string }[]): void {
  for (const { name } of introduced) known.set(name, known.get(name)! - 1);
}

function report(checker: Checker, message: string, { start, end }: { start: number; end: number }): void {
  checker.mistake ??= { message, start, end };
}
