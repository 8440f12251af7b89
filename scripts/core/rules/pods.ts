import type { Scope, Subject } from './rule.ts';
import { at, fieldsOf, itemsOf } from './values.ts';
import type { Fields } from './values.ts';

/** A pod, or the template from which a workload makes its pods. */
export interface PodTemplate {
  subject: Subject;
  /** Steps from the manifest's root to what holds `metadata` and `spec` of the pod. */
  at: string[];
  labels: Fields;
  spec: Fields;
}

/** A container of a pod, with the steps from the manifest's root to it. */
export interface Container {
  at: (string | number)[];
  fields: Fields;
}

/** Where each kind keeps its pod template. */
const templates: Record<string, string[]> = {
  '/Pod': [],
  '/PodTemplate': ['template'],
  '/ReplicationController': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
  'batch/Job': ['spec', 'template'],
};

const cache = new WeakMap<Scope, PodTemplate[]>();

/** The pod templates of every built-in workload among the subjects. */
export function podTemplatesOf(scope: Scope): PodTemplate[] {
  let found = cache.get(scope);
  if (found === undefined) {
    found = scope.subjects.flatMap((subject) => podTemplateOf(subject) ?? []);
    cache.set(scope, found);
  }
  return found;
}

function podTemplateOf(subject: Subject): PodTemplate | undefined {
  const steps = templates[`${subject.group}/${subject.ref.kind}`];
  if (steps === undefined) return undefined;
  const template = at(subject.manifest, ...steps);
  return {
    subject,
    at: steps,
    labels: fieldsOf(at(template, 'metadata', 'labels')),
    spec: fieldsOf(at(template, 'spec')),
  };
}

const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

const containers = new WeakMap<PodTemplate, Container[]>();

/** Every container of a pod, of all three lists. */
export function containersOf(pod: PodTemplate): Container[] {
  let found = containers.get(pod);
  if (found === undefined) {
    found = lists.flatMap((list) =>
      itemsOf(pod.spec[list]).map((container, i) => ({
        at: [...pod.at, 'spec', list, i],
        fields: fieldsOf(container),
      })),
    );
    containers.set(pod, found);
  }
  return found;
}
