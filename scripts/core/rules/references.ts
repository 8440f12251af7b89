// What objects of Kubernetes point at by name, gathered as data so that one rule can check all of it.
import { containersOf, podTemplatesOf } from './pods.ts';
import type { PodTemplate } from './pods.ts';
import type { Scope, Subject } from './rule.ts';
import { at, fieldsOf, isFields, itemsOf, pointer, textOf } from './values.ts';

export interface Reference {
  from: Subject;
  /** API group and kind of what is pointed at. */
  group: string;
  kind: string;
  /** Undefined for cluster-scoped kinds. */
  namespace?: string;
  name: string;
  pointer: string;
  /** What happens without it, completing "without it …". */
  effect: string;
}

/** Every reference by name that a missing object breaks. Optional ones and Secrets (which Git does not hold) are left out. */
export function referencesOf(scope: Scope): Reference[] {
  return [...podTemplatesOf(scope).flatMap(podReferences), ...scope.subjects.flatMap(subjectReferences)];
}

function podReferences(pod: PodTemplate): Reference[] {
  const found: Reference[] = [];
  const add = (
    kind: string,
    name: unknown,
    steps: (string | number)[],
    effect: string,
    group = '',
    clusterScoped = false,
  ) => {
    const text = textOf(name);
    if (!text) return;
    const { namespace } = pod.subject;
    found.push({
      from: pod.subject,
      group,
      kind,
      ...(!clusterScoped && namespace !== undefined && { namespace }),
      name: text,
      pointer: pointer(...steps),
      effect,
    });
  };
  const spec = [...pod.at, 'spec'];
  add('ServiceAccount', pod.spec.serviceAccountName, [...spec, 'serviceAccountName'], 'no pod is created');
  add(
    'PriorityClass',
    pod.spec.priorityClassName,
    [...spec, 'priorityClassName'],
    'no pod is created',
    'scheduling.k8s.io',
    true,
  );
  for (const [i, volume] of itemsOf(pod.spec.volumes).entries()) {
    const steps = [...spec, 'volumes', i];
    const stuck = 'the pod never starts';
    if (at(volume, 'configMap', 'optional') !== true)
      add('ConfigMap', at(volume, 'configMap', 'name'), [...steps, 'configMap', 'name'], stuck);
    add(
      'PersistentVolumeClaim',
      at(volume, 'persistentVolumeClaim', 'claimName'),
      [...steps, 'persistentVolumeClaim', 'claimName'],
      stuck,
    );
    for (const [j, source] of itemsOf(at(volume, 'projected', 'sources')).entries()) {
      if (at(source, 'configMap', 'optional') === true) continue;
      add(
        'ConfigMap',
        at(source, 'configMap', 'name'),
        [...steps, 'projected', 'sources', j, 'configMap', 'name'],
        stuck,
      );
    }
  }
  for (const container of containersOf(pod)) {
    const failing = 'the container never starts';
    for (const [i, source] of itemsOf(container.fields.envFrom).entries()) {
      if (at(source, 'configMapRef', 'optional') === true) continue;
      add(
        'ConfigMap',
        at(source, 'configMapRef', 'name'),
        [...container.at, 'envFrom', i, 'configMapRef', 'name'],
        failing,
      );
    }
    for (const [i, variable] of itemsOf(container.fields.env).entries()) {
      const key = at(variable, 'valueFrom', 'configMapKeyRef');
      if (isFields(key) && key.optional !== true)
        add('ConfigMap', key.name, [...container.at, 'env', i, 'valueFrom', 'configMapKeyRef', 'name'], failing);
    }
  }
  return found;
}

const rbac = 'rbac.authorization.k8s.io';

function subjectReferences(from: Subject): Reference[] {
  const { group, ref, manifest, namespace } = from;
  const local = namespace === undefined ? {} : { namespace };
  const kind = `${group}/${ref.kind}`;
  if (kind === `${rbac}/RoleBinding` || kind === `${rbac}/ClusterRoleBinding`) return bindingReferences(from);
  if (kind === 'apps/StatefulSet') {
    const name = textOf(at(manifest, 'spec', 'serviceName'));
    return name
      ? [
          {
            from,
            group: '',
            kind: 'Service',
            ...local,
            name,
            pointer: '/spec/serviceName',
            effect: 'its pods have no DNS names',
          },
        ]
      : [];
  }
  if (kind === 'autoscaling/HorizontalPodAutoscaler') {
    const target = fieldsOf(at(manifest, 'spec', 'scaleTargetRef'));
    const [targetGroup = ''] = `${target.apiVersion ?? ''}`.includes('/') ? `${target.apiVersion}`.split('/') : [];
    // Operators make workloads of their own kinds; only built-in ones must be here.
    if (targetGroup !== 'apps') return [];
    const name = textOf(target.name);
    return name
      ? [
          {
            from,
            group: 'apps',
            kind: `${target.kind}`,
            ...local,
            name,
            pointer: '/spec/scaleTargetRef/name',
            effect: 'nothing is scaled',
          },
        ]
      : [];
  }
  return kind === 'networking.k8s.io/Ingress' ? ingressReferences(from) : [];
}

function bindingReferences(from: Subject): Reference[] {
  const { manifest, namespace } = from;
  const found: Reference[] = [];
  const role = fieldsOf(manifest.roleRef);
  const name = textOf(role.name);
  if (name && (role.kind === 'ClusterRole' || role.kind === 'Role')) {
    const where = role.kind === 'Role' && namespace !== undefined ? { namespace } : {};
    found.push({
      from,
      group: rbac,
      kind: role.kind,
      ...where,
      name,
      pointer: '/roleRef/name',
      effect: 'the binding grants nothing',
    });
  }
  for (const [i, subject] of itemsOf(manifest.subjects).map(fieldsOf).entries()) {
    const account = textOf(subject.name);
    const accountNamespace = textOf(subject.namespace);
    if (subject.kind !== 'ServiceAccount' || !account || !accountNamespace) continue;
    found.push({
      from,
      group: '',
      kind: 'ServiceAccount',
      namespace: accountNamespace,
      name: account,
      pointer: pointer('subjects', i, 'name'),
      effect: 'nobody is granted anything',
    });
  }
  return found;
}

function ingressReferences(from: Subject): Reference[] {
  const backends: [unknown, (string | number)[]][] = [
    [at(from.manifest, 'spec', 'defaultBackend'), ['spec', 'defaultBackend']],
  ];
  for (const [i, rule] of itemsOf(at(from.manifest, 'spec', 'rules')).entries()) {
    for (const [j, path] of itemsOf(at(rule, 'http', 'paths')).entries()) {
      backends.push([at(path, 'backend'), ['spec', 'rules', i, 'http', 'paths', j, 'backend']]);
    }
  }
  return backends.flatMap(([backend, steps]) => {
    const name = textOf(at(backend, 'service', 'name'));
    if (!name) return [];
    const local = from.namespace === undefined ? {} : { namespace: from.namespace };
    return [
      {
        from,
        group: '',
        kind: 'Service',
        ...local,
        name,
        pointer: pointer(...steps, 'service', 'name'),
        effect: 'requests are answered with 503',
      },
    ];
  });
}
