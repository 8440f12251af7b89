import { Kind } from '../../../scripts/jsonnet/syntax/ast.ts';

/** A tree without its places and without parentheses. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (value === null || typeof value !== 'object') return value;
  if ('kind' in value && 'inner' in value && value.kind === Kind.Parens) return bare(value.inner);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, of]) => key !== 'start' && key !== 'end' && key !== 'nameStart' && of !== undefined)
      .map(([key, of]) => [key, bare(of)]),
  );
}
