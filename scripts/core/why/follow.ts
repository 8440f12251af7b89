// The way from a manifest to a value in it.
import type { Site } from '../../jsonnet/engine/errors.ts';
import { child, effectOf, makerOf, type Found } from '../../jsonnet/provenance/explain.ts';
import { isTracedObject, type Traced } from '../../jsonnet/provenance/value.ts';

/** The values on the way, the manifest first; shorter than the pointer where there is nothing. */
export function follow(manifest: Traced, tokens: readonly string[]): Found[] {
  const path: Found[] = [{ traced: manifest, field: undefined }];
  for (const token of tokens) {
    const next = child(path.at(-1)!.traced, token);
    if (next === undefined) break;
    path.push(next);
  }
  return path;
}

/** What is written where a value is set: a field, an element, the literals of a manifest. The last word first. */
export function settersOf({ traced, field }: Found): [Site, ...Site[]] {
  const sites =
    field !== undefined
      ? effectOf(field.definitions).effective.map(({ definition }) => definition.site)
      : layersOf(traced);
  const [first = makerOf(traced.origin), ...others] = sites;
  return [first, ...others];
}

/** The literals that an object was added up from, the last one first. */
export function layersOf({ value }: Traced): Site[] {
  return isTracedObject(value) ? value.layers.map(({ site }) => site).toReversed() : [];
}

/** Whether one range lies in another of the same file. */
export function isInside(inner: Site, outer: Site): boolean {
  return inner.unit === outer.unit && inner.start >= outer.start && inner.end <= outer.end;
}
