import { didYouMean } from '../suggest.ts';
import { containersOf, podTemplatesOf } from './pods.ts';
import { referencesOf } from './references.ts';
import type { Reference } from './references.ts';
import type { Finding, Rule, Scope } from './rule.ts';
import { hasLabels } from './selector.ts';
import { at, fieldsOf, itemsOf, pointer, textOf } from './values.ts';

/** Names that point at nothing in the environment. The API server accepts them; what depends on them does not work. */
export const missingReference: Rule = {
  name: 'missing-reference',
  summary: 'A manifest names an object that nothing in the environment creates.',
  severity: 'warning',
  *check(scope) {
    if (!scope.complete) return;
    const present = presentIn(scope);
    for (const reference of referencesOf(scope)) {
      const { from, kind, namespace, name } = reference;
      if (present.has(keyOf(reference)) || comesWithCluster(reference) || isMadeByOther(reference, scope)) continue;
      const where = namespace === undefined ? '' : ` in the namespace "${namespace}"`;
      const others = scope.subjects.filter(
        (s) => s.group === reference.group && s.ref.kind === kind && s.namespace === namespace,
      );
      yield {
        subject: from,
        message: `nothing in the environment creates the ${kind} "${name}"${where}; without it ${reference.effect}`,
        hint: didYouMean(name, others.map(({ ref }) => ref.name).sort()),
        pointer: reference.pointer,
      };
    }
    yield* targetPortFindings(scope);
  },
};

type Key = Pick<Reference, 'group' | 'kind' | 'namespace' | 'name'>;

function keyOf({ group, kind, namespace, name }: Key): string {
  return `${group}|${kind}|${namespace ?? ''}|${name}`;
}

function presentIn(scope: Scope): Set<string> {
  return new Set(
    scope.subjects.map(({ group, ref, namespace }) =>
      keyOf({ group, kind: ref.kind, name: ref.name, ...(namespace !== undefined && { namespace }) }),
    ),
  );
}

/** Objects that Kubernetes and its installers make by themselves. */
function comesWithCluster({ kind, namespace = '', name }: Key): boolean {
  if (kind === 'ServiceAccount') return name === 'default' || namespace.startsWith('kube-');
  if (kind === 'ConfigMap') return name === 'kube-root-ca.crt' || namespace.startsWith('kube-');
  if (kind === 'PriorityClass') return name.startsWith('system-');
  if (kind === 'ClusterRole')
    return name.startsWith('system:') || ['admin', 'cluster-admin', 'edit', 'view'].includes(name);
  return kind === 'Role' && namespace.startsWith('kube-');
}

/** trust-manager writes a ConfigMap named after each Bundle into the namespaces that the Bundle targets. */
function isMadeByOther({ kind, name }: Key, scope: Scope): boolean {
  return (
    kind === 'ConfigMap' &&
    scope.subjects.some(
      ({ group, ref }) => group === 'trust.cert-manager.io' && ref.kind === 'Bundle' && ref.name === name,
    )
  );
}

/** A named targetPort that no container of any selected pod has: the Service gets no endpoints for that port. */
function* targetPortFindings(scope: Scope): Generator<Finding> {
  const pods = podTemplatesOf(scope);
  for (const subject of scope.subjects) {
    if (subject.group !== '' || subject.ref.kind !== 'Service') continue;
    // A text of digits is refused by the rule `ports`.
    const targets = itemsOf(at(subject.manifest, 'spec', 'ports')).map((port) => textOf(at(port, 'targetPort')));
    const selector = fieldsOf(at(subject.manifest, 'spec', 'selector'));
    if (!targets.some(isName) || Object.keys(selector).length === 0) continue;
    const selected = pods.filter(
      (pod) => pod.subject.namespace === subject.namespace && hasLabels(pod.labels, selector),
    );
    // Operators make pods that are not rendered here.
    if (selected.length === 0) continue;
    const names = [
      ...new Set(
        selected
          .flatMap(containersOf)
          .flatMap(({ fields }) => itemsOf(fields.ports).map((port) => textOf(at(port, 'name')))),
      ),
    ];
    for (const [i, target] of targets.entries()) {
      if (!isName(target) || names.includes(target)) continue;
      yield {
        subject,
        message: `no container of the selected pods has a port named "${target}"`,
        hint: didYouMean(target, names.filter((name) => name !== undefined).sort()),
        pointer: pointer('spec', 'ports', i, 'targetPort'),
      };
    }
  }
}

function isName(target: string | undefined): target is string {
  return target !== undefined && !/^\d+$/.test(target);
}
