// What the viewer may, beyond Kubernetes' role `view`: see what belongs to no namespace, and ask for metrics. It may change
// nothing, and read no Secret.

// API groups, what these programs show of each, and what for.
local read = [
  { group: '', resources: ['nodes', 'persistentvolumes'] },  // where pods run, and on what their volumes lie
  // Why an object was refused or changed, and who serves an API.
  { group: 'admissionregistration.k8s.io', resources: [
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
  ] },
  { group: 'apiextensions.k8s.io', resources: ['customresourcedefinitions'] },  // which kinds there are: all four ask this first
  { group: 'apiregistration.k8s.io', resources: ['apiservices'] },
  { group: 'coordination.k8s.io', resources: ['leases'] },  // which of several pods leads
  { group: 'events.k8s.io', resources: ['events'] },  // `view` has those of the older group
  { group: 'networking.k8s.io', resources: ['ingressclasses'] },
  { group: 'node.k8s.io', resources: ['runtimeclasses'] },
  { group: 'rbac.authorization.k8s.io', resources: ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'] },  // who may what
  { group: 'scheduling.k8s.io', resources: ['priorityclasses'] },
  { group: 'storage.k8s.io', resources: ['csidrivers', 'csinodes', 'csistoragecapacities', 'storageclasses', 'volumeattachments'] },
];

// The kinds that components bring, by group: `view` knows none of them unless somebody adds them.
local customResources(cluster) =
  local crds = std.flattenArrays([cluster.enabled[name].crds for name in std.objectFields(cluster.enabled)]);
  local named = [{ group: crd.spec.group, resource: crd.spec.names.plural } for crd in crds];
  [
    { group: group, resources: std.set([one.resource for one in named if one.group == group]) }
    for group in std.set([one.group for one in named])
  ];

{
  // cluster(this) -> rules of a ClusterRole.
  cluster(this):: [
    { apiGroups: [one.group], resources: one.resources, verbs: ['get', 'list', 'watch'] }
    for one in read + customResources(this.cluster)
  ] + (if this.viewerPortForward then [{ apiGroups: [''], resources: ['pods/portforward'], verbs: ['create', 'get'] }] else []),

  // metrics(this) -> rules of a Role: the one Service that may be asked through the API server. Lens asks by POST, Headlamp by
  // GET; the name is what stands in the path, port included.
  metrics(this):: [{
    apiGroups: [''],
    resources: ['services/proxy'],
    resourceNames: ['%s:%d' % [this.workloadName('prometheus'), this.workload('prometheus').ports.http]],
    verbs: ['create', 'get'],
  }],
}
