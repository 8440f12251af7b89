// Small manifests to which a probe adds the one thing that it is about.
import type { Manifest } from '../../scripts/core/types.ts';

type Json = Record<string, unknown>;

export const rbacGroup = 'rbac.authorization.k8s.io';
export const object = (apiVersion: string, kind: string, rest: Json, metadata: Json = {}): Manifest => {
  const isClusterScoped = ['ClusterRole', 'ClusterRoleBinding', 'Namespace'].includes(kind);
  return {
    apiVersion,
    kind,
    metadata: { name: 'x', ...(!isClusterScoped && { namespace: 'default' }), ...metadata },
    ...rest,
  };
};
export const pod = (spec: Json = {}, container: Json = {}): Json => ({
  containers: [{ name: 'web', image: 'a/b:1', ...container }],
  ...spec,
});
export const workload = (spec: Json, kind = 'Deployment', more: Json = {}, metadata: Json = {}): Manifest => {
  const template = { metadata: { labels: { a: 'b' } }, spec };
  const serviceName = kind === 'StatefulSet' && { serviceName: 's' };
  return object(
    'apps/v1',
    kind,
    { spec: { selector: { matchLabels: { a: 'b' } }, ...serviceName, template, ...more } },
    metadata,
  );
};
export const job = (spec: Json) => object('batch/v1', 'Job', { spec: { template: { spec } } });
export const cronJob = (schedule: string, spec: Json = pod({ restartPolicy: 'Never' }), more: Json = {}) =>
  object('batch/v1', 'CronJob', { spec: { schedule, ...more, jobTemplate: { spec: { template: { spec } } } } });
export const service = (spec: Json, metadata: Json = {}) => object('v1', 'Service', { spec }, metadata);
export const configMap = (rest: Json = {}, metadata: Json = {}) => object('v1', 'ConfigMap', rest, metadata);
export const role = (rules: unknown[], kind = 'Role', metadata: Json = {}) =>
  object(`${rbacGroup}/v1`, kind, { rules }, metadata);
export const binding = (
  subjects: unknown[],
  kind = 'RoleBinding',
  roleRef: Json = { apiGroup: rbacGroup, kind: 'ClusterRole', name: 'view' },
  metadata: Json = {},
) => object(`${rbacGroup}/v1`, kind, { subjects, roleRef }, metadata);
