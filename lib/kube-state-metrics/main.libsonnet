// kube-state-metrics: what the objects of the cluster are, and what they ought to be, as metrics.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local kinds = import 'kinds.libsonnet';

component {
  local this = self,

  name: 'kube-state-metrics',
  image:: (import '../versions.json')['kube-state-metrics'],

  '#kinds':: doc.list(doc.enum(kinds.names, 'Kind.'), 'Kinds of objects that have metrics. It may list these and no others.'),
  kinds: kinds.usual,

  '#labels':: doc.map(
    doc.list('string', 'Label.'),
    "Labels of objects that become labels of `kube_<kind>_labels`, by kind: `{ pods: ['app.kubernetes.io/name'] }`.",
    keys=kinds.names,
  ),
  labels: {},

  // Two would say everything twice.
  replicas: { server: 1 },

  // Upstream recommends 100m and 250MiB for a cluster of any size. It keeps every object that it watches in memory: a few
  // hundred on one node.
  size: {
    server: if this.highlyAvailable then { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi' } else { cpu: '10m', memory: '48Mi', memoryLimit: '192Mi' },
  },

  // ---- wiring ----

  workloads:: { server: { name: this.name, ports: { metrics: 8080, telemetry: 8081 }, apiAccess: true, dns: false } },
  scrape:: [
    // Its metrics bear the namespace and pod of the objects that they are about.
    { workload: 'server', port: 'metrics', honorLabels: true },
    { workload: 'server', port: 'telemetry' },
  ],
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  problems:: (
    if this.replicas.server <= 1 then []
    else ['replicas.server: two know nothing of each other, and every object would have its metrics twice; set 1']
  ) + [
    'labels.%s: add it to kinds, or nothing lists them' % kind
    for kind in std.objectFields(this.labels)
    if !std.member(this.kinds, kind)
  ],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
  },
}
