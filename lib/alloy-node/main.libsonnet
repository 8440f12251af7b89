// Alloy on every node: the logs of pods and of the node's own services, and the metrics of the node, its kubelet and its
// containers. Apart from the collector, since it reads the node's files: its namespace holds nothing else.
local alloy = import '../alloy/settings.libsonnet';
local stores = import '../alloy/stores.libsonnet';
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component + alloy.settings {
  local this = self,

  name: 'alloy-node',
  image:: versions.alloy,
  exporterImage:: versions['node-exporter'],

  '#excludedNamespaces':: doc.list('name', 'Namespaces whose logs are not kept.'),
  excludedNamespaces: [],

  '#journal':: doc.object("The logs of the node's own services, from systemd."),
  journal: {
    '#enabled':: doc.setting('boolean', 'Whether they are kept.'),
    enabled: true,
    '#path':: doc.setting('string', 'Folder of the journal, below /var/log; nodes that keep it in memory have none.'),
    path: '/var/log/journal',
    '#units':: doc.list('string', 'Units whose lines are kept, as regular expressions of their whole names; empty keeps all.'),
    units: [],
  },

  '#insecureKubelets':: doc.setting('boolean', "Accept a kubelet certificate that the cluster's CA did not sign, as on kind; what metrics-server does when it is on."),
  insecureKubelets: this.cluster.has('metrics-server') && this.cluster.get('metrics-server').insecureKubelets,

  '#tolerations':: doc.list('any', 'Taints of nodes that it runs on all the same; by default all of them.'),
  tolerations: [{ operator: 'Exists' }],

  // Alloy's guide counts 12 KiB for a series, of which a node with its containers has some 5,000, and 120 MiB for each MiB of
  // logs a second.
  size: { agent: { cpu: '50m', memory: '160Mi', memoryLimit: '512Mi' } },

  // ---- wiring ----

  stores:: stores(this),
  workloads:: {
    agent: { name: this.name, ports: { http: 12345 }, apiAccess: true, replicated: false },
  },
  scrape:: [{ workload: 'agent', port: 'http' }],
  after:: ['loki', 'mimir'],
  calls:: (if this.stores.mimir == null then [] else [
             this.stores.mimir.calledBy('agent', 'push'),
             { from: 'agent', to: 'kubelet' },
           ]) + (if this.stores.loki == null then [] else [this.stores.loki.calledBy('agent', 'push')]),

  // Labels `job` of what it collects, for dashboards and alerts.
  jobs:: {
    cAdvisor: 'kube-system/cadvisor',
    journal: 'kube-system/journal',
    kubelet: 'kube-system/kubelet',
    node: 'kube-system/node-exporter',
  },

  podSecurity:: { level: 'privileged', reason: 'It reads the log files of the node as root, and how full its file systems are: "baseline" allows no folders of the node.' },
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  problems:: alloy.problems(this) + (
    if this.stores.mimir != null || this.stores.loki != null then []
    else ['enabled: loki and mimir are off, so that nothing it collects is stored; set it to false, or one of them to true']
  ) + (
    if std.startsWith(this.journal.path, '/var/log/') then []
    else ['journal.path: only /var/log of the node is there for it; %s lies elsewhere' % this.journal.path]
  ),

  // ---- resources ----

  // The configuration, by file: objects for ../alloy/syntax.libsonnet, or text.
  config:: {
    logging: { logging: { level: this.logLevel, format: 'json' } },
    stores: this.stores.blocks,
    logs: if this.stores.loki == null then {} else (import 'logs.libsonnet')(this),
    metrics: if this.stores.mimir == null then {} else (import 'metrics.libsonnet')(this),
    extra: this.extraConfig,
  },

  resources+:: {
    access: (import 'access.libsonnet')(this),
    workload: (import 'workload.libsonnet')(this),
  },
}
