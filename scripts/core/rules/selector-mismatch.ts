import { podTemplatesOf } from './pods.ts';
import type { PodTemplate } from './pods.ts';
import type { Finding, Rule } from './rule.ts';
import { hasLabels, isEmptySelector, selects } from './selector.ts';
import { at, fieldsOf, isFields } from './values.ts';
import type { Fields } from './values.ts';

const withSelector = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** Workloads whose selector does not select their own pods, or selects nothing in particular. */
export const selectorMismatch: Rule = {
  name: 'selector-mismatch',
  summary: 'The selector of a workload does not match the labels of its pod template.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      const { group, ref, manifest } = pod.subject;
      const selector = at(manifest, 'spec', 'selector');
      if (group === 'apps' && withSelector.includes(ref.kind)) yield* workloadFindings(pod, selector);
      // A ReplicationController may leave its selector out, and has a plain map otherwise.
      if (
        group === '' &&
        ref.kind === 'ReplicationController' &&
        isFields(selector) &&
        !hasLabels(pod.labels, selector)
      ) {
        yield {
          subject: pod.subject,
          message: mismatch(pod.labels, selector),
          hint: mendHint,
          pointer: '/spec/selector',
        };
      }
    }
  },
};

const mendHint =
  'give spec.template.metadata.labels every label of spec.selector; the selector itself can never be changed later';

function* workloadFindings({ subject, labels }: PodTemplate, selector: unknown): Generator<Finding> {
  // A missing or ill-typed selector is the schema's business.
  if (!isFields(selector)) return;
  if (isEmptySelector(selector)) {
    yield {
      subject,
      message: `the selector of a ${subject.ref.kind} must not be empty`,
      hint: 'set spec.selector.matchLabels',
      pointer: '/spec/selector',
    };
  } else if (!selects(selector, labels)) {
    yield {
      subject,
      message: mismatch(labels, fieldsOf(selector.matchLabels)),
      hint: mendHint,
      pointer: '/spec/selector',
    };
  }
}

function mismatch(labels: Fields, wanted: Fields): string {
  const missing = Object.entries(wanted)
    .filter(([key, value]) => labels[key] !== value)
    .map(([key, value]) =>
      labels[key] === undefined ? `${key}=${value} is missing` : `${key} is ${labels[key]}, not ${value}`,
    );
  const detail = missing.length === 0 ? '' : `: ${missing.join(', ')}`;
  return `the selector does not match the labels of the pod template${detail}`;
}
