import { containersOf, podTemplatesOf } from './pods.ts';
import type { Finding, Rule } from './rule.ts';
import { at, itemsOf, pointer } from './values.ts';

/** What the API server requires although the schemas of Kubernetes don't. */
export const requiredValue: Rule = {
  name: 'required-value',
  summary: 'Something is missing that the API server requires.',
  severity: 'error',
  *check(scope) {
    for (const pod of podTemplatesOf(scope)) {
      const { subject, spec } = pod;
      const inPod = [...pod.at, 'spec'];
      // A pod template that isn't there at all is a matter of the schema.
      if (at(subject.manifest, ...inPod) !== undefined && itemsOf(spec.containers).length === 0) {
        yield { subject, message: 'the pod has no containers', pointer: pointer(...inPod, 'containers') };
      }
      yield* profileFinding(spec, inPod, subject);
      for (const { at: steps, fields } of containersOf(pod)) {
        if (fields.image === undefined || fields.image === null || fields.image === '') {
          const message = `the container "${fields.name}" has no image`;
          yield { subject, message, pointer: pointer(...steps, 'image') };
        }
        yield* profileFinding(fields, steps, subject);
      }
    }
  },
};

/** A profile on the node is named by its file; the others have no file. */
function* profileFinding(
  value: unknown,
  steps: readonly (string | number)[],
  subject: Finding['subject'] & object,
): Generator<Finding> {
  for (const profile of ['seccompProfile', 'appArmorProfile']) {
    const type = at(value, 'securityContext', profile, 'type');
    if (typeof type !== 'string') continue;
    const file = at(value, 'securityContext', profile, 'localhostProfile');
    const where = { subject, pointer: pointer(...steps, 'securityContext', profile, 'localhostProfile') };
    if (type === 'Localhost' && !file) yield { ...where, message: `the ${profile} Localhost has no localhostProfile` };
    if (type !== 'Localhost' && file) {
      yield { ...where, message: `the ${profile} ${type} has no localhostProfile`, hint: 'leave it out' };
    }
  }
}
