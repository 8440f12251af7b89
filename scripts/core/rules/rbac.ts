import type { Finding, Rule, Subject } from './rule.ts';
import { fieldsOf, itemsOf, pointer } from './values.ts';

const group = 'rbac.authorization.k8s.io';

/** Rules of roles and subjects of bindings that are not whole. */
export const rbac: Rule = {
  name: 'rbac',
  summary: 'A rule of a role or a subject of a binding is incomplete.',
  severity: 'error',
  *check(scope) {
    for (const subject of scope.subjects) {
      if (subject.group !== group) continue;
      const { kind } = subject.ref;
      if (kind === 'Role' || kind === 'ClusterRole') yield* ruleFindings(subject, kind === 'Role');
      if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding')
        yield* bindingFindings(subject, kind === 'RoleBinding');
    }
  },
};

function* ruleFindings(subject: Subject, isNamespaced: boolean): Generator<Finding> {
  for (const [i, rule] of itemsOf(subject.manifest.rules).map(fieldsOf).entries()) {
    const has = (field: string) => itemsOf(rule[field]).length > 0;
    const where = (field: string) => ({ subject, pointer: pointer('rules', i, field) });
    if (!has('verbs')) yield { ...where('verbs'), message: 'the rule has no verbs' };
    if (has('nonResourceURLs')) {
      if (isNamespaced)
        yield { ...where('nonResourceURLs'), message: 'a Role has no nonResourceURLs', hint: 'only a ClusterRole has' };
      if (has('apiGroups') || has('resources') || has('resourceNames')) {
        yield {
          ...where('nonResourceURLs'),
          message: 'the rule has resources and nonResourceURLs',
          hint: 'make two rules of it',
        };
      }
      continue;
    }
    if (!has('apiGroups'))
      yield { ...where('apiGroups'), message: 'the rule has no apiGroups', hint: "the core group is ''" };
    if (!has('resources')) yield { ...where('resources'), message: 'the rule has no resources' };
  }
}

function* bindingFindings(subject: Subject, isNamespaced: boolean): Generator<Finding> {
  const roleRef = fieldsOf(subject.manifest.roleRef);
  if (!isNamespaced && roleRef.kind === 'Role') {
    yield { subject, message: 'a ClusterRoleBinding binds a ClusterRole, not a Role', pointer: '/roleRef/kind' };
  }
  if (typeof roleRef.kind === 'string' && roleRef.kind !== 'Role' && roleRef.kind !== 'ClusterRole') {
    yield {
      subject,
      message: `a binding binds a Role or a ClusterRole, not a ${roleRef.kind}`,
      pointer: '/roleRef/kind',
    };
  }
  for (const [i, one] of itemsOf(subject.manifest.subjects).map(fieldsOf).entries()) {
    const where = (field: string) => ({ subject, pointer: pointer('subjects', i, field) });
    if (one.kind === 'ServiceAccount') {
      if (!isNamespaced && !one.namespace)
        yield { ...where('namespace'), message: `the ServiceAccount "${one.name}" has no namespace` };
      if (one.apiGroup)
        yield { ...where('apiGroup'), message: 'a ServiceAccount has no apiGroup', hint: 'leave it out' };
    } else if (typeof one.kind === 'string' && one.kind !== 'User' && one.kind !== 'Group') {
      const hint = 'there are ServiceAccount, User and Group';
      yield { ...where('kind'), message: `there is no subject of the kind "${one.kind}"`, hint };
    } else if ((one.kind === 'User' || one.kind === 'Group') && one.apiGroup && one.apiGroup !== group) {
      yield { ...where('apiGroup'), message: `the apiGroup of a ${one.kind} is ${group}, not ${one.apiGroup}` };
    }
  }
}
