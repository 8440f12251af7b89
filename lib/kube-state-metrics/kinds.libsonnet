// Kinds of objects, by the API group that they belong to: pkg/options/resource.go of kube-state-metrics 2.20.
local groups = {
  '': [
    'configmaps',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'replicationcontrollers',
    'resourcequotas',
    'secrets',
    'serviceaccounts',
    'services',
  ],
  'admissionregistration.k8s.io': [
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ],
  apps: ['daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  batch: ['cronjobs', 'jobs'],
  'certificates.k8s.io': ['certificatesigningrequests'],
  'coordination.k8s.io': ['leases'],
  'discovery.k8s.io': ['endpointslices'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  'storage.k8s.io': ['storageclasses', 'volumeattachments'],
};

local names = std.set(std.flattenArrays([groups[group] for group in std.objectFields(groups)]));

{
  names:: names,

  // What dashboards and alerts of the field ask for. Upstream's own choice has Secrets too, and with them the right to read
  // all of them; and kinds of which every cluster has hundreds that no alert looks at.
  usual:: [
    'cronjobs',
    'daemonsets',
    'deployments',
    'horizontalpodautoscalers',
    'jobs',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'poddisruptionbudgets',
    'pods',
    'replicasets',
    'resourcequotas',
    'services',
    'statefulsets',
    'storageclasses',
    'volumeattachments',
  ],

  // rules(kinds) -> what one must be allowed to list these kinds.
  rules(kinds):: [
    { apiGroups: [group], resources: chosen, verbs: ['list', 'watch'] }
    for group in std.objectFields(groups)
    for chosen in [[name for name in groups[group] if std.member(kinds, name)]]
    if chosen != []
  ],
}
