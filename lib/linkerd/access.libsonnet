// What the control plane may do: the roles of the chart of edge-26.1.1 (charts/linkerd-control-plane/templates/*-rbac.yaml).
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];
local rule(group, resources, verbs) = { apiGroups: [group], resources: resources, verbs: verbs };
local both(groups, resources, verbs) = { apiGroups: groups, resources: resources, verbs: verbs };

local routes = ['grpcroutes', 'httproutes', 'tcproutes', 'tlsroutes'];
local status(resources) = [resource + '/status' for resource in resources];

function(this)
  local name(role) = 'linkerd-%s-%s' % [this.namespace, role];
  {
    identity: k.clusterRoleWithBinding(this, name('identity'), 'identity', [
      rule('authentication.k8s.io', ['tokenreviews'], ['create']),
      rule('', ['events'], ['create', 'patch']),
    ]),

    destination: k.clusterRoleWithBinding(this, name('destination'), 'destination', [
      rule('apps', ['replicasets'], read),
      rule('batch', ['jobs'], read),
      rule('', ['pods', 'endpoints', 'services', 'nodes'], read),
      rule('linkerd.io', ['serviceprofiles'], read),
      rule('workload.linkerd.io', ['externalworkloads'], read),
      rule('coordination.k8s.io', ['leases'], ['create', 'get', 'update', 'patch']),
      // It writes those of ExternalWorkloads.
      rule('discovery.k8s.io', ['endpointslices'], read + ['create', 'update', 'patch', 'delete']),
    ]),

    policy: k.clusterRoleWithBinding(this, 'linkerd-policy', 'destination', [
      rule('', ['pods'], read),
      rule('apps', ['deployments'], ['get']),
      rule('policy.linkerd.io', [
        'authorizationpolicies',
        'egressnetworks',
        'httplocalratelimitpolicies',
        'httproutes',
        'meshtlsauthentications',
        'networkauthentications',
        'serverauthorizations',
        'servers',
      ], read),
      rule('policy.linkerd.io', status(['egressnetworks', 'httplocalratelimitpolicies', 'httproutes']), ['patch']),
      rule('gateway.networking.k8s.io', routes, read),
      rule('gateway.networking.k8s.io', status(routes), ['patch']),
      rule('workload.linkerd.io', ['externalworkloads'], read),
      rule('coordination.k8s.io', ['leases'], ['create', 'get', 'patch']),
    ]) { clusterRoleBinding+: { metadata+: { name: 'linkerd-destination-policy' } } },

    // Credentials of other clusters, were there any.
    remoteDiscovery: k.roleWithBinding(this, 'remote-discovery', 'destination', [rule('', ['secrets'], read)]) {
      binding+: { metadata+: { name: 'linkerd-destination-remote-discovery' } },
    },

    injector: k.clusterRoleWithBinding(this, name('proxy-injector'), 'proxy-injector', [
      rule('', ['events'], ['create', 'patch']),
      rule('', ['namespaces', 'replicationcontrollers'], read),
      rule('', ['pods'], ['list', 'watch']),
      both(['extensions', 'apps'], ['deployments', 'replicasets', 'daemonsets', 'statefulsets'], read),
      both(['extensions', 'batch'], ['cronjobs', 'jobs'], read),
    ]),

    // For extensions, such as linkerd-viz.
    configReader: k.role(this, 'ext-namespace-metadata-linkerd-config', [
      rule('', ['configmaps'], ['get']) { resourceNames: [this.configName] },
    ]),
  }
