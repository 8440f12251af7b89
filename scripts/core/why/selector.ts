// What `why` is asked about: `<Kind>/<name>[.<namespace>][#<JSON Pointer>]`.
import { UsageError } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import type { ManifestRef } from '../types.ts';

export interface Selector {
  kind: string;
  /** The name, perhaps with the namespace behind a dot; names may have dots themselves. */
  name: string;
  /** JSON Pointer (RFC 6901); empty for the manifest as a whole. */
  pointer: string;
}

export function parseSelector(text: string): Selector {
  const hash = text.indexOf('#');
  const manifest = hash === -1 ? text : text.slice(0, hash);
  const pointer = hash === -1 ? '' : text.slice(hash + 1);
  const slash = manifest.indexOf('/');
  if (slash < 1 || slash === manifest.length - 1) {
    throw new UsageError(
      `"${text}" names no manifest: write <Kind>/<name>[.<namespace>], such as Deployment/contour#/spec/replicas`,
    );
  }
  if (pointer !== '' && !pointer.startsWith('/')) {
    throw new UsageError(`"#${pointer}" is no JSON Pointer: it begins with "/", as in #/${pointer}`);
  }
  return { kind: manifest.slice(0, slash), name: manifest.slice(slash + 1), pointer };
}

/** The selector's name of a manifest, with its namespace. */
export function selectorOf({ kind, name, namespace }: ManifestRef): string {
  return `${kind}/${name}${namespace === undefined ? '' : `.${namespace}`}`;
}

/** The manifest that a selector names. An unknown or ambiguous one is a usage error with the way out. */
export function select<T extends { ref: ManifestRef }>(manifests: readonly T[], { kind, name }: Selector): T {
  const ofKind = manifests.filter(({ ref }) => ref.kind === kind);
  if (ofKind.length === 0) {
    const kinds = [...new Set(manifests.map(({ ref }) => ref.kind))].sort();
    throw new UsageError(`no manifest of kind "${kind}": ${didYouMean(kind, kinds)}`);
  }
  const exact = ofKind.filter(({ ref }) => selectorOf(ref) === `${kind}/${name}`);
  const found = exact.length > 0 ? exact : ofKind.filter(({ ref }) => ref.name === name);
  const [first, ...others] = found;
  if (first === undefined) {
    const names = ofKind.map(({ ref }) => (name.includes('.') ? selectorOf(ref).slice(kind.length + 1) : ref.name));
    throw new UsageError(`no ${kind} called "${name}": ${didYouMean(name, [...new Set(names)].sort())}`);
  }
  if (others.length > 0) {
    const choices = found.map(({ ref }) => selectorOf(ref)).join(', ');
    throw new UsageError(`"${kind}/${name}" is more than one manifest: ${choices}`);
  }
  return first;
}
