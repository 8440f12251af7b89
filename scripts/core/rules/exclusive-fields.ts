import { containersOf, podTemplatesOf } from './pods.ts';
import type { PodTemplate } from './pods.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { at, fieldsOf, itemsOf, pointer } from './values.ts';
import type { Fields } from './values.ts';

/** Fields of which the API server takes one at a time. */
export const exclusiveFields: Rule = {
  name: 'exclusive-fields',
  summary: 'Fields that exclude each other are set together.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) yield* podFindings(pod);
    for (const subject of scope.subjects) {
      const kind = `${subject.group}/${subject.ref.kind}`;
      const spec = fieldsOf(subject.manifest.spec);
      if (kind === 'policy/PodDisruptionBudget' && isSet(spec.minAvailable) && isSet(spec.maxUnavailable)) {
        yield {
          subject,
          message: 'minAvailable and maxUnavailable exclude each other',
          pointer: '/spec/maxUnavailable',
        };
      }
      if (
        kind === 'apps/Deployment' &&
        at(spec, 'strategy', 'type') === 'Recreate' &&
        isSet(at(spec, 'strategy', 'rollingUpdate'))
      ) {
        yield {
          subject,
          message: 'the strategy Recreate excludes rollingUpdate',
          pointer: '/spec/strategy/rollingUpdate',
        };
      }
      if (kind === '/Service' && isSet(spec.externalTrafficPolicy) && !hasWayIn(spec)) {
        yield {
          subject,
          message: 'externalTrafficPolicy is set, and nothing leads to the Service from outside',
          hint: 'only NodePort, LoadBalancer and externalIPs do',
          pointer: '/spec/externalTrafficPolicy',
        };
      }
      if (kind === 'networking.k8s.io/NetworkPolicy') yield* peerFindings(subject, spec);
    }
  },
};

function* podFindings(pod: PodTemplate): Generator<Finding> {
  for (const [i, volume] of itemsOf(pod.spec.volumes).entries()) {
    const sources = setFields(volume).filter((field) => field !== 'name');
    if (sources.length > 1) {
      yield {
        subject: pod.subject,
        message: `a volume has one source, not ${sources.join(' and ')}`,
        pointer: pointer(...pod.at, 'spec', 'volumes', i),
      };
    }
  }
  for (const [i, toleration] of itemsOf(pod.spec.tolerations).map(fieldsOf).entries()) {
    if (toleration.operator === 'Exists' && toleration.value) {
      const message = 'a toleration with the operator Exists has no value';
      yield { subject: pod.subject, message, pointer: pointer(...pod.at, 'spec', 'tolerations', i, 'value') };
    }
  }
  for (const container of containersOf(pod)) {
    const security = fieldsOf(container.fields.securityContext);
    if (security.privileged === true && security.allowPrivilegeEscalation === false) {
      yield {
        subject: pod.subject,
        message: 'privileged excludes allowPrivilegeEscalation: false',
        pointer: pointer(...container.at, 'securityContext', 'allowPrivilegeEscalation'),
      };
    }
    for (const [i, one] of itemsOf(container.fields.env).entries()) {
      const variable = fieldsOf(one);
      if (!isSet(variable.valueFrom)) continue;
      const sources = setFields(variable.valueFrom);
      if (sources.length === 1 && !variable.value) continue;
      const where = { subject: pod.subject, pointer: pointer(...container.at, 'env', i, 'valueFrom') };
      if (sources.length === 0) yield { ...where, message: `valueFrom of "${variable.name}" says not from where` };
      else if (variable.value) yield { ...where, message: `"${variable.name}" has value and valueFrom` };
      else if (sources.length > 1)
        yield { ...where, message: `valueFrom of "${variable.name}" has ${sources.join(' and ')}` };
    }
  }
}

function* peerFindings(subject: Subject, spec: Fields): Generator<Finding> {
  for (const [direction, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const [i, rule] of itemsOf(spec[direction]).entries()) {
      for (const [j, peer] of itemsOf(at(rule, peers)).entries()) {
        const where = { subject, pointer: pointer('spec', direction, i, peers, j) };
        const found = setFields(peer);
        if (found.length === 0)
          yield { ...where, message: 'a peer must say who: podSelector, namespaceSelector or ipBlock' };
        if (found.length > 1 && found.includes('ipBlock'))
          yield { ...where, message: 'ipBlock excludes the selectors', hint: 'make two peers of it' };
      }
    }
  }
}

function hasWayIn({ type, externalIPs }: Fields): boolean {
  return type === 'NodePort' || type === 'LoadBalancer' || itemsOf(externalIPs).length > 0;
}

function setFields(value: unknown): string[] {
  const fields = fieldsOf(value);
  return Object.keys(fields).filter((field) => isSet(fields[field]));
}

/** null is as good as nothing to the API server. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
