import { sha256 } from './cache.ts';
import type { Manifest } from './types.ts';

/** The longest file name that common file systems take, minus room for an extension. */
const longestName = 240;

/**
 * The file name of each manifest of one app, without extension: `<kind>-<name>` in lower case. Where two manifests would
 * share a file, both get their namespace, `<kind>-<name>.<namespace>`; where that isn't enough the API group as well, and
 * for two of one identity (which is an error, but not the writer's) a number.
 */
export function fileNames(manifests: readonly Manifest[]): string[] {
  const levels: ((manifest: Manifest) => string)[] = [
    ({ kind, metadata }) => `${kind}-${metadata.name}`,
    ({ metadata }) => (metadata.namespace ? `.${metadata.namespace}` : ''),
    ({ apiVersion }) => (apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : ''),
  ];
  let names = manifests.map(() => '');
  let shared = new Set(['']);
  for (const level of levels) {
    names = names.map((name, index) => (shared.has(name) ? safe(name + level(manifests[index] as Manifest)) : name));
    shared = duplicates(names);
    if (shared.size === 0) return names;
  }
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let number = 2;
    while (taken.has(`${name}.${number}`)) number++;
    taken.add(`${name}.${number}`);
    return `${name}.${number}`;
  });
}

/** Lower case, because some file systems don't tell the cases apart; never a path, however the manifest is called. */
function safe(name: string): string {
  const text = name
    .toLowerCase()
    .replace(/[^a-z0-9._:@+=-]/g, (character) => encodeURIComponent(character).toLowerCase());
  if (text.length <= longestName) return text;
  return `${text.slice(0, longestName - 17)}.${sha256(name).slice(0, 16)}`;
}

function duplicates(names: readonly string[]): Set<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}
