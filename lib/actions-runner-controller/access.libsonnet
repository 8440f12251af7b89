// What controller and runners may do: the roles of the charts gha-runner-scale-set-controller and gha-runner-scale-set 0.14.2,
// without their finalizers: README.md, "Deleting".
local k = import '../kubernetes/main.libsonnet';

local actions(resources, verbs) = { apiGroups: ['actions.github.com'], resources: resources, verbs: verbs };
local core(resources, verbs) = { apiGroups: [''], resources: resources, verbs: verbs };
local rbac(resources, verbs) = { apiGroups: ['rbac.authorization.k8s.io'], resources: resources, verbs: verbs };

local read = ['list', 'watch'];
local write = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

// All that the controller does with one of its kinds.
local owns(resource) = [
  actions([resource], write),
  actions([resource + '/status'], ['get', 'patch', 'update']),
  actions([resource + '/finalizers'], ['patch', 'update']),
];

local ofRunners = owns('autoscalingrunnersets') + owns('ephemeralrunnersets') + owns('ephemeralrunners');
local sees = [core(['pods', 'serviceaccounts'], read), rbac(['rolebindings'], read)];

// In the namespace of the runners: their pods, their Secrets, and the roles of their listeners.
local manages(this) = [
  core(['pods'], ['create', 'delete', 'get']),
  core(['pods/status'], ['get']),
  core(['secrets'], ['create', 'delete', 'get', 'list', 'patch', 'update']),
  core(['serviceaccounts'], ['create', 'delete', 'get', 'list', 'patch', 'update']),
  rbac(['rolebindings', 'roles'], ['create', 'delete', 'get', 'patch', 'update']),
] + (
  if [name for name in std.objectFields(this.scaleSets) if std.objectHas(this.scaleSets[name], 'certificateAuthority')] == [] then []
  else [core(['configmaps'], ['get'])]
);

// In its own namespace: the pods of the listeners, with their configuration and ServiceAccounts.
local listeners = [
  core(['pods'], ['create', 'delete', 'get']),
  core(['pods/status'], ['get']),
  core(['secrets', 'serviceaccounts'], ['create', 'delete', 'get', 'patch', 'update']),
];

function(this)
  local name = this.workloadName('controller');
  {
    listeners: k.roleWithBinding(this, name + '-listeners', 'controller', listeners),
    runners: k.roleWithBinding(this, name, 'controller', manages(this), namespace=this.runners.namespace),
  } + (
    if this.watchAllNamespaces then {
      all: k.clusterRoleWithBinding(this, name, 'controller', ofRunners + owns('autoscalinglisteners') + sees + [rbac(['roles'], read + ['patch'])]),
    } else {
      own: k.roleWithBinding(this, name, 'controller', owns('autoscalinglisteners') + sees + [
        rbac(['roles'], read),
        actions(['autoscalingrunnersets', 'ephemeralrunners', 'ephemeralrunnersets'], read),
      ]),
      watched: k.roleWithBinding(this, name + '-watch', 'controller', ofRunners + sees + [
        actions(['autoscalinglisteners'], read),
        rbac(['roles'], read + ['patch']),
      ], namespace=this.runners.namespace),
    }
  ) + (
    if this.replicas.controller == 1 then {}
    else {
      leaderElection: k.roleWithBinding(this, name + '-leader-election', 'controller', [
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'delete', 'get', 'list', 'update', 'watch'] },
        core(['events'], ['create', 'patch']),
      ]),
    }
  ) + (
    if !this.runsPods then {}
    else {
      // What the container hooks ask for. They read every Secret of the namespace: README.md, "Containers in jobs".
      hooks: k.roleWithBinding(this, this.workloadName('kubernetes-runner'), 'kubernetes-runner', [
        core(['pods'], ['create', 'delete', 'get', 'list']),
        core(['pods/exec'], ['create', 'get']),
        core(['pods/log'], ['get', 'list', 'watch']),
        core(['secrets'], ['create', 'delete', 'get', 'list']),
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'delete', 'get', 'list'] },
      ], namespace=this.runners.namespace),
    }
  )
