import { containersOf, podTemplatesOf } from './pods.ts';
import type { Rule } from './rule.ts';
import { isFields, pointer } from './values.ts';

const kinds = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc'];

/** Probes: one way to ask each, where there may be one at all. */
export const probes: Rule = {
  name: 'probes',
  summary: 'A probe has no handler or several, or stands where there can be none.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      for (const container of containersOf(pod)) {
        const isInit = container.at.at(-2) === 'initContainers' && container.fields.restartPolicy !== 'Always';
        for (const kind of kinds) {
          const probe = container.fields[kind];
          if (!isFields(probe)) continue;
          const found = handlers.filter((handler) => (probe[handler] ?? null) !== null);
          const where = (...more: string[]) => ({
            subject: pod.subject,
            pointer: pointer(...container.at, kind, ...more),
          });
          if (isInit) {
            yield {
              ...where(),
              message: `an init container can't have a ${kind}`,
              hint: 'one with restartPolicy Always can: it keeps running',
            };
          } else if (found.length !== 1) {
            const which = found.length === 0 ? 'no way to ask' : `several ways to ask: ${found.join(', ')}`;
            yield { ...where(), message: `the ${kind} has ${which}`, hint: `use one of ${handlers.join(', ')}` };
          }
          const threshold = probe.successThreshold;
          // 0 is unset for the API server, which then takes 1.
          if (kind !== 'readinessProbe' && typeof threshold === 'number' && threshold !== 1 && threshold !== 0) {
            yield {
              ...where('successThreshold'),
              message: `the successThreshold of a ${kind} must be 1, not ${threshold}`,
            };
          }
        }
      }
    }
  },
};
