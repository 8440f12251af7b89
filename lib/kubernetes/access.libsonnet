// ServiceAccounts, roles and their bindings.
{
  // serviceAccount(this, role) -> the identity of one workload. Its token reaches a pod only where the workload asks for `apiAccess`.
  serviceAccount(this, role):: $.object(this, 'v1', 'ServiceAccount', this.workloadName(role), role) {
    automountServiceAccountToken: false,
  },

  local rbac = 'rbac.authorization.k8s.io/v1',
  local subject(this, role) = { kind: 'ServiceAccount', name: this.workloadName(role), namespace: this.namespace },
  local roleRef(kind, name) = { apiGroup: 'rbac.authorization.k8s.io', kind: kind, name: name },

  // role(this, name, rules) -> a Role in the component's namespace.
  role(this, name, rules):: $.object(this, rbac, 'Role', name) { rules: rules },

  // roleBinding(this, name, role) -> gives the workload `role` the Role of that name.
  roleBinding(this, name, role):: $.object(this, rbac, 'RoleBinding', name) {
    roleRef: roleRef('Role', name),
    subjects: [subject(this, role)],
  },

  // clusterRole(this, name, rules) -> a ClusterRole. Names are cluster-wide: begin them with the component's.
  clusterRole(this, name, rules):: $.clusterObject(this, rbac, 'ClusterRole', name) { rules: rules },

  // clusterRoleBinding(this, name, role) -> gives the workload `role` the ClusterRole of that name everywhere.
  clusterRoleBinding(this, name, role):: $.clusterObject(this, rbac, 'ClusterRoleBinding', name) {
    roleRef: roleRef('ClusterRole', name),
    subjects: [subject(this, role)],
  },

  // roleWithBinding(this, name, role, rules) -> { role, binding } of the component's namespace.
  roleWithBinding(this, name, role, rules):: {
    role: $.role(this, name, rules),
    binding: $.roleBinding(this, name, role),
  },

  // clusterRoleWithBinding(this, name, role, rules) -> { clusterRole, clusterRoleBinding }.
  clusterRoleWithBinding(this, name, role, rules):: {
    clusterRole: $.clusterRole(this, name, rules),
    clusterRoleBinding: $.clusterRoleBinding(this, name, role),
  },
}
