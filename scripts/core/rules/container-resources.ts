import { didYouMean } from '../suggest.ts';
import { containersOf, podTemplatesOf } from './pods.ts';
import type { Container, PodTemplate } from './pods.ts';
import { parseQuantity } from './quantity.ts';
import type { Finding, Rule } from './rule.ts';
import { at, fieldsOf, isFields, pointer } from './values.ts';

const standard = ['cpu', 'memory', 'ephemeral-storage'];

/** Requests and limits of containers: resources that exist, and no more requested than is allowed. */
export const containerResources: Rule = {
  name: 'container-resources',
  summary: 'A container requests more than its limit, or a resource that does not exist.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      for (const container of containersOf(pod)) {
        if (!isFields(container.fields.resources)) continue;
        const requests = fieldsOf(container.fields.resources.requests);
        const limits = fieldsOf(container.fields.resources.limits);
        for (const name in requests) {
          if (!exists(name)) yield unknown(pod, container, 'requests', name);
          yield* negative(pod, container, 'requests', name);
          const [request, limit] = [requests[name], limits[name]];
          if (limit === undefined || limit === request) continue;
          const [wanted, allowed] = [parseQuantity(request), parseQuantity(limit)];
          if (wanted === undefined || allowed === undefined || wanted <= allowed * (1 + 1e-12)) continue;
          yield {
            subject: pod.subject,
            message: `the request of ${request} ${name} is above the limit of ${limit}`,
            pointer: pointer(...container.at, 'resources', 'requests', name),
          };
        }
        for (const name in limits) {
          if (!exists(name)) yield unknown(pod, container, 'limits', name);
          yield* negative(pod, container, 'limits', name);
        }
      }
    }
  },
};

function exists(name: string): boolean {
  return standard.includes(name) || name.startsWith('hugepages-') || name.includes('/');
}

function* negative(pod: PodTemplate, container: Container, field: string, name: string): Generator<Finding> {
  const value = at(container.fields.resources, field, name);
  if ((parseQuantity(value) ?? 0) >= 0) return;
  const message = `${String(value)} ${name} is less than nothing`;
  yield { subject: pod.subject, message, pointer: pointer(...container.at, 'resources', field, name) };
}

function unknown(pod: PodTemplate, container: Container, field: string, name: string): Finding {
  return {
    subject: pod.subject,
    message: `there is no resource "${name}"`,
    hint: didYouMean(name, standard),
    pointer: pointer(...container.at, 'resources', field, name),
  };
}
