// What the controller may do: the manager roles of charts/actions-runner-controller of 0.27.6, in the namespace of the runners
// where upstream has it for the whole cluster. Volumes have no namespace.
local k = import '../kubernetes/main.libsonnet';

local all = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
local core(resources, verbs) = { apiGroups: [''], resources: resources, verbs: verbs };
local kinds = ['horizontalrunnerautoscalers', 'runnerdeployments', 'runnerreplicasets', 'runners', 'runnersets'];

function(this)
  local name = this.workloadName('controller');
  {
    runners: k.roleWithBinding(this, name, 'controller', [
      { apiGroups: ['actions.summerwind.dev'], resources: kinds + [kind + '/finalizers' for kind in kinds], verbs: all },
      { apiGroups: ['actions.summerwind.dev'], resources: [kind + '/status' for kind in kinds], verbs: ['get', 'patch', 'update'] },
      { apiGroups: ['apps'], resources: ['statefulsets', 'statefulsets/finalizers'], verbs: all },
      core(['pods', 'pods/finalizers'], all),
      core(['persistentvolumeclaims'], ['delete', 'get', 'list', 'patch', 'update', 'watch']),
      core(['secrets'], ['get', 'list', 'watch']),
      core(['events'], ['create', 'patch']),
    ], namespace=this.runners.namespace),
    leaderElection: k.roleWithBinding(this, name + '-leader-election', 'controller', [
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'list', 'update'] },
      core(['configmaps'], all),
      core(['events'], ['create', 'patch']),
    ]),
    // It reuses the volumes of RunnerSets.
    volumes: k.clusterRoleWithBinding(this, name, 'controller', [core(['persistentvolumes'], ['delete', 'get', 'list', 'patch', 'update', 'watch'])]),
  }
