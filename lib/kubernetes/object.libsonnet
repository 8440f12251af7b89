// Names and labels that every object shares.
{
  // labels(this, role) -> the labels that Kubernetes recommends. role: a workload of the component, or null for what belongs to all of it.
  labels(this, role=null):: {
    'app.kubernetes.io/instance': this.name,
    'app.kubernetes.io/managed-by': 'argocd',
    'app.kubernetes.io/part-of': this.partOf,
  } + if role == null then { 'app.kubernetes.io/name': this.name } else {
    'app.kubernetes.io/component': role,
    'app.kubernetes.io/name': this.workloadName(role),
  },

  // selector(this, role) -> the labels that select the pods of one workload. They never change: selectors are immutable.
  selector(this, role):: {
    'app.kubernetes.io/instance': this.name,
    'app.kubernetes.io/name': this.workloadName(role),
  },

  // object(this, apiVersion, kind, name, role=null) -> a namespaced object without content, in the namespace of that workload.
  object(this, apiVersion, kind, name, role=null):: {
    apiVersion: apiVersion,
    kind: kind,
    metadata: {
      name: name,
      namespace: if role == null then this.namespace else this.namespaceOf(role),
      labels: $.labels(this, role),
    },
  },

  // clusterObject(this, apiVersion, kind, name, role=null) -> a cluster-scoped object. The component must list its kind in `clusterKinds`.
  clusterObject(this, apiVersion, kind, name, role=null):: {
    apiVersion: apiVersion,
    kind: kind,
    metadata: { name: name, labels: $.labels(this, role) },
  },
}
