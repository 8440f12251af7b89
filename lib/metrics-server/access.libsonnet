// What the server may read, who may read from it, and how it checks callers of its API.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  kubelets: k.clusterRoleWithBinding(this, 'system:metrics-server', 'server', [
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
    { apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
  ]),

  // Joins the built-in roles view, edit and admin.
  readers: k.clusterRole(this, 'system:aggregated-metrics-reader', [
    { apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
  ]) {
    metadata+: { labels+: { ['rbac.authorization.k8s.io/aggregate-to-' + role]: 'true' for role in ['admin', 'edit', 'view'] } },
  },

  // An aggregated API asks the API server who is calling.
  delegation: k.clusterRoleBinding(this, 'metrics-server:system:auth-delegator', 'server') {
    roleRef+: { name: 'system:auth-delegator' },
  },
  clientCA: k.roleBinding(this, 'metrics-server-auth-reader', 'server') {
    metadata+: { namespace: 'kube-system' },
    roleRef+: { name: 'extension-apiserver-authentication-reader' },
  },
}
