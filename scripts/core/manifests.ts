import type { Diagnostic, Manifest } from './types.ts';

export interface ManifestsResult {
  manifests: Manifest[];
  /** Findings of the rule `argo-shape`, with a JSON Pointer into the value; the caller adds environment and app. */
  diagnostics: Diagnostic[];
}

/**
 * Turns the value of an app into manifests as Argo CD does with the result of a `.jsonnet` file: one array of objects or
 * one object with a kind; a `List` is unrolled, a null element dropped. Everything else Argo CD refuses, or would drop
 * half of: nested arrays, maps of named objects, objects without apiVersion, kind or name.
 */
export function manifestsOf(value: unknown): ManifestsResult {
  const result: ManifestsResult = { manifests: [], diagnostics: [] };
  if (Array.isArray(value)) {
    value.forEach((element, index) => element !== null && addObject(result, element, `/${index}`));
  } else if (isObject(value) && !('kind' in value) && Object.values(value).some(looksLikeManifest)) {
    refuse(result, '', 'a map of named objects', 'return the array std.objectValues(…) of it');
  } else {
    addObject(result, value, '');
  }
  return result;
}

function addObject(result: ManifestsResult, value: unknown, pointer: string): void {
  if (Array.isArray(value)) {
    refuse(result, pointer, 'an array inside the array', 'join the arrays with + or std.flattenArrays');
  } else if (!isObject(value)) {
    refuse(result, pointer, `${describe(value)} instead of an object`, 'return an array of Kubernetes objects');
  } else if (isList(value)) {
    (value.items as unknown[] | null)?.forEach((item, index) => addItem(result, item, `${pointer}/items/${index}`));
  } else {
    addManifest(result, value, pointer);
  }
}

function addItem(result: ManifestsResult, item: unknown, pointer: string): void {
  if (isObject(item) && !isList(item)) addManifest(result, item, pointer);
  else
    refuse(
      result,
      pointer,
      `${isObject(item) ? 'a List' : describe(item)} inside a List`,
      'put the objects into one array',
    );
}

function addManifest(result: ManifestsResult, value: Record<string, unknown>, pointer: string): void {
  const metadata = isObject(value.metadata) ? value.metadata : {};
  const missing = [
    ['/apiVersion', value.apiVersion],
    ['/kind', value.kind],
    ['/metadata/name', metadata.name],
  ].filter(([, text]) => typeof text !== 'string' || text === '');
  for (const [field] of missing) {
    refuse(
      result,
      `${pointer}${field}`,
      `an object without ${field}`,
      'every object needs apiVersion, kind and metadata.name',
    );
  }
  if (missing.length === 0) result.manifests.push(value as Manifest);
}

/** As Argo CD's unstructured objects define it: whatever has a field `items` that is an array or null. */
function isList(value: Record<string, unknown>): boolean {
  return Array.isArray(value.items) || value.items === null;
}

function looksLikeManifest(value: unknown): boolean {
  return (
    isObject(value) &&
    ('kind' in value ||
      'apiVersion' in value ||
      Object.values(value).some((inner) => isObject(inner) && 'kind' in inner))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

function refuse(result: ManifestsResult, pointer: string, what: string, hint: string): void {
  result.diagnostics.push({
    rule: 'argo-shape',
    severity: 'error',
    message: `Argo CD refuses ${what}${pointer === '' ? '' : ` at ${pointer}`}`,
    hint,
    pointer,
  });
}
