import { Kind, MemberKind, SpecKind, type Bind, type Member, type Node, type Parameter, type Spec } from './ast.ts';

/** Calls `visit` for each expression directly within one, in the order of the text. */
export function eachChild(node: Node, visit: (child: Node) => void): void {
  switch (node.kind) {
    case Kind.Array:
      return node.elements.forEach(visit);
    case Kind.ArrayComprehension:
      visit(node.body);
      return eachOfSpecs(node.specs, visit);
    case Kind.Object:
      return eachOfMembers(node.members, visit);
    case Kind.ObjectComprehension:
      eachOfMembers(node.members, visit);
      return eachOfSpecs(node.specs, visit);
    case Kind.Parens:
      return visit(node.inner);
    case Kind.Index:
      visit(node.target);
      return visit(node.index);
    case Kind.Field:
      return visit(node.target);
    case Kind.Slice:
      visit(node.target);
      for (const part of [node.from, node.to, node.step]) if (part) visit(part);
      return;
    case Kind.SuperIndex:
    case Kind.InSuper:
      return visit(node.index);
    case Kind.Apply:
      visit(node.target);
      node.positional.forEach(visit);
      for (const { value } of node.named) visit(value);
      return;
    case Kind.ApplyBrace:
    case Kind.Binary:
      visit(node.left);
      return visit(node.right);
    case Kind.Unary:
      return visit(node.operand);
    case Kind.Conditional:
      visit(node.condition);
      visit(node.consequent);
      if (node.alternate) visit(node.alternate);
      return;
    case Kind.Function:
      eachDefault(node.parameters, visit);
      return visit(node.body);
    case Kind.Local:
      for (const bind of node.binds) eachOfBind(bind, visit);
      return visit(node.body);
    case Kind.Assert:
      visit(node.condition);
      if (node.message) visit(node.message);
      return visit(node.rest);
    case Kind.Error:
      return visit(node.message);
    case Kind.Import:
    case Kind.ImportStr:
    case Kind.ImportBin:
      return visit(node.path);
  }
}

/** Calls `visit` for an expression and for every one within it, outer ones first. */
export function walk(root: Node, visit: (node: Node) => void): void {
  // The last is the next to be visited.
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    visit(node);
    const children: Node[] = [];
    eachChild(node, (child) => children.push(child));
    while (children.length > 0) waiting.push(children.pop()!);
  }
}

function eachOfSpecs(specs: Spec[], visit: (child: Node) => void): void {
  for (const spec of specs) visit(spec.kind === SpecKind.For ? spec.source : spec.condition);
}

function eachDefault(parameters: Parameter[] | undefined, visit: (child: Node) => void): void {
  for (const { default: value } of parameters ?? []) if (value) visit(value);
}

function eachOfBind({ parameters, body }: Bind, visit: (child: Node) => void): void {
  eachDefault(parameters, visit);
  visit(body);
}

function eachOfMembers(members: Member[], visit: (child: Node) => void): void {
  for (const member of members) {
    if (member.kind === MemberKind.Local) eachOfBind(member.bind, visit);
    else if (member.kind === MemberKind.Assert) {
      visit(member.condition);
      if (member.message) visit(member.message);
    } else {
      if (member.key) visit(member.key);
      eachDefault(member.parameters, visit);
      visit(member.body);
    }
  }
}
