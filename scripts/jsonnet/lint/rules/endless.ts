import { Kind, type Local, type Node } from '../../syntax/ast.ts';
import type { Found, Rule } from '../rule.ts';
import type { Binding, Scope } from '../scope.ts';

export const endlessDefinition: Rule = {
  name: 'endless-definition',
  severity: 'error',
  summary: 'A local is defined by its own value.',
  find: ({ nodes, scope }) => nodes.flatMap((node) => (node.kind === Kind.Local ? endless(node, scope) : [])),
};

/** The first use in a `local` that needs the value it helps to make: `local x = x + 1`. */
function endless({ binds }: Local, scope: Scope): Found[] {
  const starts = new Set(binds.map(({ start }) => start));
  const own = scope.bindings.filter(
    ({ start, kind, parameters }) => kind === 'local' && starts.has(start) && !parameters,
  );
  const open = new Set<Binding>();
  const done = new Set<Binding>();
  for (const binding of own) {
    const at = needs(binding);
    if (at === undefined) continue;
    const hint = 'the value needs itself: give one of the two another name';
    return [{ message: 'Endless loop in local definition', hint, start: at.start, end: at.end }];
  }
  return [];

  function needs(binding: Binding): Node | undefined {
    if (binding.value === undefined || done.has(binding)) return undefined;
    open.add(binding);
    const found = within(binding.value);
    open.delete(binding);
    done.add(binding);
    return found;
  }

  function within(node: Node): Node | undefined {
    const binding = node.kind === Kind.Variable ? scope.meaning.get(node) : undefined;
    if (binding !== undefined && open.has(binding)) return node;
    if (binding !== undefined && own.includes(binding)) return needs(binding);
    for (const child of evaluatedWith(node)) {
      const found = within(child);
      if (found) return found;
    }
    return undefined;
  }
}

/** What is evaluated whenever an expression is, or in one of its branches. */
function evaluatedWith(node: Node): Node[] {
  switch (node.kind) {
    case Kind.Parens:
      return [node.inner];
    case Kind.Apply:
    case Kind.Field:
    case Kind.Slice:
      return [node.target];
    case Kind.Index:
      return [node.target, node.index];
    case Kind.ApplyBrace:
    case Kind.Binary:
      return [node.left, node.right];
    case Kind.Unary:
      return [node.operand];
    case Kind.Conditional:
      return [node.condition, node.consequent, ...(node.alternate ? [node.alternate] : [])];
    case Kind.Assert:
      return [node.condition, node.rest];
    case Kind.Error:
      return [node.message];
    default:
      return [];
  }
}
