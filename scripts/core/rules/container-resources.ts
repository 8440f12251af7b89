import { didYouMean } from '../suggest.ts';
import { containersOf, podTemplatesOf } from './pods.ts';
import { parseQuantity } from './quantity.ts';
import type { Rule } from './rule.ts';
import { fieldsOf, pointer } from './values.ts';

const standard = ['cpu', 'memory', 'ephemeral-storage'];

/** Requests and limits of containers: resources that exist, and no more requested than is allowed. */
export const containerResources: Rule = {
  name: 'container-resources',
  summary: 'A container requests more than its limit, or a resource that does not exist.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      for (const container of containersOf(pod)) {
        const { requests, limits } = fieldsOf(container.fields.resources);
        const where = (...steps: string[]) => ({
          subject: pod.subject,
          pointer: pointer(...container.at, 'resources', ...steps),
        });
        for (const [field, list] of [
          ['requests', requests],
          ['limits', limits],
        ] as const) {
          for (const name of Object.keys(fieldsOf(list))) {
            if (standard.includes(name) || name.startsWith('hugepages-') || name.includes('/')) continue;
            yield {
              ...where(field, name),
              message: `there is no resource "${name}"`,
              hint: didYouMean(name, standard),
            };
          }
        }
        for (const [name, request] of Object.entries(fieldsOf(requests))) {
          const limit = fieldsOf(limits)[name];
          const [wanted, allowed] = [parseQuantity(request), parseQuantity(limit)];
          if (wanted === undefined || allowed === undefined || wanted <= allowed * (1 + 1e-12)) continue;
          yield {
            ...where('requests', name),
            message: `the request of ${request} ${name} is above the limit of ${limit}`,
          };
        }
      }
    }
  },
};
