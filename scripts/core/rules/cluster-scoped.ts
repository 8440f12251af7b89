import type { Subject } from './rule.ts';
import { at } from './values.ts';

/**
 * Kinds of Kubernetes itself that live outside namespaces, by group: every kind of the OpenAPI document of 1.36 that
 * is created at a path without `{namespace}`. All other built-in kinds have a namespace.
 */
const builtIn: Record<string, string[]> = {
  '': ['ComponentStatus', 'Namespace', 'Node', 'PersistentVolume'],
  'admissionregistration.k8s.io': [
    'MutatingAdmissionPolicy',
    'MutatingAdmissionPolicyBinding',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['SelfSubjectReview', 'TokenReview'],
  'authorization.k8s.io': ['SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'internal.apiserver.k8s.io': ['StorageVersion'],
  'networking.k8s.io': ['IPAddress', 'IngressClass', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'DeviceTaintRule', 'ResourcePoolStatusRequest', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment', 'VolumeAttributesClass'],
  'storagemigration.k8s.io': ['StorageVersionMigration'],
};

const namespacedGroups = ['apps', 'autoscaling', 'batch', 'coordination.k8s.io', 'discovery.k8s.io', 'events.k8s.io', 'policy'];

/** Whether a group belongs to Kubernetes itself, so that all of its kinds are known here. */
export function isBuiltInGroup(group: string): boolean {
  return Object.hasOwn(builtIn, group) || namespacedGroups.includes(group);
}

/**
 * Whether the subject's kind lives outside namespaces. Custom kinds are looked up in the CustomResourceDefinitions
 * that are checked beside it; an unknown custom kind counts as namespaced only when it names a namespace.
 */
export function isClusterScoped({ group, ref, manifest }: Subject, beside: Subject[]): boolean {
  if (isBuiltInGroup(group)) return builtIn[group]?.includes(ref.kind) ?? false;
  const scope = customScope(group, ref.kind, beside);
  return scope === undefined ? at(manifest, 'metadata', 'namespace') === undefined : scope === 'Cluster';
}

const scopesOf = new WeakMap<Subject[], Map<string, string>>();

function customScope(group: string, kind: string, beside: Subject[]): string | undefined {
  let scopes = scopesOf.get(beside);
  if (scopes === undefined) {
    scopes = new Map();
    for (const { ref, manifest } of beside) {
      if (ref.kind !== 'CustomResourceDefinition') continue;
      scopes.set(`${at(manifest, 'spec', 'group')}/${at(manifest, 'spec', 'names', 'kind')}`, `${at(manifest, 'spec', 'scope')}`);
    }
    scopesOf.set(beside, scopes);
  }
  return scopes.get(`${group}/${kind}`);
}
