import { didYouMean } from '../suggest.ts';
import { checkType, escapePointer, isObject } from './check-type.ts';
import type { Block, NestedBlock } from './provider-schemas.ts';

/** What is wrong in a stack. */
export interface StackFinding {
  /** JSON Pointer into main.tf.json. */
  pointer: string;
  message: string;
  hint?: string;
  severity?: 'warning';
}

/** Compares the body of a block with its schema. `others` are arguments that every block of its kind has. */
export function checkBlock(
  schema: Block,
  body: unknown,
  pointer: string,
  where: string,
  others: readonly string[] = [],
): StackFinding[] {
  if (!isObject(body)) return [{ pointer, message: `${where}: expected an object, found ${JSON.stringify(body)}` }];
  const { attributes = {}, block_types: blocks = {} } = schema;
  const found: StackFinding[] = [];
  for (const [name, value] of Object.entries(body)) {
    const at = `${pointer}/${escapePointer(name)}`;
    const [attribute, block] = [own(attributes, name), own(blocks, name)];
    if (attribute !== undefined) {
      if (!attribute.required && !attribute.optional && value !== null) {
        found.push({ pointer: at, message: `${where}: "${name}" is what the provider says, it cannot be set` });
      } else {
        const misfits = checkType(attribute.type, value);
        found.push(
          ...misfits.map((one) => ({ pointer: at + one.pointer, message: `${where}: "${name}": ${one.message}` })),
        );
      }
    } else if (block !== undefined) found.push(...checkNested(block, name, value, at, where));
    else if (!others.includes(name) && name !== '//' && name !== 'dynamic') {
      const settable = [
        ...Object.keys(attributes).filter((key) => isSettable(attributes[key]!)),
        ...Object.keys(blocks),
      ];
      const hint = didYouMean(name, [...settable, ...others].sort());
      found.push({ pointer: at, message: `${where}: unknown argument "${name}"`, hint });
    }
  }
  return [...found, ...missing(schema, body, pointer, where)];
}

function isSettable({ required, optional }: { required?: boolean; optional?: boolean }): boolean {
  return required === true || optional === true;
}

/** A block is written as an object, or as a list of them. */
function checkNested(
  { block, min_items: least = 0, max_items: most, nesting_mode: mode }: NestedBlock,
  name: string,
  value: unknown,
  pointer: string,
  where: string,
): StackFinding[] {
  const inner = `${where}.${name}`;
  const bodies = Array.isArray(value)
    ? value.map((body, index) => [body, `${pointer}/${index}`] as const)
    : [[value, pointer] as const];
  const limit = mode === 'single' || mode === 'group' ? 1 : (most ?? Infinity);
  const found: StackFinding[] = [];
  if (bodies.length < least || bodies.length > limit) {
    const allowed = bodies.length < least ? `at least ${least}` : `at most ${limit}`;
    found.push({ pointer, message: `${inner}: there are ${bodies.length} blocks, and there may be ${allowed}` });
  }
  return [...found, ...bodies.flatMap(([body, at]) => checkBlock(block, body, at, inner))];
}

function missing(
  { attributes = {}, block_types: blocks = {} }: Block,
  body: Record<string, unknown>,
  pointer: string,
  where: string,
): StackFinding[] {
  const wanted = [
    ...Object.entries(attributes).flatMap(([name, { required }]) => (required ? [name] : [])),
    ...Object.entries(blocks).flatMap(([name, { min_items: least = 0 }]) => (least > 0 ? [name] : [])),
  ];
  const dynamic = isObject(body['dynamic']) ? body['dynamic'] : {};
  return wanted
    .filter((name) => (body[name] ?? null) === null && !Object.hasOwn(dynamic, name))
    .map((name) => ({ pointer, message: `${where}: lacks "${name}"`, hint: `set ${name}` }));
}

function own<T>(object: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
