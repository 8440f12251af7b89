// What trust-manager may do: the roles of its 0.25 chart (deploy/charts/trust-manager/templates/*role*.yaml).
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];
local write = ['create', 'patch', 'delete'];
local rule(group, resources, verbs) = { apiGroups: [group], resources: resources, verbs: verbs };

function(this) {
  bundles: k.clusterRoleWithBinding(this, this.name, 'controller', [
    rule('trust.cert-manager.io', ['bundles'], read),
    // For clusters with OwnerReferencesPermissionEnforcement.
    rule('trust.cert-manager.io', ['bundles/finalizers'], ['update']),
    rule('trust.cert-manager.io', ['bundles/status'], ['patch']),
    rule('', ['namespaces'], read),
    rule('', ['configmaps'], read + write),
    { apiGroups: ['', 'events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
  ] + (
    if this.secretTargets == [] then [] else [
      rule('', ['secrets'], read),
      rule('', ['secrets'], write) { resourceNames: this.secretTargets },
    ]
  )),

  sources: {
    local inTrustNamespace = { metadata+: { namespace: this.trustNamespace } },
    role: k.role(this, this.name, [rule('', ['secrets'], read)]) + inTrustNamespace,
    binding: k.roleBinding(this, this.name, 'controller') + inTrustNamespace,
  },

  leases: k.roleWithBinding(this, this.name + ':leaderelection', 'controller', [
    rule('coordination.k8s.io', ['leases'], ['get', 'create', 'update', 'watch', 'list']),
  ]),

  // Joins the role `cluster-reader` of people, where there is one.
  people: k.clusterRole(this, this.name + '-cluster-view', [rule('trust.cert-manager.io', ['bundles'], read)]) {
    metadata+: { labels+: { 'rbac.authorization.k8s.io/aggregate-to-cluster-reader': 'true' } },
  },
}
