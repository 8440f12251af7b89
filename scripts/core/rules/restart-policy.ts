import { podTemplatesOf } from './pods.ts';
import type { Rule } from './rule.ts';
import { pointer } from './values.ts';

const alwaysKinds = [
  '/ReplicationController',
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
];
const jobKinds = ['batch/Job', 'batch/CronJob'];

/** Pods of services restart always, pods of jobs never do; and for jobs it has to be said. */
export const restartPolicy: Rule = {
  name: 'restart-policy',
  summary: 'A workload has a restartPolicy that its kind does not allow.',
  severity: 'error',
  *check(scope) {
    for (const { subject, at, spec } of podTemplatesOf(scope)) {
      const kind = `${subject.group}/${subject.ref.kind}`;
      const policy = spec.restartPolicy ?? undefined;
      const where = () => ({ subject, pointer: pointer(...at, 'spec', 'restartPolicy') });
      if (alwaysKinds.includes(kind) && (policy === 'Never' || policy === 'OnFailure')) {
        yield {
          ...where(),
          message: `the restartPolicy of a ${subject.ref.kind} must be Always, not ${policy}`,
          hint: 'leave it out',
        };
      }
      // A template without a spec is a matter of the schema.
      const isUnset = policy === undefined && Array.isArray(spec.containers);
      if (jobKinds.includes(kind) && (policy === 'Always' || isUnset)) {
        const found = isUnset ? 'it is Always when nothing is said' : 'not Always';
        yield {
          ...where(),
          message: `the restartPolicy of a ${subject.ref.kind} must be OnFailure or Never; ${found}`,
          hint: 'set restartPolicy',
        };
      }
    }
  },
};
