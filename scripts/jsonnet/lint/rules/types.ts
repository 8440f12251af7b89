import { BinaryOperator, Kind, MemberKind, UnaryOperator } from '../../syntax/ast.ts';
import type { Apply, Node, ObjectLiteral, Parameter } from '../../syntax/ast.ts';
import { arithmetic } from '../../syntax/operators.ts';
import type { Found, Rule } from '../rule.ts';
import type { Scope } from '../scope.ts';
import { knownType, type Type } from '../types.ts';

export const typeMismatch: Rule = {
  name: 'type-mismatch',
  severity: 'error',
  summary: 'A value is used as what it is not.',
  find: ({ nodes, scope }) => nodes.flatMap((node) => mismatches(node, scope)),
};

export const callArguments: Rule = {
  name: 'call-arguments',
  severity: 'error',
  summary: 'A call gives a function other arguments than it takes.',
  find: ({ nodes, scope }) => nodes.flatMap((node) => (node.kind === Kind.Apply ? wrongArguments(node, scope) : [])),
};

function mismatches(node: Node, scope: Scope): Found[] {
  switch (node.kind) {
    case Kind.Apply:
      return expects(node.target, ['function'], 'Called value must be a function', scope);
    case Kind.Field:
      return [
        ...expects(node.target, ['object'], `Only an object has a field ${node.name}`, scope),
        ...missingField(node.target, node.name, node.nameStart, scope),
      ];
    case Kind.Index:
      return wrongIndex(node.target, node.index, scope);
    case Kind.Slice:
      return expects(node.target, ['array', 'string'], 'Only an array or a string can be sliced', scope);
    case Kind.Unary: {
      const isNot = node.operator === UnaryOperator.Not;
      const needed = isNot ? 'boolean' : 'number';
      return expects(node.operand, [needed], `Operand is not a ${needed}`, scope);
    }
    case Kind.Conditional:
      return expects(node.condition, ['boolean'], 'A condition must be a boolean', scope);
    case Kind.Binary:
      return wrongOperands(node, scope);
    default:
      return [];
  }
}

/** A finding where an expression is known, and can't be any of `types`. */
function expects(node: Node, types: readonly Type[], message: string, scope: Scope): Found[] {
  const known = knownType(node, scope)?.types;
  if (known === undefined || known.some((type) => types.includes(type))) return [];
  const text = `${message}, and this is ${known.map(article).join(' or ')}`;
  return [{ message: text, hint: `give it ${types.map(article).join(' or ')}`, start: node.start, end: node.end }];
}

function article(type: Type): string {
  if (type === 'null') return type;
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** What each kind of value is indexed with; the others can't be indexed. */
const indexTypes = { object: 'string', array: 'number', string: 'number' } as const;

function wrongIndex(target: Node, index: Node, scope: Scope): Found[] {
  const known = knownType(target, scope)?.types;
  if (known === undefined) return [];
  const indexable = known.filter((type): type is keyof typeof indexTypes => Object.hasOwn(indexTypes, type));
  if (indexable.length === 0) {
    return expects(target, ['object', 'array', 'string'], 'Only an object, an array or a string can be indexed', scope);
  }
  const needed = [...new Set(indexable.map((type) => indexTypes[type]))];
  const what = `To index ${indexable.map(article).join(' or ')} takes ${needed.map(article).join(' or ')}`;
  const wrong = expects(index, needed, what, scope);
  if (wrong.length > 0 || index.kind !== Kind.String) return wrong;
  return missingField(target, index.value, index.start, scope);
}

/** A field of an object that is one literal with nothing computed: nobody can have added it. */
function missingField(target: Node, name: string, start: number, scope: Scope): Found[] {
  const object = knownType(target, scope)?.object;
  if (object === undefined || mayHave(object, name)) return [];
  const names = object.members.flatMap((member) =>
    member.kind <= MemberKind.String ? [(member as { name: string }).name] : [],
  );
  const hint = names.length === 0 ? 'the object has no fields' : `the object has: ${names.join(', ')}`;
  return [{ message: `Indexed object has no field ${JSON.stringify(name)}`, hint, start, end: start + name.length }];
}

function mayHave({ members }: ObjectLiteral, name: string): boolean {
  return members.some(
    (member) =>
      member.kind === MemberKind.Computed ||
      (member.kind <= MemberKind.String && (member as { name: string }).name === name),
  );
}

function wrongOperands({ operator, left, right }: Extract<Node, { kind: Kind.Binary }>, scope: Scope): Found[] {
  const both = (types: Type[], what: string): Found[] =>
    [left, right].flatMap((side) => expects(side, types, what, scope));
  switch (operator) {
    case BinaryOperator.And:
    case BinaryOperator.Or:
      return both(['boolean'], 'Operand is not a boolean');
    case BinaryOperator.In:
      return [
        ...expects(left, ['string'], 'The name of a field is a string', scope),
        ...expects(right, ['object'], 'Only an object has fields', scope),
      ];
    default:
      return arithmetic.has(operator) ? both(['number'], 'Operand is not a number') : [];
  }
}

function wrongArguments({ target, positional, named, end }: Apply, scope: Scope): Found[] {
  const parameters = knownType(target, scope)?.parameters;
  if (parameters === undefined) return [];
  const place = { start: target.start, end };
  const hint = `the function takes (${parameters.map(({ name, default: value }) => (value ? `${name}=…` : name)).join(', ')})`;
  const found: Found[] = [];
  if (positional.length > parameters.length) {
    const message = `Too many arguments: got ${positional.length}, but expected at most ${parameters.length}`;
    found.push({ message, hint, ...place });
  }
  const given = new Set(parameters.slice(0, positional.length).map(({ name }) => name));
  for (const { name, start } of named) {
    const at = { start, end: start + name.length };
    if (!has(parameters, name)) found.push({ message: `The function has no parameter ${name}`, hint, ...at });
    else if (given.has(name)) found.push({ message: `Argument ${name} is given twice`, hint: 'give it once', ...at });
    given.add(name);
  }
  for (const { name, default: value } of parameters) {
    if (value === undefined && !given.has(name)) found.push({ message: `Missing argument: ${name}`, hint, ...place });
  }
  return found;
}

function has(parameters: readonly Parameter[], name: string): boolean {
  return parameters.some((one) => one.name === name);
}
