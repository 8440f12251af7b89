// What kinds of value an expression can give, as far as its text says so without running it: literals, operators, fields and
// elements of literals, calls of functions that are written somewhere or in the standard library, imports, and locals bound
// to these. Parameters and what somebody may extend are unknown.
import { BinaryOperator, Kind, MemberKind, UnaryOperator } from '../syntax/ast.ts';
import type { ArrayLiteral, Bind, FieldMember, Node, ObjectLiteral, Parameter } from '../syntax/ast.ts';
import { arithmetic } from '../syntax/operators.ts';
import type { Scope } from './scope.ts';
import { stdResults } from './std-functions.ts';

export type Type = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'function';

export interface Known {
  types: readonly Type[];
  /** In which the nodes below are to be read: that of another source after an import. Undefined where there are none. */
  scope?: Scope;
  /** Of a function that is written somewhere. */
  parameters?: readonly Parameter[];
  body?: Node;
  /** Of an object or array that is one literal. */
  object?: ObjectLiteral;
  array?: ArrayLiteral;
}

/** Steps from a name to what it is bound to, from a call to a body: a definition may go in circles. */
const maxSteps = 30;

/** Undefined where any value is possible. */
export function knownType(node: Node, scope: Scope, steps = 0): Known | undefined {
  if (steps > maxSteps) return undefined;
  const of: Of = (one, within = scope) => knownType(one, within, steps + 1);
  switch (node.kind) {
    case Kind.Null:
      return { types: ['null'] };
    case Kind.True:
    case Kind.False:
    case Kind.InSuper:
      return { types: ['boolean'] };
    case Kind.Number:
      return { types: ['number'] };
    case Kind.String:
    case Kind.ImportStr:
      return { types: ['string'] };
    case Kind.Array:
      return { types: ['array'], array: node, scope };
    case Kind.ArrayComprehension:
    case Kind.ImportBin:
      return { types: ['array'] };
    case Kind.Object:
      return { types: ['object'], object: node, scope };
    case Kind.ObjectComprehension:
    case Kind.ApplyBrace:
      return { types: ['object'] };
    case Kind.Function:
      return { types: ['function'], parameters: node.parameters, body: node.body, scope };
    case Kind.Parens:
      return of(node.inner);
    case Kind.Local:
      return of(node.body);
    case Kind.Assert:
      return of(node.rest);
    case Kind.Unary:
      return { types: [node.operator === UnaryOperator.Not ? 'boolean' : 'number'] };
    case Kind.Binary:
      return binary(node, of);
    case Kind.Conditional:
      return either([of(node.consequent), node.alternate ? of(node.alternate) : { types: ['null'] }]);
    case Kind.Variable: {
      const binding = scope.meaning.get(node);
      return binding?.value && ofBind({ parameters: binding.parameters, body: binding.value }, scope, of);
    }
    case Kind.Field:
      return field(of(node.target), node.name, of);
    case Kind.Index:
      return element(of(node.target), node.index, of);
    case Kind.Slice: {
      const target = of(node.target);
      return target && { types: target.types };
    }
    case Kind.Apply: {
      const { target } = node;
      const isStd = target.kind === Kind.Field && target.target.kind === Kind.Variable && scope.std.has(target.target);
      if (isStd) return Object.hasOwn(stdResults, target.name) ? { types: [stdResults[target.name]!] } : undefined;
      const called = of(target);
      return called?.body && of(called.body, called.scope);
    }
    case Kind.Import: {
      const file = scope.imported(node.path.value);
      return file && of(file.root, file.scope);
    }
    default:
      return undefined;
  }
}

type Of = (node: Node, within?: Scope) => Known | undefined;

function either(all: (Known | undefined)[]): Known | undefined {
  const types = new Set<Type>();
  for (const one of all) {
    if (one === undefined) return undefined;
    for (const type of one.types) types.add(type);
  }
  return { types: [...types] };
}

function ofBind(
  { parameters, body }: Pick<Bind, 'parameters' | 'body'>,
  scope: Scope | undefined,
  of: Of,
): Known | undefined {
  if (parameters === undefined) return of(body, scope);
  return { types: ['function'], parameters, body, ...(scope && { scope }) };
}

function field(known: Known | undefined, name: string, of: Of): Known | undefined {
  const members = known?.object?.members ?? [];
  // A computed field may have any name.
  if (members.some(({ kind }) => kind === MemberKind.Computed)) return undefined;
  const found = members.find(
    (member): member is FieldMember => member.kind <= MemberKind.String && (member as FieldMember).name === name,
  );
  return found && !found.plus ? ofBind(found, known?.scope, of) : undefined;
}

function element(target: Known | undefined, index: Node, of: Of): Known | undefined {
  if (target === undefined) return undefined;
  if (index.kind === Kind.String) return field(target, index.value, of);
  if (target.types.length === 1 && target.types[0] === 'string') return { types: ['string'] };
  const elements = target.array?.elements;
  if (elements === undefined || elements.length === 0) return undefined;
  if (index.kind !== Kind.Number) return either(elements.map((one) => of(one, target.scope)));
  const found = elements[index.value];
  return found && of(found, target.scope);
}

function binary({ operator, left, right }: Extract<Node, { kind: Kind.Binary }>, of: Of): Known | undefined {
  switch (operator) {
    case BinaryOperator.Plus: {
      const [a, b] = [of(left), of(right)];
      const isString = [a, b].some((side) => side?.types.length === 1 && side.types[0] === 'string');
      if (isString) return { types: ['string'] };
      return a && b && a.types.length === 1 && a.types[0] === b.types[0] ? either([a, b]) : undefined;
    }
    case BinaryOperator.Remainder: {
      const types = of(left)?.types;
      return types?.length === 1 && (types[0] === 'string' || types[0] === 'number') ? { types } : undefined;
    }
    default:
      return { types: [arithmetic.has(operator) ? 'number' : 'boolean'] };
  }
}
