// Scrapes the proxies of the mesh. linkerd-viz and Linkerd's dashboards find workloads by the labels that the injector gives to
// pods: `linkerd.io/proxy-deployment: web` becomes deployment="web", as upstream's PodMonitor `linkerd-proxy` has it. What else
// a pod is labelled with stays away: upstream copies all of it onto each of some thousand series of a proxy.
local labels = import 'pod-labels.libsonnet';
local syntax = import 'syntax.libsonnet';

local pod = '__meta_kubernetes_pod_';

// How the proxy's own machinery fares: hundreds of series in each, for its developers.
local unread = 'stack_.+|control_.+_bucket';

function(this)
  local namespace = this.cluster.get('linkerd').namespace;
  {
    'discovery.kubernetes "proxies"': {
      role: 'pod',
      selectors: { role: 'pod', label: 'linkerd.io/control-plane-ns=' + namespace },
    },
    'discovery.relabel "proxies"': [
      { targets: syntax.expression('discovery.kubernetes.proxies.targets') },
      { rule: [
        { source_labels: [pod + 'container_name', pod + 'container_port_name'], regex: 'linkerd-proxy;linkerd-admin', action: 'keep' },
      ] + labels.identity + labels.instance + [
        { target_label: 'job', replacement: this.jobs.proxies },
        // Not to be taken for the label of Prometheus.
        { source_labels: [pod + 'label_linkerd_io_proxy_job'], target_label: 'k8s_job' },
        { regex: pod + 'label_linkerd_io_proxy_job', action: 'labeldrop' },
        { regex: pod + 'label_linkerd_io_proxy_(.+)', action: 'labelmap' },
        { regex: pod + 'label_linkerd_io_proxy_(.+)', action: 'labeldrop' },
        { regex: pod + 'label_linkerd_io_(.+)', action: 'labelmap' },
      ] },
    ],
    'prometheus.scrape "proxies"': {
      targets: syntax.expression('discovery.relabel.proxies.output'),
      forward_to: [syntax.expression('prometheus.relabel.proxies.receiver')],
      scrape_interval: this.meshInterval,
      clustering: { enabled: true },
    },
    'prometheus.relabel "proxies"': {
      forward_to: this.stores.metrics,
      rule: { source_labels: ['__name__'], regex: unread, action: 'drop' },
    },
  }
