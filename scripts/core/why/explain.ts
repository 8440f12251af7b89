// Explains one value of a manifest: where it was set, what that replaced, through which expressions it came, and which
// settings it depends on.
import type { Site } from '../../jsonnet/engine/errors.ts';
import {
  child,
  childrenOf,
  effectOf,
  ingredientsOf,
  replacedValue,
  stepsOf,
  type Found,
} from '../../jsonnet/provenance/explain.ts';
import { reasonsOf } from '../../jsonnet/provenance/object.ts';
import type { Origin, Traced } from '../../jsonnet/provenance/value.ts';
import { codeFrame } from '../../jsonnet/syntax/code-frame.ts';
import { UsageError } from '../errors.ts';
import { pointerChild, pointerSegments } from '../schemas/explain/json-pointer.ts';
import { nearest } from '../suggest.ts';
import type { ManifestRef } from '../types.ts';
import { placeOf, type Place, type TracedManifest } from './app.ts';
import { hidesCode, hidesValue } from './confidential.ts';
import { follow, settersOf } from './follow.ts';
import { settingsReadBy, type SettingRead } from './settings.ts';

/** A place with what stands there. */
export interface Quoted extends Place {
  /** The expression, or the line in which one begins that has several. */
  text: string;
}

export interface Explanation {
  /** Absent for objects and arrays, which have `fields`, and for secrets. */
  value?: unknown;
  /** What sets the value: a field as it is written, or an element; more than one where `+:` adds up. The last word first. */
  setBy: Quoted[];
  /** The code around the first of them. */
  frame: string;
  /** What was set at the same place and is replaced. */
  overrides: Quoted[];
  /** The expressions that handed the value on, ending in the one that made it. */
  chain: Quoted[];
  /** Of a value that was computed: the expressions that made what it was computed from. */
  madeOf: Quoted[];
  settings: SettingRead[];
  /** Of an object or an array: where each field and element is set. */
  fields: { pointer: string; value?: unknown; setBy: Place }[];
}

/** Explains the value at a JSON Pointer. An unknown pointer is a usage error that names the nearest field. */
export function explain({ ref, traced: manifest }: TracedManifest, pointer: string): Explanation {
  const tokens = pointerSegments(pointer);
  const path = followAll(manifest, tokens);
  const target = path.at(-1)!;
  const { origin } = target.traced;
  const sites = settersOf(target);
  const isHidden = hidesCode(ref, target.traced.value);
  const quoteHere = isHidden ? placeOnly : quote;
  const parts: Pick<Explanation, 'chain' | 'madeOf' | 'settings' | 'fields'> = isLeaf(target.traced)
    ? {
        chain: distinct(stepsOf(origin)).map(quoteHere),
        madeOf: ingredientsOf(origin).map(quoteHere),
        settings: settingsReadBy([origin, ...reasonsFor(path, tokens)]),
        fields: [],
      }
    : { chain: [], madeOf: [], settings: [], fields: fieldsOf(target.traced, ref, pointer) };
  return {
    ...leafValue(target.traced, ref, pointer),
    setBy: sites.map(quoteHere),
    frame: isHidden ? '' : frameOf(sites[0]),
    overrides: overridesOf(path, tokens, quoteHere),
    ...parts,
  };
}

/** What decided that the fields on the way are there. */
function reasonsFor(path: readonly Found[], tokens: readonly string[]): Origin[] {
  return path.flatMap(({ field }, depth) => (field === undefined ? [] : reasonsOf(field.object, tokens[depth - 1]!)));
}

function fieldsOf(traced: Traced, ref: ManifestRef, pointer: string): Explanation['fields'] {
  return childrenOf(traced).map((name) => {
    const inner = child(traced, name)!;
    const at = pointerChild(pointer, name);
    return { pointer: at, ...leafValue(inner.traced, ref, at), setBy: placeOf(settersOf(inner)[0]) };
  });
}

function leafValue(traced: Traced, ref: ManifestRef, pointer: string): { value?: unknown } {
  return isLeaf(traced) && !hidesValue(ref, pointer, traced.value) ? { value: traced.value } : {};
}

/** The values on the way to a pointer, the manifest first. */
function followAll(manifest: Traced, tokens: readonly string[]): Found[] {
  const path = follow(manifest, tokens);
  const missing = tokens[path.length - 1];
  if (missing === undefined) return path;
  const reached = tokens.slice(0, path.length - 1).reduce(pointerChild, '');
  throw new UsageError(nothingAt(reached, missing, childrenOf(path.at(-1)!.traced)));
}

function nothingAt(reached: string, token: string, names: readonly string[]): string {
  const near = nearest(token, names);
  const where = `there is nothing at "${pointerChild(reached, token)}"`;
  if (near !== undefined) return `${where}: did you mean "${pointerChild(reached, near)}"?`;
  if (names.length === 0) return `${where}: "${reached}" has neither fields nor elements`;
  return `${where}; ${reached === '' ? 'the manifest' : `"${reached}"`} has ${names.join(', ')}`;
}

/** What the definitions on the way to the value replaced, as far as they had something at the pointer. */
function overridesOf(path: readonly Found[], tokens: readonly string[], quoteHere: Quote): Quoted[] {
  return path.flatMap(({ field }, depth) => {
    if (field === undefined) return [];
    return effectOf(field.definitions).replaced.flatMap((defined) => {
      if (depth === tokens.length) return [quoteHere(defined.definition.site)];
      const traced = replacedValue(field.object, defined);
      const rest = tokens.slice(depth);
      const inside = traced === undefined ? [] : follow(traced, rest);
      return inside.length > rest.length ? [quoteHere(settersOf(inside.at(-1)!)[0])] : [];
    });
  });
}

/** Steps on one line are told once, by the last: what made the value says more than what handed it on. */
function distinct(steps: readonly Origin[]): Site[] {
  return steps.flatMap(({ site }, index) => {
    const next = steps[index + 1]?.site;
    return next !== undefined && isSameLine(site, next) ? [] : [site];
  });
}

function isSameLine(a: Site, b: Site): boolean {
  return a.unit === b.unit && placeOf(a).line === placeOf(b).line;
}

function isLeaf({ value }: Traced): boolean {
  return typeof value !== 'object' || value === null;
}

type Quote = (site: Site) => Quoted;

function quote(site: Site): Quoted {
  const { unit, start, end } = site;
  const place = placeOf(site);
  const text = unit.source.slice(start, end);
  // Of an expression over several lines the first says less than the line that it stands in.
  const line = unit.source.slice(start - place.column + 1).split('\n', 1)[0]!;
  return { ...place, text: text.includes('\n') ? line.trim() : text };
}

function placeOnly(site: Site): Quoted {
  return { ...placeOf(site), text: '' };
}

function frameOf({ unit, start, end }: Site): string {
  return codeFrame(unit.source, start, end);
}
