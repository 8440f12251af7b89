// Who looks, and who may do everything: ServiceAccounts for `rekindle kubeconfig`, and the groups of the provider that the
// cluster signs in with.
local k = import '../kubernetes/main.libsonnet';
local rules = import 'viewer-rules.libsonnet';

// By this label `rekindle kubeconfig` finds the accounts.
local label = 'rekindle/account';

local rbac = 'rbac.authorization.k8s.io';

function(this)
  local signIn = this.cluster.signIn;
  local groups(field) = [
    { apiGroup: rbac, kind: 'Group', name: this.groupPrefix + group }
    for group in if signIn != null && std.objectHas(signIn, field) then signIn[field] else []
  ];
  local account(name) = k.object(this, 'v1', 'ServiceAccount', name) {
    metadata+: { labels+: { [label]: name } },
    // Its tokens are asked for, one at a time; no pod runs as it.
    automountServiceAccountToken: false,
  };
  local subjects = {
    admin: [{ kind: 'ServiceAccount', name: 'admin', namespace: this.namespace }] + groups('adminGroups'),
    viewer: [{ kind: 'ServiceAccount', name: 'viewer', namespace: this.namespace }] + groups('viewerGroups'),
  };
  local bound(object, kind, role, who) = object {
    roleRef: { apiGroup: rbac, kind: kind, name: role },
    subjects: subjects[who],
  };
  local everywhere(name, role, who) = bound(k.clusterObject(this, rbac + '/v1', 'ClusterRoleBinding', '%s-%s' % [this.name, name]), 'ClusterRole', role, who);
  {
    viewer: {
      serviceAccount: account('viewer'),
      clusterRole: k.clusterRole(this, this.name + '-viewer', rules.cluster(this)),
      // Kubernetes' own: what is in a namespace, without Secrets. Components add to it, metrics-server its API.
      view: everywhere('view', 'view', 'viewer'),
      cluster: everywhere('viewer', this.name + '-viewer', 'viewer'),
      [if this.prometheus then 'metrics']: {
        local name = this.name + '-metrics',
        role: k.role(this, name, rules.metrics(this)),
        binding: bound(k.object(this, rbac + '/v1', 'RoleBinding', name), 'Role', name, 'viewer'),
      },
    },
    [if this.admin then 'admin']: {
      serviceAccount: account('admin'),
      // Whoever administers makes roles and bindings, for which one must have every right that they give.
      all: everywhere('admin', 'cluster-admin', 'admin'),
    },
  }
