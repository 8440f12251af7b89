// What the agent may read: which pods are on its node, and the metrics of its kubelet.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  objects: k.clusterRoleWithBinding(this, this.name, 'agent', [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
    { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
  ]),
}
