import { didYouMean } from '../suggest.ts';
import type { StackFinding } from './check-block.ts';
import { escapePointer, isObject } from './check-type.ts';
import type { ProviderSchemas } from './provider-schemas.ts';

/**
 * Finds expressions that name what is not there: a variable, a local value, a resource, or an attribute that its type
 * does not have. Only plain references such as `kind_cluster.cluster.endpoint` are understood; what looks different passes.
 */
export function checkReferences(stack: Record<string, unknown>, schemas: ProviderSchemas): StackFinding[] {
  const named = (...path: string[]): string[] => Object.keys(path.reduce(step, stack));
  const found: StackFinding[] = [];
  for (const { pointer, expression } of expressionsOf(stack)) {
    for (const [whole, kind, name] of expression.matchAll(/(?<![\w.-])(var|local)\.([A-Za-z_][\w-]*)/g)) {
      const known = named(kind === 'var' ? 'variable' : 'locals');
      if (!known.includes(name!)) {
        found.push({ pointer, message: `${whole} is not there`, hint: didYouMean(name!, known) });
      }
    }
    for (const provider of Object.values(schemas)) {
      for (const kind of ['data', 'resource'] as const) {
        for (const [type, block] of Object.entries(provider[kind])) {
          const known = named(kind, type);
          const prefix = kind === 'data' ? 'data\\.' : '(?<!data\\.)(?<![\\w.-])';
          const pattern = new RegExp(
            `${prefix}${type}\\.([A-Za-z_][\\w-]*)(?:\\[[^\\]]*\\])?(?:\\.([A-Za-z_]\\w*))?`,
            'g',
          );
          for (const [whole, name, attribute] of expression.matchAll(pattern)) {
            if (!known.includes(name!)) {
              found.push({ pointer, message: `${whole} is not there`, hint: didYouMean(name!, known) });
              continue;
            }
            const has = [...Object.keys(block.attributes ?? {}), ...Object.keys(block.block_types ?? {})].sort();
            if (attribute !== undefined && !has.includes(attribute)) {
              found.push({ pointer, message: `${type} has no "${attribute}"`, hint: didYouMean(attribute, has) });
            }
          }
        }
      }
    }
  }
  return found;
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
