// What the collector may read.
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];

function(this) {
  local stores = this.stores,
  local when(condition, rules) = if condition then rules else [],

  objects: k.clusterRoleWithBinding(
    this,
    this.name,
    'collector',
    // Targets, and which pod an address belongs to.
    [{ apiGroups: [''], resources: ['namespaces', 'pods'], verbs: read }]
    + when(stores.mimir != null && this.apiServer, [
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: read },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ])
    + when(stores.loki != null && this.events, [{ apiGroups: [''], resources: ['events'], verbs: read }])
    + when(stores.mimir != null || stores.loki != null, [
      { apiGroups: ['monitoring.coreos.com'], resources: ['prometheusrules'], verbs: read },
    ]),
  ),
}
