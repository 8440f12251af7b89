// The target `existing`: a kubeconfig that somebody else made. Nothing is made; the kubeconfig is read at each plan, and
// only the address and the name of the context go into the state.
function(cluster) {
  local context = cluster.infrastructure.context,

  providers: [],
  content: {
    locals+: {
      kubeconfig: '${yamldecode(file(local.kubeconfig_path))}',
      context: if context == null then '${local.kubeconfig["current-context"]}' else (import 'text.libsonnet').literal(context),
      cluster: '${one([for context in local.kubeconfig.contexts : context.context.cluster if context.name == local.context])}',
    },
  },
  outputs: {
    context: {
      value: '${local.context}',
      precondition: [{
        condition: '${local.cluster != null}',
        error_message: '${local.kubeconfig_path} has no context "${local.context}": set infrastructure.context to one of ${join(", ", local.kubeconfig.contexts[*].name)}.',
      }],
    },
    endpoint: { value: '${one([for cluster in local.kubeconfig.clusters : cluster.cluster.server if cluster.name == local.cluster])}' },
    kubeconfig: { value: '${local.kubeconfig_path}' },
  },
}
