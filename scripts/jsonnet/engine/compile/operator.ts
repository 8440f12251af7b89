// Operators.
import {
  BinaryOperator,
  Kind,
  UnaryOperator,
  type ApplyBrace,
  type Binary,
  type Node,
  type Slice,
  type Unary,
} from '../../syntax/ast.ts';
import { pending, tailCall } from '../call.ts';
import type { Site } from '../errors.ts';
import { locate } from '../machine.ts';
import { hasField } from '../object.ts';
import {
  bitNot,
  bitwise,
  compare,
  divide,
  equals,
  finite,
  joined,
  minus,
  multiply,
  plus,
  toBoolean,
  toNumber,
  unexpectedType,
  type BitOperation,
} from '../operators.ts';
import { remainder } from '../../std/format.ts';
import { slice } from '../../std/slice.ts';
import { isObject, type Value, type Code } from '../value.ts';
import { compile, maker, maxNested, Tail, type Maker } from './expression.ts';
import { siteOf, type Scope } from './scope.ts';

/** Inside an operator a tailstrict call can't stand for its function any more, but still takes its place on the stack. */
function operandTail(tail: Tail): Tail {
  return tail === Tail.None ? Tail.None : Tail.Trim;
}

export function compileUnary(node: Unary, scope: Scope, tail: Tail): Code {
  const operand = compile(node.operand, scope, operandTail(tail));
  const site = siteOf(scope, node);
  switch (node.operator) {
    case UnaryOperator.Not:
      return (frame) => !toBoolean(operand(frame), site);
    case UnaryOperator.BitNot:
      return (frame) => bitNot(operand(frame), site);
    case UnaryOperator.Plus:
      return (frame) => toNumber(operand(frame), site);
    case UnaryOperator.Minus:
      return (frame) => -toNumber(operand(frame), site);
  }
}

/** `a + b + c` is nested on its left: compiled in a loop, and run in one where it is long. */
export function compileBinary(node: Binary | ApplyBrace, scope: Scope, tail: Tail): Code {
  const chain: (Binary | ApplyBrace)[] = [];
  let leftmost: Node = node;
  while (leftmost.kind === Kind.Binary || leftmost.kind === Kind.ApplyBrace) {
    chain.push(leftmost);
    leftmost = leftmost.left;
  }
  const first = compile(leftmost, scope);
  const tailOf = (one: Node): Tail => (one === node ? tail : Tail.None);
  if (chain.length <= maxNested) {
    return chain.reduceRight((left, one) => compileOperator(one, left, scope, tailOf(one)), first);
  }
  // What has been computed so far has a slot of its own.
  const slot = scope.layout.size++;
  const left: Code = (frame) => frame[slot];
  const codes = chain.toReversed().map((one) => compileOperator(one, left, scope, tailOf(one)));
  return (frame) => {
    let value = first(frame);
    for (let index = 0; index < codes.length; index++) {
      frame[slot] = value;
      value = codes[index]!(frame);
    }
    return value;
  };
}

function compileOperator(node: Binary | ApplyBrace, left: Code, scope: Scope, tail: Tail): Code {
  const site = siteOf(scope, node);
  if (node.kind === Kind.ApplyBrace) return binary(left, compile(node.right, scope), site, plus);
  if (node.operator === BinaryOperator.And || node.operator === BinaryOperator.Or) {
    return compileShortcut(node, left, compile(node.right, scope, tail), site);
  }
  const right = compile(node.right, scope, operandTail(tail));
  switch (node.operator) {
    case BinaryOperator.Plus:
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        if (typeof a === 'number' && typeof b === 'number') return finite(a + b, site);
        if (typeof a === 'string' && typeof b === 'string') return joined(a, b);
        return plus(a, b, site);
      };
    case BinaryOperator.Minus:
      return binary(left, right, site, minus);
    case BinaryOperator.Multiply:
      return binary(left, right, site, multiply);
    case BinaryOperator.Divide:
      return binary(left, right, site, divide);
    case BinaryOperator.Remainder:
      return (frame) => {
        const a = left(frame);
        const b = right(frame);
        try {
          return remainder(a, b);
        } catch (error) {
          throw locate(error, site);
        }
      };
    case BinaryOperator.Equal:
      return (frame) => {
        const a = left(frame);
        return equals(a, right(frame), site);
      };
    case BinaryOperator.Unequal:
      return (frame) => {
        const a = left(frame);
        return !equals(a, right(frame), site);
      };
    case BinaryOperator.Less:
      return (frame) => {
        const a = left(frame);
        return compare(a, right(frame), site) < 0;
      };
    case BinaryOperator.LessOrEqual:
      return (frame) => {
        const a = left(frame);
        return compare(a, right(frame), site) <= 0;
      };
    case BinaryOperator.Greater:
      return (frame) => {
        const a = left(frame);
        return compare(a, right(frame), site) > 0;
      };
    case BinaryOperator.GreaterOrEqual:
      return (frame) => {
        const a = left(frame);
        return compare(a, right(frame), site) >= 0;
      };
    case BinaryOperator.In:
      return (frame) => {
        const object = right(frame);
        const name = left(frame);
        if (!isObject(object)) throw unexpectedType(object, 'object', site);
        if (typeof name !== 'string') throw unexpectedType(name, 'string', site);
        return hasField(object, name, true);
      };
    case BinaryOperator.BitAnd:
      return bits(left, right, site, '&');
    case BinaryOperator.BitOr:
      return bits(left, right, site, '|');
    case BinaryOperator.BitXor:
      return bits(left, right, site, '^');
    case BinaryOperator.ShiftLeft:
      return bits(left, right, site, '<<');
    case BinaryOperator.ShiftRight:
      return bits(left, right, site, '>>');
  }
}

function binary(left: Code, right: Code, site: Site, operation: (a: Value, b: Value, site: Site) => Value): Code {
  return (frame) => {
    const a = left(frame);
    return operation(a, right(frame), site);
  };
}

function bits(left: Code, right: Code, site: Site, operation: BitOperation): Code {
  return (frame) => {
    const a = left(frame);
    return bitwise(operation, a, right(frame), site);
  };
}

function compileShortcut({ operator }: Binary, left: Code, right: Code, site: Site): Code {
  const decisive = operator === BinaryOperator.Or;
  return (frame) => {
    if (toBoolean(left(frame), site) === decisive) return decisive;
    const value = right(frame);
    if (value === true || value === false) return value;
    if (value !== tailCall) throw unexpectedType(value, 'boolean', site);
    pending.boolean = site;
    return value;
  };
}

export function compileSlice(node: Slice, scope: Scope): Code {
  const target = maker(node.target, scope);
  const [from, to, stride] = [node.from, node.to, node.step].map((part) =>
    part === undefined ? () => null : maker(part, scope),
  ) as [Maker, Maker, Maker];
  const site = siteOf(scope, node);
  return (frame) => {
    const value = target(frame);
    const start = from(frame);
    const end = to(frame);
    const every = stride(frame);
    try {
      return slice(value, start, end, every);
    } catch (error) {
      throw locate(error, site);
    }
  };
}
