// Alloy, the collector of the cluster: it scrapes every component and the API server, takes OTLP from programs, follows the
// events of Kubernetes, and gives rules from Git to the rulers of Mimir and Loki. What lies on the nodes is alloy-node's.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local settings = import 'settings.libsonnet';
local stores = import 'stores.libsonnet';

component + settings.settings {
  local this = self,

  name: 'alloy',
  image:: versions.alloy,

  '#apiServer':: doc.setting('boolean', 'Whether the API server is scraped: some thousand series.'),
  apiServer: true,

  '#events':: doc.setting('boolean', 'Whether the events of Kubernetes are kept as logs.'),
  events: true,

  '#annotatedPods':: doc.object('Pods of programs that are no components here, scraped where they are annotated with `prometheus.io/scrape: "true"` and perhaps `port`, `path` and `scheme`.'),
  annotatedPods: {
    '#ports':: doc.list('port', 'Ports on which such pods may be asked; empty scrapes none. A pod must let it in by its own NetworkPolicy.'),
    ports: [],
  },

  '#meshInterval':: doc.setting('go-duration', 'How often the proxies of the mesh are asked; linkerd-viz shows the last minute, which needs two answers.'),
  meshInterval: '20s',

  // Alloy's guide counts 11 GiB for a million series: 12 KiB for each of some 20,000, beside the program itself.
  size: {
    collector: if this.highlyAvailable then { cpu: '100m', memory: '448Mi', memoryLimit: '1Gi' } else { cpu: '50m', memory: '320Mi', memoryLimit: '768Mi' },
  },

  // ---- wiring ----

  stores:: stores(this),
  collector:: if this.cluster.has('mimir') then 'collector' else null,
  workloads:: {
    collector: { name: this.name, ports: { http: 12345, 'otlp-grpc': 4317, 'otlp-http': 4318 }, apiAccess: true },
  },
  clustered:: this.replicas.collector > 1,

  // Where programs send OTLP: traces, metrics and logs, as far as there are stores for them.
  entries:: {
    otlpGRPC: { workload: 'collector', port: 'otlp-grpc' },
    otlpHTTP: { workload: 'collector', port: 'otlp-http' },
  },
  otlpGRPC:: this.address('otlpGRPC'),
  otlpHTTP:: 'http://' + this.address('otlpHTTP'),

  scrape:: [{ workload: 'collector', port: 'http' }],
  after:: ['loki', 'mimir', 'tempo'],
  calls:: (import 'traffic.libsonnet')(this),

  // Labels `job` of what is no component, for dashboards and alerts.
  jobs:: { apiServer: 'default/kubernetes', dns: 'kube-system/kube-dns', events: this.namespace + '/events', proxies: 'linkerd-proxy' },

  ruleGroups:: (import 'alerts.libsonnet')(this),
  dashboards:: (import 'dashboards.libsonnet')(this),

  crds:: [std.parseJson(importstr 'crds/prometheusrules.monitoring.coreos.com.json')],
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  problems:: settings.problems(this) + (
    if k.quantity.seconds(this.meshInterval) >= 10 then [] else ['meshInterval: %s is below 10s: a scrape may take that long' % this.meshInterval]
  ) + (
    if [name for name in ['loki', 'mimir', 'tempo'] if this.cluster.has(name)] != [] then []
    else ['enabled: loki, mimir and tempo are off, so that nothing it collects is stored; set it to false, or one of them to true']
  ),

  // ---- resources ----

  // The configuration, by file: objects for syntax.libsonnet, or text. An environment adds to it with `config+:: { events+: { … } }`.
  config:: (import 'config.libsonnet')(this),

  resources+:: {
    access: (import 'access.libsonnet')(this),
    prometheusRules: (import 'rules.libsonnet').objects(this),
    workload: (import 'workload.libsonnet')(this),
  },
}
