// Operators. What they do to values is the engine's business; here they keep the origins of what goes through them.
import { BinaryOperator, Kind, UnaryOperator, type Binary, type Unary } from '../syntax/ast.ts';
import type { Site } from '../engine/errors.ts';
import {
  bitNot,
  bitwise,
  compare,
  divide,
  equals,
  minus,
  multiply,
  plus as plusValues,
  type BitOperation,
} from '../engine/operators.ts';
import type { Value } from '../engine/value.ts';
import { remainder } from '../std/format.ts';
import { reading, toEngine } from './bridge.ts';
import { evaluate } from './evaluate.ts';
import { addObjects, visibilityOf } from './object.ts';
import { isTracedArray, isTracedObject, made, passed, type Env, type Origin, type Traced } from './value.ts';

/** `left + right` */
export function plus(left: Traced, right: Traced, site: Site): Traced {
  const reads = [left.origin, right.origin];
  if (isTracedObject(left.value) && isTracedObject(right.value)) {
    return made(site, addObjects(left.value, right.value), reads);
  }
  if (isTracedArray(left.value) && isTracedArray(right.value)) {
    return made(site, { kind: 'array', items: [...left.value.items, ...right.value.items] }, reads);
  }
  return computed(site, [left, right], ([a, b]) => plusValues(a!, b!, site));
}

/** A plain value that the engine computes from others. */
function computed(site: Site, operands: Traced[], compute: (values: Value[]) => Value): Traced {
  const reads: Origin[] = operands.map(({ origin }) => origin);
  const value = reading(reads, () => compute(operands.map(({ value: one }) => toEngine(one))));
  return made(site, value as Traced['value'], reads);
}

type Operation = (left: Value, right: Value, site: Site) => Value;

const bits =
  (operation: BitOperation): Operation =>
  (a, b, site) =>
    bitwise(operation, a, b, site);

const operations: Partial<Record<BinaryOperator, Operation>> = {
  [BinaryOperator.Multiply]: multiply,
  [BinaryOperator.Divide]: divide,
  [BinaryOperator.Remainder]: (a, b) => remainder(a, b),
  [BinaryOperator.Minus]: minus,
  [BinaryOperator.ShiftLeft]: bits('<<'),
  [BinaryOperator.ShiftRight]: bits('>>'),
  [BinaryOperator.Greater]: (a, b, site) => compare(a, b, site) > 0,
  [BinaryOperator.GreaterOrEqual]: (a, b, site) => compare(a, b, site) >= 0,
  [BinaryOperator.Less]: (a, b, site) => compare(a, b, site) < 0,
  [BinaryOperator.LessOrEqual]: (a, b, site) => compare(a, b, site) <= 0,
  [BinaryOperator.Equal]: equals,
  [BinaryOperator.Unequal]: (a, b, site) => !equals(a, b, site),
  [BinaryOperator.BitAnd]: bits('&'),
  [BinaryOperator.BitXor]: bits('^'),
  [BinaryOperator.BitOr]: bits('|'),
};

export function evaluateBinary(node: Binary, env: Env, site: Site): Traced {
  const left = evaluate(node.left, env);
  switch (node.operator) {
    case BinaryOperator.And:
    case BinaryOperator.Or:
      if (left.value === (node.operator === BinaryOperator.Or)) return passed('branch', site, left);
      return passed('branch', site, evaluate(node.right, env), [left.origin]);
  }
  const right = evaluate(node.right, env);
  if (node.operator === BinaryOperator.Plus) return plus(left, right, site);
  if (node.operator === BinaryOperator.In) {
    const found = isTracedObject(right.value) && visibilityOf(right.value).has(left.value as string);
    return made(site, found, [left.origin, right.origin]);
  }
  return computed(site, [left, right], ([a, b]) => operations[node.operator]!(a!, b!, site));
}

export function evaluateUnary(node: Unary, env: Env, site: Site): Traced {
  const operand = evaluate(node.operand, env);
  // The minus of a negative number is part of how it is written.
  const reads = node.operand.kind === Kind.Number ? [] : [operand.origin];
  switch (node.operator) {
    case UnaryOperator.Not:
      return made(site, operand.value !== true, reads);
    case UnaryOperator.BitNot:
      return made(site, bitNot(operand.value as number, site), reads);
    case UnaryOperator.Plus:
      return made(site, operand.value, reads);
    case UnaryOperator.Minus:
      return made(site, -(operand.value as number), reads);
  }
}
