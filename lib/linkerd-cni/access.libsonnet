// What the plugin and its repair controller may do: the role of the chart of edge-26.1.1 (charts/linkerd2-cni).
local k = import '../kubernetes/main.libsonnet';

local rule(group, resources, verbs) = { apiGroups: [group], resources: resources, verbs: verbs };

function(this) {
  plugin: k.clusterRoleWithBinding(this, this.name, 'installer', [
    rule('', ['pods', 'nodes', 'namespaces', 'services'], ['list', 'get', 'watch']),
    rule('', ['pods'], ['delete']),
    rule('events.k8s.io', ['events'], ['create']),
  ]),
}
