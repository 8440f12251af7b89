// What is refused before anything is evaluated: names that nothing introduces, and `self`, `super` and `$` outside objects.
import {
  Kind,
  MemberKind,
  SpecKind,
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

function visit(checker: Checker, node: Node, objects: number): void {
  switch (node.kind) {
    case Kind.Null:
    case Kind.True:
    case Kind.False:
    case Kind.Number:
    case Kind.String:
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return;
    case Kind.Self:
      if (objects === 0) report(checker, "Can't use self outside of an object.", node);
      return;
    case Kind.Dollar:
      if (objects === 0) checker.dollar ??= { message: 'No top-level object found.', start: node.start, end: node.end };
      return;
    case Kind.Variable:
      if (!((checker.known.get(node.name) ?? 0) > 0)) report(checker, `Unknown variable: ${node.name}`, node);
      return;
    case Kind.Array:
      for (const element of node.elements) visit(checker, element, objects);
      return;
    case Kind.ArrayComprehension:
      return inSpecs(checker, node.specs, 0, objects, () => visit(checker, node.body, objects));
    case Kind.Object:
      return visitObject(checker, node.members, objects);
    case Kind.ObjectComprehension:
      return inSpecs(checker, node.specs, 0, objects, () => visitObject(checker, node.members, objects));
    case Kind.Parens:
      return visit(checker, node.inner, objects);
    case Kind.Index:
      visit(checker, node.target, objects);
      return visit(checker, node.index, objects);
    case Kind.Field:
      return visit(checker, node.target, objects);
    case Kind.Slice:
      visit(checker, node.target, objects);
      for (const part of [node.from, node.to, node.step]) if (part !== undefined) visit(checker, part, objects);
      return;
    case Kind.SuperField:
      if (objects === 0) report(checker, "Can't use super outside of an object.", node);
      return;
    case Kind.SuperIndex:
    case Kind.InSuper:
      if (objects === 0) report(checker, "Can't use super outside of an object.", node);
      return visit(checker, node.index, objects);
    case Kind.Apply:
      visit(checker, node.target, objects);
      for (const argument of node.positional) visit(checker, argument, objects);
      for (const { value } of node.named) visit(checker, value, objects);
      return;
    case Kind.ApplyBrace:
    case Kind.Binary:
      visit(checker, node.left, objects);
      return visit(checker, node.right, objects);
    case Kind.Unary:
      return visit(checker, node.operand, objects);
    case Kind.Conditional:
      visit(checker, node.condition, objects);
      visit(checker, node.consequent, objects);
      if (node.alternate !== undefined) visit(checker, node.alternate, objects);
      return;
    case Kind.Function:
      return visitFunction(checker, node.parameters, node.body, objects);
    case Kind.Local:
      enterNames(checker, node.binds);
      for (const bind of node.binds) visitBind(checker, bind, objects);
      visit(checker, node.body, objects);
      return leaveNames(checker, node.binds);
    case Kind.Assert:
      visit(checker, node.condition, objects);
      if (node.message !== undefined) visit(checker, node.message, objects);
      return visit(checker, node.rest, objects);
    case Kind.Error:
      return visit(checker, node.message, objects);
  }
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
  enterNames(checker, parameters);
  for (const parameter of parameters) if (parameter.default !== undefined) visit(checker, parameter.default, objects);
  visit(checker, body, objects);
  leaveNames(checker, parameters);
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
