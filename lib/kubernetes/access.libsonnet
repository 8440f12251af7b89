// ServiceAccounts, roles and their bindings.
{
  // serviceAccount(this, role) -> the identity of one workload. Its token reaches a pod only where the workload asks for `apiAccess`.
  serviceAccount(this, role):: $.object(this, 'v1', 'ServiceAccount', this.workloadName(role), role) {
    automountServiceAccountToken: false,
  },

  local rbac = 'rbac.authorization.k8s.io/v1',
  local subject(this, role) = { kind: 'ServiceAccount', name: this.workloadName(role), namespace: this.namespaceOf(role) },
  local roleRef(kind, name) = { apiGroup: 'rbac.authorization.k8s.io', kind: kind, name: name },

  // In the component's namespace, or in another of which its app may write to.
  local inNamespace(namespace) = if namespace == null then {} else { metadata+: { namespace: namespace } },

  // role(this, name, rules, namespace=null) -> a Role in the component's namespace, or in that one.
  role(this, name, rules, namespace=null):: $.object(this, rbac, 'Role', name) + inNamespace(namespace) + { rules: rules },

  // roleBinding(this, name, role, namespace=null) -> gives the workload `role` the Role of that name.
  roleBinding(this, name, role, namespace=null):: $.object(this, rbac, 'RoleBinding', name) + inNamespace(namespace) + {
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

  // roleWithBinding(this, name, role, rules, namespace=null) -> { role, binding }.
  roleWithBinding(this, name, role, rules, namespace=null):: {
    role: $.role(this, name, rules, namespace),
    binding: $.roleBinding(this, name, role, namespace),
  },

  // clusterRoleWithBinding(this, name, role, rules) -> { clusterRole, clusterRoleBinding }.
  clusterRoleWithBinding(this, name, role, rules):: {
    clusterRole: $.clusterRole(this, name, rules),
    clusterRoleBinding: $.clusterRoleBinding(this, name, role),
  },
}
