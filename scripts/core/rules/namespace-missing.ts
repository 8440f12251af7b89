import { applicationsOf } from './applications.ts';
import { didYouMean } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** Namespaces that every cluster has from its first moment. */
const always = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Manifests that land in a namespace which nothing in the environment creates, or in none at all. */
export const namespaceMissing: Rule = {
  name: 'namespace-missing',
  summary: 'A manifest lands in a namespace that nothing in the environment creates.',
  severity: 'error',
  *check(scope) {
    if (!scope.complete) return;
    const applications = applicationsOf(scope);
    const created = scope.subjects
      .filter(({ group, ref }) => group === '' && ref.kind === 'Namespace')
      .map(({ ref }) => ref.name);
    const byArgo = applications
      .filter(({ syncOptions }) => syncOptions.includes('CreateNamespace=true'))
      .map(({ destinationNamespace }) => destinationNamespace);
    const known = new Set([...always, ...created, ...byArgo]);
    for (const subject of scope.subjects) {
      if (!subject.isNamespaced) continue;
      const { namespace, ref, app } = subject;
      if (namespace === undefined) {
        // Without its Application the destination is not known, so nothing can be said.
        if (!applications.some((application) => application.app === app)) continue;
        yield {
          subject,
          message: `the ${ref.kind} has no namespace, and neither has the destination of its Application`,
          hint: 'set metadata.namespace',
          pointer: '/metadata/namespace',
        };
      } else if (!known.has(namespace)) {
        yield {
          subject,
          message: `nothing in the environment creates the namespace "${namespace}"`,
          hint: didYouMean(namespace, [...created].sort()),
          pointer: '/metadata/namespace',
        };
      }
    }
  },
};
