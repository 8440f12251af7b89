// Variants of our own manifests, each wrong or merely different in one place, for the offline checks and the API server.
import type { RenderedApp } from '../../../scripts/core/render-apps.ts';
import type { Manifest } from '../../../scripts/core/types.ts';

export interface Variant {
  /** What is wrong with it, or different. */
  name: string;
  kind: string;
  /** Path of the place, its parts joined by `/`; numbers are indexes, `-` appends to a list. */
  path: string;
  /** What stands there instead, from what stood there; undefined removes it. */
  value: (before: unknown, manifest: Manifest) => unknown;
}

/** One variant made from a rendered manifest. */
export interface MadeVariant {
  variant: Variant;
  app: string;
  original: Manifest;
  manifest: Manifest;
}

/** `variant(kind, name, path, value)`, where a value that isn't a function is put there as it is. */
export function variant(kind: string, name: string, path: string, value?: unknown): Variant {
  return { kind, name, path, value: typeof value === 'function' ? (value as Variant['value']) : () => value };
}

/** Makes a variant from the first rendered manifest that has the place; undefined when none has. */
export function makeVariant(one: Variant, apps: readonly RenderedApp[]): MadeVariant | undefined {
  for (const { app, manifests } of apps) {
    for (const original of manifests) {
      if (original.kind !== one.kind) continue;
      const manifest = structuredClone(original);
      if (change(manifest, one)) return { variant: one, app, original, manifest };
    }
  }
  return undefined;
}

function change(manifest: Manifest, { path, value }: Variant): boolean {
  const parts = path.split('/');
  const last = parts.pop()!;
  let holder: unknown = manifest;
  for (const part of parts) holder = (holder as Record<string, unknown> | undefined)?.[part];
  if (Array.isArray(holder)) {
    if (last === '-') return holder.push(value(holder.at(-1), manifest)) > 0;
    const index = Number(last);
    if (index >= holder.length) return false;
    const now = value(holder[index], manifest);
    holder.splice(index, 1, ...(now === undefined ? [] : [now]));
    return true;
  }
  if (typeof holder !== 'object' || holder === null) return false;
  const object = holder as Record<string, unknown>;
  const now = value(object[last], manifest);
  if (now === undefined) return last in object && delete object[last];
  object[last] = now;
  return true;
}
