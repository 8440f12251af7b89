// What Contour may read and write, and the class that it serves.
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];

function(this) {
  // examples/contour/02-role-contour.yaml of Contour 1.33 without what it asks for the Gateway API (its kinds, namespaces,
  // ConfigMaps) and for a configuration in a ContourConfiguration, neither of which is used here.
  objects: k.clusterRoleWithBinding(this, this.name, 'contour', [
    { apiGroups: [''], resources: ['secrets', 'services'], verbs: read },
    { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: read },
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses/status'], verbs: ['create', 'get', 'update'] },
    { apiGroups: ['projectcontour.io'], resources: ['extensionservices', 'httpproxies', 'tlscertificatedelegations'], verbs: read },
    { apiGroups: ['projectcontour.io'], resources: ['extensionservices/status', 'httpproxies/status'], verbs: ['create', 'get', 'update'] },
  ]),

  // Which of several Contours writes the status.
  leaderElection: k.roleWithBinding(this, this.name, 'contour', [
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'get', 'update'] },
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
  ]),

  ingressClass: k.clusterObject(this, 'networking.k8s.io/v1', 'IngressClass', this.ingressClass.name) {
    metadata+: {
      [if this.ingressClass.default then 'annotations']: { 'ingressclass.kubernetes.io/is-default-class': 'true' },
    },
    spec: { controller: 'projectcontour.io/%s/%s' % [this.namespace, this.name] },
  },
}
