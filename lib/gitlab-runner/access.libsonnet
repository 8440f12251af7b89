// What the manager may do, in the jobs' namespace and nowhere else: what docs/executors/kubernetes of gitlab-runner 19.3 lists
// for the features that are on. It reads and removes the Secrets that it makes for registries, but can't list others.
local k = import '../kubernetes/main.libsonnet';

local core(resources, verbs) = { apiGroups: [''], resources: resources, verbs: verbs };

// Is this key on for one of the runners?
local uses(this, key) = [
  name
  for name in std.objectFields(this.runners)
  if std.get(std.get(this.runners[name], 'kubernetes', {}), key, false) == true
] != [];

function(this) {
  jobs: k.roleWithBinding(this,
                          this.workloadName('manager'),
                          'manager',
                          [
                            core(['pods'], ['create', 'delete', 'get', 'list', 'watch']),
                            core(['pods/attach', 'pods/exec'], ['create', 'get']),
                            core(['pods/log'], ['get', 'list']),
                            core(['events'], ['list', 'watch']),
                            core(['secrets'], ['create', 'delete', 'get', 'update']),
                            core(['services'], ['create', 'get']),
                            core(['serviceaccounts'], ['get']),
                          ] + (if uses(this, 'pod_disruption_budget') then [{ apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: ['create', 'get'] }] else []),
                          namespace=this.jobs.namespace),
}
