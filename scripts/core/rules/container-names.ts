import { containersOf, podTemplatesOf } from './pods.ts';
import type { Rule } from './rule.ts';
import { label1123 } from './syntax.ts';
import { at, itemsOf, pointer, textOf } from './values.ts';

/** Names inside a pod: containers and volumes are RFC 1123 labels, and a container's name is unique among all lists. */
export const containerNames: Rule = {
  name: 'container-names',
  summary: 'A container or volume of a pod has a name that is taken or not allowed.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      const { subject } = pod;
      const taken = new Map<string, string | number>();
      for (const container of containersOf(pod)) {
        const name = textOf(container.fields.name);
        if (name === undefined) continue;
        const list = container.at.at(-2)!;
        const wrong = label1123(name);
        if (wrong !== undefined) {
          yield {
            subject,
            message: `the name "${name}" of a container ${wrong}`,
            pointer: pointer(...container.at, 'name'),
          };
        }
        // Twice in one list is a matter of the schema.
        const other = taken.get(name);
        if (other !== undefined && other !== list) {
          yield {
            subject,
            message: `the name "${name}" is that of a container in ${other}, too`,
            pointer: pointer(...container.at, 'name'),
          };
        }
        taken.set(name, list);
      }
      for (const [i, volume] of itemsOf(pod.spec.volumes).entries()) {
        const name = textOf(at(volume, 'name'));
        const wrong = name === undefined ? undefined : label1123(name);
        if (wrong === undefined) continue;
        yield {
          subject,
          message: `the name "${name}" of a volume ${wrong}`,
          pointer: pointer(...pod.at, 'spec', 'volumes', i, 'name'),
        };
      }
    }
  },
};
