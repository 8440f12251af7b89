import { BinaryOperator, Kind, SpecKind, UnaryOperator } from '../../syntax/ast.ts';
import type { Node } from '../../syntax/ast.ts';
import { printNode } from '../../syntax/print.ts';
import type { Found, Rule } from '../rule.ts';

export const unreachableBranch: Rule = {
  name: 'unreachable-branch',
  severity: 'warning',
  summary: 'A part of an expression that is never evaluated.',
  find: ({ nodes }) => {
    const chained = new Set(nodes.flatMap((node) => (node.kind === Kind.Conditional ? (node.alternate ?? []) : [])));
    return nodes.flatMap((node) => {
      switch (node.kind) {
        case Kind.Conditional:
          return chained.has(node) ? constant(node) : [...constant(node), ...repeated(node)];
        case Kind.Binary:
          return shortCircuit(node);
        case Kind.ArrayComprehension:
        case Kind.ObjectComprehension:
          return node.specs.flatMap((spec) =>
            spec.kind === SpecKind.If && truth(spec.condition) === false
              ? [unreachable('The comprehension is empty: its condition is false', spec)]
              : [],
          );
        default:
          return [];
      }
    });
  },
};

type Conditional = Extract<Node, { kind: Kind.Conditional }>;

function constant({ condition, consequent, alternate }: Conditional): Found[] {
  const always = truth(condition);
  if (always === false) return [unreachable('This branch is never taken: its condition is false', consequent)];
  if (always === true && alternate) {
    return [unreachable('This branch is never taken: the condition is true', alternate)];
  }
  return [];
}

/** `if a … else if a …`: the second is never true. */
function repeated(first: Conditional): Found[] {
  const seen = new Set<string>();
  const found: Found[] = [];
  for (let node: Node | undefined = first; node?.kind === Kind.Conditional; node = node.alternate) {
    const condition = printNode(node.condition);
    if (seen.has(condition)) found.push(unreachable('This condition was asked before and was false', node.condition));
    seen.add(condition);
  }
  return found;
}

function shortCircuit(node: Extract<Node, { kind: Kind.Binary }>): Found[] {
  const left = truth(node.left);
  const isDecided =
    (node.operator === BinaryOperator.And && left === false) || (node.operator === BinaryOperator.Or && left === true);
  return isDecided ? [unreachable('This operand is never asked: the one before it decides', node.right)] : [];
}

function unreachable(message: string, { start, end }: { start: number; end: number }): Found {
  return { message, hint: 'remove it, or mend the condition', start, end };
}

/** What a condition is, where its text says so. */
function truth(node: Node): boolean | undefined {
  switch (node.kind) {
    case Kind.True:
      return true;
    case Kind.False:
      return false;
    case Kind.Parens:
      return truth(node.inner);
    case Kind.Unary: {
      const inner = node.operator === UnaryOperator.Not ? truth(node.operand) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    case Kind.Binary: {
      // `x && false` is false whatever x is, and `x || true` is true.
      const deciding = node.operator === BinaryOperator.Or;
      if (!deciding && node.operator !== BinaryOperator.And) return undefined;
      const sides = [truth(node.left), truth(node.right)];
      if (sides.includes(deciding)) return deciding;
      return sides.includes(undefined) ? undefined : !deciding;
    }
    default:
      return undefined;
  }
}
