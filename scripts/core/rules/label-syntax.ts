import { podTemplatesOf } from './pods.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { labelValue, memoized, qualifiedName } from './syntax.ts';
import { at, fieldsOf, pointer } from './values.ts';

/** Keys and values of labels, and keys of annotations, on objects, pod templates and the selectors of workloads. */
export const labelSyntax: Rule = {
  name: 'label-syntax',
  summary: 'A label or an annotation has a key or value that the API server refuses.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) yield* metadataFindings(subject, []);
    for (const pod of podTemplatesOf(scope)) {
      if (pod.at.length > 0) yield* metadataFindings(pod.subject, pod.at);
      yield* labelFindings(pod.subject, ['spec', 'selector', 'matchLabels']);
    }
  },
};

/** A repository has few keys and writes them thousands of times. */
const wrongKeys = memoized(qualifiedName);

function* metadataFindings(subject: Subject, steps: string[]): Generator<Finding> {
  yield* labelFindings(subject, [...steps, 'metadata', 'labels']);
  const annotations = [...steps, 'metadata', 'annotations'];
  for (const key of Object.keys(fieldsOf(at(subject.manifest, ...annotations)))) {
    // Unlike labels, annotations may have capitals in the prefix.
    const wrong = wrongKeys(key.toLowerCase());
    if (wrong !== undefined)
      yield { subject, message: `the annotation key "${key}" ${wrong}`, pointer: pointer(...annotations, key) };
  }
}

function* labelFindings(subject: Subject, steps: string[]): Generator<Finding> {
  for (const [key, value] of Object.entries(fieldsOf(at(subject.manifest, ...steps)))) {
    const wrongKey = wrongKeys(key);
    if (wrongKey !== undefined)
      yield { subject, message: `the label key "${key}" ${wrongKey}`, pointer: pointer(...steps, key) };
    const wrongValue = typeof value === 'string' ? labelValue(value) : undefined;
    if (wrongValue !== undefined) {
      yield {
        subject,
        message: `the value "${value}" of the label "${key}" ${wrongValue}`,
        hint: 'what needs more than a label can hold belongs into an annotation',
        pointer: pointer(...steps, key),
      };
    }
  }
}
