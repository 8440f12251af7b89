import type { Finding, Rule, Subject } from './rule.ts';
import { at, fieldsOf } from './values.ts';

/** All annotations of an object together, keys and values: TotalAnnotationSizeLimitB of k8s.io/apimachinery. */
const annotationsLimit = 262_144;
/** All values of a ConfigMap or Secret together: MaxSecretSize of k8s.io/api. */
const dataLimit = 1_048_576;
/** One request to etcd: its default for --max-request-bytes. */
const requestLimit = 1_572_864;

/** Objects too large for the API server or for etcd behind it. Sizes in bytes. */
export const sizeLimit: Rule = {
  name: 'size-limit',
  summary: 'An object, its annotations or its data are larger than the API server or etcd accept.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      yield* annotationFindings(subject);
      yield* dataFindings(subject);
      const size = jsonSize(subject.manifest);
      if (size > requestLimit) {
        yield {
          subject,
          message: `the object is ${size} bytes of JSON; etcd takes ${requestLimit} in one request`,
          hint: 'split it into several objects',
        };
      }
    }
  },
};

function* annotationFindings(subject: Subject): Generator<Finding> {
  const annotations = fieldsOf(at(subject.manifest, 'metadata', 'annotations'));
  let size = 0;
  for (const [key, value] of Object.entries(annotations)) size += byteLength(key) + byteLength(value);
  if (size <= annotationsLimit) return;
  yield {
    subject,
    message: `the annotations are ${size} bytes; the API server takes ${annotationsLimit}`,
    hint: 'keep large values in a ConfigMap',
    pointer: '/metadata/annotations',
  };
}

function* dataFindings(subject: Subject): Generator<Finding> {
  const { group, ref, manifest } = subject;
  if (group !== '' || (ref.kind !== 'ConfigMap' && ref.kind !== 'Secret')) return;
  const decodedSize = (value: unknown) =>
    typeof value === 'string' ? Math.floor((value.replace(/=+$/, '').length * 3) / 4) : 0;
  const plain = fieldsOf(ref.kind === 'Secret' ? manifest.stringData : manifest.data);
  const encoded = fieldsOf(ref.kind === 'Secret' ? manifest.data : manifest.binaryData);
  let size = 0;
  for (const value of Object.values(plain)) size += byteLength(value);
  // stringData overwrites data of the same key.
  for (const [key, value] of Object.entries(encoded)) size += key in plain ? 0 : decodedSize(value);
  if (size <= dataLimit) return;
  yield {
    subject,
    message: `the values of the ${ref.kind} are ${size} bytes; the API server takes ${dataLimit}`,
    hint: `split it into several, or let the program fetch large files itself`,
    pointer: '/data',
  };
}

/** Length of an object as compact JSON in bytes; 0 means: surely far below every limit. */
export function jsonSize(value: unknown): number {
  return roughlyBelow(value, 40_000) ? 0 : Buffer.byteLength(JSON.stringify(value));
}

/**
 * Whether keys and strings stay within `budget` characters: cheap, and true for nearly every object. A character is at
 * most 6 bytes of JSON, so a budget of 40 000 stays below the smallest limit.
 */
function roughlyBelow(value: unknown, budget: number): boolean {
  return spend(value, budget) > 0;
}

/** What is left of the budget; deeper values are not looked at once it is spent. */
function spend(value: unknown, budget: number): number {
  if (typeof value === 'string') return budget - value.length - 2;
  let left = budget - 10;
  if (typeof value !== 'object' || value === null) return left;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length && left > 0; i++) left = spend(value[i], left);
    return left;
  }
  for (const key in value) {
    if (left <= 0) return left;
    left = spend((value as Record<string, unknown>)[key], left - key.length - 4);
  }
  return left;
}

function byteLength(value: unknown): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : 0;
}
