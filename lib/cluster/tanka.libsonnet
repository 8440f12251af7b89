// The cluster as an inline Environment of Tanka, so that `tk show`, `tk diff` and `tk export` work on it.
//
// tanka(cluster, context) -> Environment. context: name of the kubectl context that `tk diff` asks.
function(cluster, context) {
  apiVersion: 'tanka.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: cluster.gitops.path },
  spec: {
    contextNames: [context],
    // Every manifest says its namespace. With a default Tanka would give one to cluster-scoped kinds that it does not know.
    namespace: '',
    // Argo CD applies server-side, so a difference is what that would change.
    applyStrategy: 'server',
    diffStrategy: 'server',
  },
  data: { [app]: cluster.manifests(app) for app in cluster.apps },
}
