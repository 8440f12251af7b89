// One app of an environment, traced: its manifests with the origins of everything in them.
import type { Site } from '../../jsonnet/engine/errors.ts';
import { makeUnitCache } from '../../jsonnet/engine/run.ts';
import { child } from '../../jsonnet/provenance/explain.ts';
import { trace } from '../../jsonnet/provenance/trace.ts';
import { force, isTracedArray, type Traced } from '../../jsonnet/provenance/value.ts';
import { repositoryHost } from '../engine-typescript-host.ts';
import { folderOf, libraryPath } from '../graph.ts';
import type { Environment, ManifestRef } from '../types.ts';

/** A range in a source file. Paths are relative to the repository, lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

export interface TracedManifest {
  ref: ManifestRef;
  traced: Traced;
}

export interface TracedApp {
  /** What `main.jsonnet` returns. */
  root: Traced;
  manifests: TracedManifest[];
  /** Runs what looks at the values. */
  within: <T>(look: () => T) => T;
}

/** Parsed files of all apps. */
const cache = makeUnitCache();

/**
 * Traces an app that has been evaluated without an error. `check` is called every few thousand steps; what it throws ends
 * the evaluation.
 */
export function traceApp(environment: Environment, app: string, check?: () => void): TracedApp {
  const file = `${folderOf(environment)}/(rekindle)`;
  const source = `(import 'main.jsonnet')(${JSON.stringify(app)})`;
  const host = repositoryHost(environment.root, libraryPath(environment));
  const { root, within } = trace(file, file, source, { host, cache, check });
  const manifests = within(() =>
    objectsOf(root).flatMap((traced) => {
      const ref = identityOf(traced);
      return ref === undefined ? [] : [{ ref, traced }];
    }),
  );
  return { root, manifests, within };
}

/** The elements of the array that an app returns, Lists unrolled. */
function objectsOf(root: Traced): Traced[] {
  const elements = isTracedArray(root.value) ? root.value.items.map(force) : [root];
  return elements.flatMap((element) => {
    const items = child(element, 'items')?.traced.value;
    return items !== undefined && isTracedArray(items) ? items.items.map(force) : [element];
  });
}

function identityOf(traced: Traced): ManifestRef | undefined {
  const metadata = child(traced, 'metadata')?.traced;
  const [apiVersion, kind] = ['apiVersion', 'kind'].map((field) => textOf(child(traced, field)?.traced));
  const [name, namespace] = ['name', 'namespace'].map((field) => textOf(metadata && child(metadata, field)?.traced));
  if (apiVersion === undefined || kind === undefined || name === undefined) return undefined;
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

function textOf(traced: Traced | undefined): string | undefined {
  return typeof traced?.value === 'string' ? traced.value : undefined;
}

export function placeOf({ unit, start }: Site): Place {
  return { file: unit.name, ...unit.positionAt(start) };
}

export function isSame(a: ManifestRef, b: ManifestRef): boolean {
  return a.apiVersion === b.apiVersion && a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}
