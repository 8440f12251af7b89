import { containersOf, podTemplatesOf, type PodTemplate } from './pods.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { at, fieldsOf, itemsOf, pointer, type Fields } from './values.ts';

/** Numbers that the schemas of Kubernetes leave open and its validation does not. */
export const numberRange: Rule = {
  name: 'number-range',
  summary: 'A number is outside of what the API server takes.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) yield* podFindings(pod);
    for (const subject of scope.subjects) {
      const kind = `${subject.group}/${subject.ref.kind}`;
      for (const [path, least, most] of byKind[kind] ?? []) {
        yield* outside(subject, subject.manifest, path.split('/'), [], [least, most]);
      }
      yield* pairFindings(subject, kind);
    }
  },
};

/** Path, least, and most if there is one. */
type Range = readonly [path: string, least: number, most?: number];

const replicas: readonly Range[] = [
  ['spec/replicas', 0],
  ['spec/minReadySeconds', 0],
  ['spec/revisionHistoryLimit', 0],
];
const job = ['backoffLimit', 'completions', 'parallelism', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'];

// Read in the validation of each kind in Kubernetes 1.36 (pkg/apis/<group>/validation).
const byKind: Record<string, readonly Range[]> = {
  '/ReplicationController': replicas,
  'apps/Deployment': [...replicas, ['spec/progressDeadlineSeconds', 0]],
  'apps/ReplicaSet': replicas,
  'apps/StatefulSet': replicas,
  'apps/DaemonSet': replicas.slice(1),
  'autoscaling/HorizontalPodAutoscaler': [['spec/maxReplicas', 1]],
  'batch/Job': job.map((field): Range => [`spec/${field}`, 0]),
  'batch/CronJob': [
    ...job.map((field): Range => [`spec/jobTemplate/spec/${field}`, 0]),
    ['spec/startingDeadlineSeconds', 0],
    ['spec/successfulJobsHistoryLimit', 0],
    ['spec/failedJobsHistoryLimit', 0],
  ],
  'policy/PodDisruptionBudget': [
    ['spec/minAvailable', 0],
    ['spec/maxUnavailable', 0],
  ],
};

const probeNumbers = ['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'];
const largestID = 2 ** 31 - 1;

function* podFindings(pod: PodTemplate): Generator<Finding> {
  const { subject, at: steps, spec } = pod;
  const inPod = [...steps, 'spec'];
  for (const id of ['runAsUser', 'runAsGroup', 'fsGroup']) {
    yield* outside(subject, spec, ['securityContext', id], inPod, [0, largestID]);
  }
  for (const [i, constraint] of itemsOf(spec.topologySpreadConstraints).entries()) {
    yield* outside(subject, constraint, ['maxSkew'], [...inPod, 'topologySpreadConstraints', i], [1]);
  }
  for (const container of containersOf(pod)) {
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
      if (container.fields[probe] === undefined) continue;
      for (const field of probeNumbers) yield* outside(subject, container.fields, [probe, field], container.at, [0]);
    }
    for (const id of ['runAsUser', 'runAsGroup']) {
      yield* outside(subject, container.fields, ['securityContext', id], container.at, [0, largestID]);
    }
  }
}

/** Numbers that depend on each other, or on a name. */
function* pairFindings(subject: Subject, kind: string): Generator<Finding> {
  const spec = fieldsOf(subject.manifest.spec);
  if (kind === 'apps/Deployment') {
    const { maxSurge, maxUnavailable } = fieldsOf(at(spec, 'strategy', 'rollingUpdate'));
    if (isNone(maxSurge) && isNone(maxUnavailable)) {
      const message = 'maxSurge and maxUnavailable are both 0: no pod could ever be replaced';
      yield { subject, message, pointer: '/spec/strategy/rollingUpdate/maxUnavailable' };
    }
  }
  if (kind === 'autoscaling/HorizontalPodAutoscaler' && isAbove(spec.minReplicas, spec.maxReplicas)) {
    const message = `minReplicas ${spec.minReplicas} is above maxReplicas ${spec.maxReplicas}`;
    yield { subject, message, pointer: '/spec/maxReplicas' };
  }
  if (kind === 'networking.k8s.io/NetworkPolicy') yield* portRangeFindings(subject, spec);
  const { value } = subject.manifest;
  if (kind === 'scheduling.k8s.io/PriorityClass' && isAbove(value, 1e9) && !subject.ref.name.startsWith('system-')) {
    const message = `the priority ${value} is above 1000000000, which is left to the system`;
    yield { subject, message, pointer: '/value' };
  }
}

function* portRangeFindings(subject: Subject, spec: Fields): Generator<Finding> {
  for (const direction of ['ingress', 'egress']) {
    for (const [i, rule] of itemsOf(spec[direction]).entries()) {
      for (const [j, one] of itemsOf(at(rule, 'ports')).entries()) {
        const { port, endPort } = fieldsOf(one);
        if (!isAbove(port, endPort)) continue;
        const message = `the ports end at ${endPort}, before they begin at ${port}`;
        yield { subject, message, pointer: pointer('spec', direction, i, 'ports', j, 'endPort') };
      }
    }
  }
}

function* outside(
  subject: Subject,
  value: unknown,
  path: readonly string[],
  before: readonly (string | number)[],
  [least, most]: readonly [least: number, most?: number | undefined],
): Generator<Finding> {
  const number = at(value, ...path);
  if (typeof number !== 'number' || (number >= least && (most === undefined || number <= most))) return;
  const range = most === undefined ? `${least} or more` : `from ${least} to ${most}`;
  yield { subject, message: `${path.at(-1)} ${number} is not ${range}`, pointer: pointer(...before, ...path) };
}

function isNone(value: unknown): boolean {
  return value === 0 || value === '0%';
}

function isAbove(value: unknown, limit: unknown): boolean {
  return typeof value === 'number' && typeof limit === 'number' && value > limit;
}
