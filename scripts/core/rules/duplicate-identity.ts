import type { Rule, Subject } from './rule.ts';
import { at } from './values.ts';

/** Two manifests with one identity overwrite each other; Argo CD lets two Applications fight over the object. */
export const duplicateIdentity: Rule = {
  name: 'duplicate-identity',
  summary: 'Two manifests describe the same object.',
  severity: 'error',
  *check(scope) {
    const first = new Map<string, Subject>();
    for (const subject of scope.subjects) {
      // generateName makes a new object each time.
      if (subject.ref.name === '' || at(subject.manifest, 'metadata', 'name') === undefined) continue;
      const { group, ref, namespace = '' } = subject;
      const identity = `${group}|${ref.kind}|${namespace}|${ref.name}`;
      const other = first.get(identity);
      if (other === undefined) {
        first.set(identity, subject);
        continue;
      }
      const versions =
        other.ref.apiVersion === subject.ref.apiVersion
          ? ''
          : ` (as ${other.ref.apiVersion} and ${subject.ref.apiVersion})`;
      yield {
        subject,
        // Files of a folder may be alternatives; what one file or one environment holds is applied together.
        ...(scope.env === undefined && other.file !== subject.file && { severity: 'warning' as const }),
        message: `${subject.ref.kind} ${nameOf(subject)} is there twice: ${placesOf(other, subject)}${versions}`,
        hint: 'rename or remove one of them: only the one applied last would remain',
        pointer: '/metadata/name',
      };
    }
  },
};

function nameOf({ namespace, ref }: Subject): string {
  return namespace === undefined ? ref.name : `${namespace}/${ref.name}`;
}

function placesOf(one: Subject, two: Subject): string {
  const place = ({ app, file }: Subject) => (app !== undefined ? `app "${app}"` : (file ?? 'the input'));
  return place(one) === place(two) ? `both in ${place(one)}` : `in ${place(one)} and in ${place(two)}`;
}
