// What each program may do in the cluster: upstream's roles of 3.5 (manifests/base and manifests/cluster-rbac).
local k = import '../kubernetes/main.libsonnet';

local read = ['get', 'list', 'watch'];
local write = ['create', 'get', 'list', 'watch', 'update', 'patch', 'delete'];
local secretsAndSettings(verbs) = { apiGroups: [''], resources: ['secrets', 'configmaps'], verbs: verbs };
local applications(verbs) = { apiGroups: ['argoproj.io'], resources: ['applications', 'applicationsets', 'appprojects'], verbs: verbs };
local ownEvents = { apiGroups: [''], resources: ['events'], verbs: ['create', 'list'] };

// Why a role of this cluster says `*`.
local because(reason) = { metadata+: { annotations+: { 'rekindle/wildcard-reason': reason } } };

function(this)
  local clusterRole(role, rules, reason) =
    local both = k.clusterRoleWithBinding(this, '%s-%s' % [this.name, role], role, rules);
    both { clusterRole+: because(reason) };
  local own(role, rules) = k.roleWithBinding(this, this.workloadName(role), role, rules);
  local when(role, objects) = if this.runs(role) then { [role]: objects } else {};

  when('application-controller', {
    own: own('application-controller', [
      secretsAndSettings(read),
      applications(write),
      ownEvents,
      { apiGroups: ['apps'], resources: ['deployments'], verbs: read },
    ]),
    cluster: clusterRole('application-controller', [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ], 'It applies whatever is in Git, roles included; AppProjects bound what each app may apply.'),
  })

  + when('server', {
    own: own('server', [secretsAndSettings(write), applications(write), ownEvents]),
    cluster: clusterRole('server', [
      { apiGroups: ['*'], resources: ['*'], verbs: ['get'] + (if this.uiMayChange then ['delete', 'patch'] else []) },
      { apiGroups: [''], resources: ['events'], verbs: ['list'] },
      { apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get'] },
      { apiGroups: ['argoproj.io'], resources: ['applications', 'applicationsets'], verbs: read },
    ] + (if this.uiMayChange then [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] }] else []), 'The UI shows every object that an app has.'),
  })

  + when('applicationset-controller', {
    own: own('applicationset-controller', [
      { apiGroups: ['argoproj.io'], resources: ['applications', 'applicationsets', 'applicationsets/finalizers'], verbs: write },
      { apiGroups: ['argoproj.io'], resources: ['appprojects'], verbs: read },
      { apiGroups: ['argoproj.io'], resources: ['applicationsets/status'], verbs: ['get', 'patch', 'update'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'get', 'list', 'patch', 'watch'] },
      secretsAndSettings(read),
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: ['58ac56fa.applicationsets.argoproj.io'], verbs: ['get', 'update', 'create'] },
    ]),
  })

  + when('notifications-controller', {
    own: own('notifications-controller', [
      { apiGroups: ['argoproj.io'], resources: ['applications', 'appprojects'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
      secretsAndSettings(['list', 'watch']),
      { apiGroups: [''], resources: ['configmaps'], resourceNames: ['argocd-notifications-cm'], verbs: ['get'] },
      { apiGroups: [''], resources: ['secrets'], resourceNames: ['argocd-notifications-secret'], verbs: ['get'] },
    ]),
  })

  + when('dex-server', { own: own('dex-server', [secretsAndSettings(read)]) })

  + (if this.redisRole == null then {} else {
       // For the container that makes the password.
       [this.redisRole]: { own: own(this.redisRole, [
         { apiGroups: [''], resources: ['secrets'], resourceNames: ['argocd-redis'], verbs: ['get'] },
         { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
       ]) },
     })
