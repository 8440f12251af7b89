// The cluster as an inline Environment of Tanka, so that `tk show`, `tk diff` and `tk export` work on it.
//
// tanka(cluster, context) -> Environment. context: name of the kubectl context that `tk diff` asks.

// Kinds of which Tanka 0.37 knows by itself that they are cluster-scoped (pkg/process/namespace.go), as far as anybody renders them.
local known = std.set([
  'APIService',
  'CSIDriver',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'MutatingWebhookConfiguration',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'RuntimeClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
]);

// Every other one without a namespace would be given the default; this annotation says that it has none.
local scoped(manifest) =
  if std.objectHas(manifest.metadata, 'namespace') || std.setMember(manifest.kind, known) then manifest
  else manifest { metadata+: { annotations+: { 'tanka.dev/namespaced': 'false' } } };

function(cluster, context) {
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: cluster.gitops.path },
  spec: {
    contextNames: [context],
    // Tanka wants a default; nothing lands there.
    namespace: 'default',
    // Argo CD applies server-side, so a difference is what that would change.
    applyStrategy: 'server',
    diffStrategy: 'server',
  },
  data: { [app]: [scoped(manifest) for manifest in cluster.manifests(app)] for app in cluster.apps },
}
