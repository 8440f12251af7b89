// What the controller may do: write Secrets in every namespace, which is what it is for, and read the stores that say how.
// Upstream's role without the kinds that are not installed.
local k = import '../kubernetes/main.libsonnet';

local rule(group, resources, verbs) = { apiGroups: [group], resources: resources, verbs: verbs };
local own = 'external-secrets.io';
local read = ['get', 'list', 'watch'];
local kinds = ['clustersecretstores', 'externalsecrets', 'secretstores'];

function(this) {
  controller: k.clusterRoleWithBinding(this, this.name, 'controller', [
    rule(own, kinds, read + ['update', 'patch']),
    rule(own, [kind + '/status' for kind in kinds], ['get', 'update', 'patch']),
    rule('generators.external-secrets.io', ['generatorstates'], read + ['create', 'update', 'patch', 'delete', 'deletecollection']),
    // Stores name ConfigMaps with CAs, Secrets to sign in with, and ServiceAccounts whose tokens a provider takes.
    rule('', ['configmaps', 'namespaces', 'serviceaccounts'], read),
    rule('', ['secrets'], read + ['create', 'update', 'patch', 'delete']),
    rule('', ['serviceaccounts/token'], ['create']),
    rule('', ['events'], ['create', 'patch']),
  ]),

  // Of several pods one works.
  leader: k.roleWithBinding(this, this.name + '-leader', 'controller', [
    rule('coordination.k8s.io', ['leases'], ['create']),
    rule('coordination.k8s.io', ['leases'], ['get', 'update', 'patch']) { resourceNames: ['external-secrets-controller'] },
  ]),
}
