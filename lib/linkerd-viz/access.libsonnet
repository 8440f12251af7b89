// What each may do: the roles of the chart of edge-26.1.1 (viz/charts/linkerd-viz/templates/*-rbac.yaml).
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];
local rule(groups, resources, verbs) = { apiGroups: groups, resources: resources, verbs: verbs };

local owners = [
  rule(['extensions', 'apps'], ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], read),
  rule(['extensions', 'batch'], ['cronjobs', 'jobs'], read),
];

function(this)
  local name(role) = 'linkerd-%s-%s' % [this.namespace, role];
  local of(role, rules) = k.clusterRoleWithBinding(this, name(role), role, rules);
  local inLinkerd = { metadata+: { namespace: this.linkerd.namespace } };
  {
    metricsAPI: of('metrics-api', owners + [
      rule([''], ['pods', 'endpoints', 'services', 'replicationcontrollers', 'namespaces'], read),
      rule(['linkerd.io'], ['serviceprofiles'], read),
      rule(['policy.linkerd.io'], ['servers', 'serverauthorizations', 'authorizationpolicies', 'httproutes'], ['list', 'get']),
    ]),

    tap: of('tap', owners + [
      rule([''], ['pods', 'services', 'replicationcontrollers', 'namespaces', 'nodes'], read),
    ]),
    // An aggregated API asks the API server who is calling.
    tapDelegation: k.clusterRoleBinding(this, name('tap-auth-delegator'), 'tap') { roleRef+: { name: 'system:auth-delegator' } },
    tapClientCA: k.roleBinding(this, name('tap-auth-reader'), 'tap') {
      metadata+: { namespace: 'kube-system' },
      roleRef+: { name: 'extension-apiserver-authentication-reader' },
    },
    // For people who may see requests as they pass: bind it to them.
    tapAdmin: k.clusterRole(this, name('tap-admin'), [
      rule([''], ['namespaces'], ['list']),
      rule(['tap.linkerd.io'], ['*/tap'], ['watch']),
    ]),

    tapInjector: k.clusterRoleWithBinding(this, 'linkerd-tap-injector', 'tap-injector', [rule([''], ['namespaces'], read)]),

    web: {
      local privileged = [
        rule([''], ['namespaces', 'configmaps'], ['get']),
        rule([''], ['serviceaccounts', 'pods'], ['list']),
        rule(['apps'], ['replicasets'], ['list']),
      ],
      role: k.role(this, 'web', [
        rule([''], ['configmaps'], ['get']) { resourceNames: [this.linkerd.configName] },
      ] + (if this.webPrivileges then privileged else [])) + inLinkerd,
      binding: k.roleBinding(this, 'web', 'web') + inLinkerd,
      [if this.webPrivileges then 'check']: k.clusterRoleWithBinding(this, name('web-check'), 'web', [
        rule(['rbac.authorization.k8s.io'], ['clusterroles', 'clusterrolebindings'], ['list']),
        rule(['apiextensions.k8s.io'], ['customresourcedefinitions'], ['list']),
        rule(['admissionregistration.k8s.io'], ['mutatingwebhookconfigurations', 'validatingwebhookconfigurations'], ['list']),
        rule(['linkerd.io'], ['serviceprofiles'], ['list']),
        rule([''], ['nodes', 'pods', 'services'], ['list']),
        rule(['apiregistration.k8s.io'], ['apiservices'], ['get']),
      ]),
      [if this.webPrivileges then 'tap']: k.clusterRoleBinding(this, name('web-admin'), 'web') { roleRef+: { name: name('tap-admin') } },
      [if this.webPrivileges then 'api']: k.clusterRoleWithBinding(this, name('web-api'), 'web', [rule([''], ['namespaces'], ['list'])]),
    },
  }
