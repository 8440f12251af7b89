// Services, and what keeps pods available.
{
  // service(this, role, ports) -> a Service before a workload. ports: { name: port }; the name is that of the workload's port.
  service(this, role, ports):: $.object(this, 'v1', 'Service', this.workloadName(role), role) {
    spec: {
      selector: $.selector(this, role),
      ports: [
        { name: name, port: ports[name], targetPort: name, protocol: this.portProtocol(role, name) }
        for name in std.objectFields(ports)
      ],
    },
  },

  // headless(this, role, ports) -> the same without a virtual address: DNS answers with the pods themselves.
  headless(this, role, ports):: $.service(this, role, ports) { spec+: { clusterIP: 'None' } },

  // podDisruptionBudget(this, role) -> lets one pod go at a time.
  podDisruptionBudget(this, role):: $.object(this, 'policy/v1', 'PodDisruptionBudget', this.workloadName(role), role) {
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: $.selector(this, role) },
      // A pod that is broken already must not stop a node from being drained.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  },

  // groupDisruptionBudget(this, name, roles) -> the same for workloads that together are one program, such as its zones: a pod
  // under two budgets could never be evicted.
  groupDisruptionBudget(this, name, roles):: $.object(this, 'policy/v1', 'PodDisruptionBudget', '%s-%s' % [this.prefix, name]) {
    spec: {
      maxUnavailable: 1,
      selector: {
        matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: [this.workloadName(role) for role in roles] }],
        matchLabels: { 'app.kubernetes.io/instance': this.name },
      },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  },
}
