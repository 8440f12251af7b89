import { create } from 'jsondiffpatch';
import { looksLikeCredential } from '../rules/plaintext-secret.ts';
import { fieldsOf, isFields, pointer } from '../rules/values.ts';
import type { Manifest } from '../types.ts';
import type { FieldChange } from './types.ts';

/** What names an entry of a list in Kubernetes; entries without any of these are compared by position. */
function entryName(entry: unknown): string | undefined {
  const { mountPath, name, key, topologyKey } = fieldsOf(entry);
  return [mountPath, name, key, topologyKey].find((value) => typeof value === 'string');
}

/**
 * A copy with a mark before every key. jsondiffpatch reads keys through the prototype: one called `toString` or
 * `__proto__`, which a ConfigMap may well have, would meet Object's own.
 */
function marked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(marked);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [mark + key, marked(inner)]));
}

const mark = '.';

function entryHash(entry: unknown, index?: number): string {
  const fields = Object.entries(fieldsOf(entry)).map(([key, inner]) => [key.slice(mark.length), inner]);
  return entryName(Object.fromEntries(fields)) ?? `#${index}`;
}

const differ = create({
  objectHash: entryHash,
  arrays: { detectMove: true, includeValueOnMove: false },
  cloneDiffValues: false,
});

/** Every field in which two manifests differ, in the order of the new one. Values of Secrets and credentials are hidden. */
export function diffFields(before: Manifest, after: Manifest): FieldChange[] {
  const delta: unknown = differ.diff(marked(before), marked(after));
  if (delta === undefined) return [];
  const isSecret = (manifest: Manifest) => manifest.kind === 'Secret' && manifest.apiVersion === 'v1';
  const hides = isSecret(before) || isSecret(after) ? secretFields : [];
  return walk(delta, { before, after, steps: [], path: '' }).map((change) => hide(change, hides));
}

const secretFields = ['/data', '/stringData'];

interface Place {
  before: unknown;
  after: unknown;
  steps: (string | number)[];
  path: string;
}

// A delta of jsondiffpatch is [new], [old, new], [old, 0, 0], ['', index, 3] or nested; lists have `_t: 'a'` and keys
// `_3` for positions in the old list.
function walk(delta: unknown, place: Place): FieldChange[] {
  if (Array.isArray(delta)) return [leaf(delta, place)];
  const fields = fieldsOf(delta);
  return fields._t === 'a'
    ? walkList(fields, place)
    : Object.entries(fields).flatMap(([key, inner]) => walk(inner, step(place, key.slice(mark.length))));
}

function walkList(delta: Record<string, unknown>, { before, after, steps, path }: Place): FieldChange[] {
  const [old, now] = [before as unknown[], after as unknown[]];
  const entries = Object.entries(delta).filter(([key]) => key !== '_t');
  // Where a changed entry was before: found by name, as the differ has found it.
  const wasAt = (entry: unknown, index: number) => {
    const name = entryName(entry);
    return name === undefined ? old[index] : (old.find((one) => entryName(one) === name) ?? old[index]);
  };
  return entries.flatMap(([key, inner]) => {
    const isOld = key.startsWith('_');
    const index = Number(isOld ? key.slice(1) : key);
    const entry = isOld ? old[index] : now[index];
    const inside = `${path}[${entryName(entry) ?? index}]`;
    const at = { before: isOld ? entry : wasAt(entry, index), after: entry, steps: [...steps, index], path: inside };
    if (isOld && Array.isArray(inner) && inner[2] === 3) {
      const to = inner[1] as number;
      return [
        {
          change: 'moved',
          pointer: pointer(...steps, to),
          path: inside,
          before: index,
          after: to,
        } satisfies FieldChange,
      ];
    }
    return walk(inner, at);
  });
}

function leaf(delta: unknown[], { before, after, steps, path }: Place): FieldChange {
  const where = { pointer: pointer(...steps), path };
  if (delta.length === 1) return { change: 'added', ...where, after };
  if (delta.length === 2) return { change: 'changed', ...where, before, after };
  return { change: 'removed', ...where, before };
}

function step({ before, after, steps, path }: Place, key: string): Place {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key);
  const inside = isPlain ? (path === '' ? key : `${path}.${key}`) : `${path}[${JSON.stringify(key)}]`;
  return { before: own(before, key), after: own(after, key), steps: [...steps, key], path: inside };
}

function own(value: unknown, key: string): unknown {
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function hide(change: FieldChange, secret: string[]): FieldChange {
  const isSecret = secret.some((prefix) => change.pointer === prefix || change.pointer.startsWith(`${prefix}/`));
  if (!isSecret && !holdsCredential(change.before) && !holdsCredential(change.after)) return change;
  const { before: _, after: __, ...rest } = change;
  return { ...rest, hidden: true };
}

function holdsCredential(value: unknown): boolean {
  if (typeof value === 'string') return looksLikeCredential(value);
  if (Array.isArray(value)) return value.some(holdsCredential);
  return isFields(value) && Object.values(value).some(holdsCredential);
}
