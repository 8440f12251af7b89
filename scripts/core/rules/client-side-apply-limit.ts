import { applicationsOf } from './applications.ts';
import type { Rule, Subject } from './rule.ts';
import { jsonSize } from './size-limit.ts';
import { at, textOf } from './values.ts';

/** What kubectl's annotation last-applied-configuration may hold: the limit of all annotations together. */
const limit = 262_144;

/** Client-side apply keeps the whole object in an annotation, so large objects need server-side apply. */
export const clientSideApplyLimit: Rule = {
  name: 'client-side-apply-limit',
  summary: 'An object is too large for client-side apply and its Application does not apply server-side.',
  severity: 'error',
  *check(scope) {
    if (scope.env === undefined) return;
    const options = new Map(applicationsOf(scope).map(({ app, syncOptions }) => [app, syncOptions]));
    for (const subject of scope.subjects) {
      // Without its Application nobody knows how it will be applied.
      const applied = subject.app === undefined ? undefined : options.get(subject.app);
      if (applied === undefined || [...applied, ...ownOptions(subject)].some((option) => escapes.includes(option)))
        continue;
      const size = jsonSize(subject.manifest);
      if (size <= limit) continue;
      yield {
        subject,
        message: `the object is ${size} bytes of JSON; client-side apply takes ${limit}`,
        hint: `add ServerSideApply=true to syncPolicy.syncOptions of the Application of "${subject.app}"`,
      };
    }
  },
};

/** Sync options under which no annotation is written. */
const escapes = ['ServerSideApply=true', 'Replace=true'];

function ownOptions({ manifest }: Subject): string[] {
  const annotation = textOf(at(manifest, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')) ?? '';
  return annotation.split(',').map((option) => option.trim());
}
