import { containersOf, podTemplatesOf } from './pods.ts';
import type { Finding, Rule, Subject } from './rule.ts';
import { label1123, portName } from './syntax.ts';
import type { SyntaxCheck } from './syntax.ts';
import { at, fieldsOf, itemsOf, pointer, textOf } from './values.ts';

/** Numbers and names of ports, of containers and of Services. */
export const ports: Rule = {
  name: 'ports',
  summary: 'A port has a number or a name that the API server refuses.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      for (const { at: steps, fields } of containersOf(pod)) {
        yield* portFindings(pod.subject, [...steps, 'ports'], fields.ports, ['containerPort', 'hostPort'], portName);
        for (const probe of probes) {
          if (fields[probe] === undefined) continue;
          for (const handler of ['httpGet', 'tcpSocket']) {
            yield* targetFindings(pod.subject, [...steps, probe, handler, 'port'], at(fields[probe], handler, 'port'));
          }
        }
      }
    }
    for (const subject of scope.subjects) {
      if (subject.group === '' && subject.ref.kind === 'Service') yield* serviceFindings(subject);
    }
  },
};

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];

/** A port by number or by name. A text of digits is a name to the API server, and a wrong one. */
function* targetFindings(subject: Subject, steps: (string | number)[], target: unknown): Generator<Finding> {
  if (typeof target === 'number' && (target < 1 || target > 65_535)) {
    yield { subject, message: `the port ${target} is not between 1 and 65535`, pointer: pointer(...steps) };
  }
  const name = textOf(target);
  const wrong = name === undefined ? undefined : portName(name);
  if (wrong !== undefined)
    yield { subject, message: `the name "${name}" of a port ${wrong}`, pointer: pointer(...steps) };
}

function* serviceFindings(subject: Subject): Generator<Finding> {
  const spec = fieldsOf(subject.manifest.spec);
  const list = itemsOf(spec.ports);
  const steps = ['spec', 'ports'];
  if (list.length === 0 && spec.clusterIP !== 'None' && spec.type !== 'ExternalName') {
    yield {
      subject,
      message: 'the Service has no ports',
      hint: 'only headless and ExternalName Services may have none',
      pointer: '/spec/ports',
    };
  }
  yield* portFindings(subject, steps, list, ['port'], label1123);
  for (const [i, port] of list.entries()) {
    if (list.length > 1 && !textOf(at(port, 'name'))) {
      yield {
        subject,
        message: 'a Service with several ports must name each of them',
        hint: 'set name',
        pointer: pointer(...steps, i),
      };
    }
    // Empty is unset for the API server, which then takes the port itself.
    const target = at(port, 'targetPort');
    if (target !== '' && target !== 0) yield* targetFindings(subject, [...steps, i, 'targetPort'], target);
  }
}

function* portFindings(
  subject: Subject,
  steps: (string | number)[],
  list: unknown,
  numbers: string[],
  syntax: SyntaxCheck,
): Generator<Finding> {
  const taken = new Set<string>();
  for (const [i, port] of itemsOf(list).entries()) {
    for (const field of numbers) {
      const number = at(port, field);
      // 0 is unset for the API server, and a missing one is a matter of the schema.
      if (typeof number !== 'number' || (number >= 1 && number <= 65_535) || (number === 0 && field === 'hostPort'))
        continue;
      yield { subject, message: `${field} ${number} is not between 1 and 65535`, pointer: pointer(...steps, i, field) };
    }
    const name = textOf(at(port, 'name'));
    if (!name) continue;
    const wrong = syntax(name) ?? (taken.has(name) ? 'is that of another port, too' : undefined);
    taken.add(name);
    if (wrong !== undefined)
      yield { subject, message: `the name "${name}" of a port ${wrong}`, pointer: pointer(...steps, i, 'name') };
  }
}
