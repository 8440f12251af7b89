// Explains one value of a manifest: where it was set, what that replaced, through which expressions it came, and which
// settings it depends on.
import type { Site } from '../../jsonnet/engine/errors.ts';
import { child, childrenOf, effectOf, replacedValue, stepsOf, type Found } from '../../jsonnet/provenance/explain.ts';
import { dataOf } from '../../jsonnet/provenance/trace.ts';
import { type Origin, type Traced } from '../../jsonnet/provenance/value.ts';
import { codeFrame } from '../../jsonnet/syntax/code-frame.ts';
import { UsageError } from '../errors.ts';
import { pointerChild, pointerSegments } from '../schemas/explain/json-pointer.ts';
import { nearest } from '../suggest.ts';
import { placeOf, type Place, type TracedManifest } from './app.ts';
import { follow, settersOf } from './follow.ts';
import { settingsReadBy, type SettingRead } from './settings.ts';

/** A place with what stands there. */
export interface Quoted extends Place {
  /** The first line of the expression. */
  text: string;
}

export interface Explanation {
  value: unknown;
  /** What sets the value: a field as it is written, or an element; more than one where `+:` adds up. The last word first. */
  setBy: Quoted[];
  /** The code around the first of them. */
  frame: string;
  /** Definitions of the same field that others replace, with the value that they would give. */
  overrides: (Quoted & { value: unknown })[];
  /** The expressions that handed the value on, ending in the one that made it. */
  chain: Quoted[];
  /** Of a value that was computed: the expressions that made what it was computed from. */
  madeOf: Quoted[];
  settings: SettingRead[];
  /** Of an object or an array: where each field and element is set. */
  fields: { pointer: string; value: unknown; setBy: Place }[];
}

/** Explains the value at a JSON Pointer. An unknown pointer is a usage error that names the nearest field. */
export function explain({ traced: manifest }: TracedManifest, pointer: string): Explanation {
  const path = followAll(manifest, pointerSegments(pointer));
  const { traced } = path.at(-1)!;
  const { value, origin } = traced;
  const sites = settersOf(path.at(-1)!);
  return {
    value: dataOf(traced),
    setBy: sites.map(quote),
    frame: frameOf(sites[0]),
    overrides: overridesOf(path, pointerSegments(pointer)),
    chain: distinct(stepsOf(origin)),
    madeOf: ingredientsOf(origin).map(quote),
    settings: settingsReadBy([origin]),
    fields:
      typeof value !== 'object' || value === null
        ? []
        : childrenOf(traced).map((name) => {
            const inner = child(traced, name)!;
            return {
              pointer: pointerChild(pointer, name),
              value: shortValue(inner.traced),
              setBy: placeOf(settersOf(inner)[0]),
            };
          }),
  };
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
function overridesOf(path: readonly Found[], tokens: readonly string[]): Explanation['overrides'] {
  return path.flatMap(({ field }, depth) => {
    if (field === undefined) return [];
    return effectOf(field.definitions).replaced.flatMap((defined) => {
      let found: Found | undefined;
      const traced = replacedValue(field.object, defined);
      found = traced && { traced, field: { object: field.object, definitions: [defined] } };
      for (const token of tokens.slice(depth)) found = found && child(found.traced, token);
      if (found === undefined) {
        return depth === tokens.length ? [{ ...quote(defined.definition.site), value: undefined }] : [];
      }
      return [{ ...quote(settersOf(found)[0]), value: shortValue(found.traced) }];
    });
  });
}

/** Steps on one line are told once, by the last: what made the value says more than what handed it on. */
function distinct(steps: readonly Origin[]): Quoted[] {
  const quoted = steps.map(({ site }) => quote(site));
  return quoted.filter(({ file, line }, index) => {
    const next = quoted[index + 1];
    return next === undefined || next.file !== file || next.line !== line;
  });
}

/** A value as data; objects and arrays only by their size. */
function shortValue(traced: Traced): unknown {
  const { value } = traced;
  return typeof value === 'object' && value !== null ? undefined : value;
}

function quote(site: Site): Quoted {
  const { unit, start, end } = site;
  const [text = ''] = unit.source.slice(start, end).split('\n');
  return { ...placeOf(site), text };
}

export function frameOf({ unit, start, end }: Site): string {
  return codeFrame(unit.source, start, end);
}
