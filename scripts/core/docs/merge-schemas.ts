import { isDeepStrictEqual } from 'node:util';
import { isFields, itemsOf } from '../rules/values.ts';

/**
 * A JSON Schema that takes what either of two take. The profiles differ in a few places, such as which parts of a program
 * have a size: objects get the properties of both, enums the values of both; what differs otherwise may be either.
 */
export function mergeSchemas(one: unknown, two: unknown): unknown {
  if (isDeepStrictEqual(one, two)) return one;
  if (!isFields(one) || !isFields(two)) return { anyOf: [one, two] };
  const { properties: left, required: requiredLeft, description, ...restLeft } = one;
  const { properties: right, required: requiredRight, description: _, ...restRight } = two;
  const isSameBut = isDeepStrictEqual(restLeft, restRight);
  if (isFields(left) && isFields(right) && isSameBut) {
    const required = itemsOf(requiredLeft).filter((name) => itemsOf(requiredRight).includes(name));
    return {
      ...restLeft,
      ...(description !== undefined && { description }),
      properties: mergeProperties(left, right),
      ...(requiredLeft !== undefined && { required }),
    };
  }
  if (Array.isArray(one.enum) && Array.isArray(two.enum))
    return { ...one, enum: [...new Set([...one.enum, ...two.enum])] };
  return { ...(description !== undefined && { description }), anyOf: [one, two] };
}

function mergeProperties(left: Record<string, unknown>, right: Record<string, unknown>): Record<string, unknown> {
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      name in left && name in right ? mergeSchemas(left[name], right[name]) : (left[name] ?? right[name]),
    ]),
  );
}
