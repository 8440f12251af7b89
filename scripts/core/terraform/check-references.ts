import { didYouMean } from '../suggest.ts';
import type { StackFinding } from './check-block.ts';
import { escapePointer, isObject } from './check-type.ts';
import type { ProviderSchemas } from './provider-schemas.ts';

/**
 * Finds expressions that name what is not there: a variable, a local value, a resource, or an attribute that its type
 * does not have. Only plain references such as `kind_cluster.cluster.endpoint` are understood; what looks different passes.
 */
export function checkReferences(stack: Record<string, unknown>, schemas: ProviderSchemas): StackFinding[] {
  const types = typesOf(schemas);
  return [...expressionsOf(stack)].flatMap(({ pointer, expression }) =>
    [...unknownNames(stack, expression), ...types.flatMap((type) => unknownResources(stack, type, expression))].map(
      (finding) => ({ pointer, ...finding }),
    ),
  );
}

type Unknown = Omit<StackFinding, 'pointer'>;

function unknownNames(stack: Record<string, unknown>, expression: string): Unknown[] {
  return [...expression.matchAll(/(?<![\w.-])(var|local)\.([A-Za-z_][\w-]*)/g)].flatMap(([whole, kind, name]) => {
    const known = Object.keys(step(stack, kind === 'var' ? 'variable' : 'locals'));
    return known.includes(name!) ? [] : [{ message: `${whole} is not there`, hint: didYouMean(name!, known) }];
  });
}

interface ResourceType {
  kind: 'data' | 'resource';
  type: string;
  /** What can be read of it. */
  has: string[];
  pattern: RegExp;
}

function typesOf(schemas: ProviderSchemas): ResourceType[] {
  return Object.values(schemas).flatMap((provider) =>
    (['data', 'resource'] as const).flatMap((kind) =>
      Object.entries(provider[kind]).map(([type, { attributes, block_types: blocks }]) => {
        const before = kind === 'data' ? 'data\\.' : '(?<!data\\.)(?<![\\w.-])';
        const pattern = `${before}${type}\\.([A-Za-z_][\\w-]*)(?:\\[[^\\]]*\\])?(?:\\.([A-Za-z_]\\w*))?`;
        const has = ['id', ...Object.keys(attributes ?? {}), ...Object.keys(blocks ?? {})].sort();
        return { kind, type, has, pattern: new RegExp(pattern, 'g') };
      }),
    ),
  );
}

function unknownResources(
  stack: Record<string, unknown>,
  { kind, type, has, pattern }: ResourceType,
  expression: string,
): Unknown[] {
  return [...expression.matchAll(pattern)].flatMap(([whole, name, attribute]): Unknown[] => {
    const known = Object.keys(step(step(stack, kind), type));
    if (!known.includes(name!)) return [{ message: `${whole} is not there`, hint: didYouMean(name!, known) }];
    if (attribute === undefined || has.includes(attribute)) return [];
    return [{ message: `${type} has no "${attribute}"`, hint: didYouMean(attribute, has) }];
  });
}

function step(value: Record<string, unknown>, key: string): Record<string, unknown> {
  const inner = value[key];
  return isObject(inner) ? inner : {};
}

/** The insides of all `${…}`; texts in them are left out, unless they are templates again. */
function* expressionsOf(value: unknown, pointer = ''): Generator<{ pointer: string; expression: string }> {
  if (typeof value === 'string') {
    for (const expression of insides(value)) yield { pointer, expression };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* expressionsOf(item, `${pointer}/${escapePointer(key)}`);
  }
}

function insides(text: string): string[] {
  const start = /(?<!\$)\$\{/.exec(text);
  if (start === null) return [];
  let depth = 1;
  let at = start.index + 2;
  for (; at < text.length && depth > 0; at++) depth += text[at] === '{' ? 1 : text[at] === '}' ? -1 : 0;
  const inside = text.slice(start.index + 2, at - 1);
  const bare = inside.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const nested = [...inside.matchAll(/"((?:[^"\\]|\\.)*)"/g)].flatMap(([, inner]) => insides(inner!));
  return [bare, ...nested, ...insides(text.slice(at))];
}
