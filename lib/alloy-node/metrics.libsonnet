// Metrics of this node: its kubelet, its containers (cAdvisor, which is part of the kubelet) and itself (node-exporter, beside
// this program in the pod).
local syntax = import '../alloy/syntax.libsonnet';

local serviceAccount = '/var/run/secrets/kubernetes.io/serviceaccount/';

// What no dashboard or alert of the field reads: cAdvisor has 80 metrics for each container and each slice of systemd.
local unread = {
  kubelet: std.join('|', [
    'apiserver_.+',
    'authentication_.+',
    'authorization_.+',
    'csi_operations_.+_bucket',
    'kubelet_(http_requests|cgroup_manager|container_log)_.+_bucket',
    'kubernetes_feature_enabled',
    'rest_client_.+_bucket',
    'storage_operation_.+_bucket',
    'workqueue_.+',
  ]),
  cAdvisor: std.join('|', [
    'container_(blkio|hugetlb|memory_failures|memory_migrate|memory_numa|pressure|sched|tasks)_.+',
    'container_(file_descriptors|last_seen|memory_failcnt|memory_mapped_file|sockets|threads|threads_max|ulimits_soft)',
    'container_network_(advance_tcp|tcp6?|udp6?)_.+',
    'container_spec_(cpu_shares|memory_reservation_limit_bytes)',
  ]),
};

// Slices of systemd, and the pause container, would count everything twice; the root slice is the node.
local slices = [
  { source_labels: ['__name__', 'id', 'container', 'pod'], regex: 'container_.+;/.+;;', action: 'drop' },
  { source_labels: ['container'], regex: 'POD', action: 'drop' },
];

// A pod that does not share the node's network can't see what passes through it. cAdvisor does, and counts it as the traffic
// of the root slice: it becomes what node-exporter would have said.
local nodeNetwork(job) = [
  { source_labels: ['__name__', 'id'], regex: 'container_network_(receive|transmit)_(bytes|packets)_total;/', target_label: '__node', replacement: 'node_network_${1}_${2}_total' },
  { source_labels: ['__name__', 'id'], regex: 'container_network_(receive|transmit)_errors_total;/', target_label: '__node', replacement: 'node_network_${1}_errs_total' },
  { source_labels: ['__name__', 'id'], regex: 'container_network_(receive|transmit)_packets_dropped_total;/', target_label: '__node', replacement: 'node_network_${1}_drop_total' },
  { source_labels: ['__node', 'interface'], regex: '.+;(.+)', target_label: 'device' },
  { source_labels: ['__node'], regex: '.+', target_label: 'job', replacement: job },
  { source_labels: ['__node'], regex: '(.+)', target_label: '__name__' },
  { regex: '__node', action: 'labeldrop' },
];

function(this)
  local node = syntax.expression('sys.env("NODE_NAME")');
  local target(address, job, path) = [syntax.map({
    __address__: address,
    __metrics_path__: path,
    job: job,
    instance: node,
    node: node,
    // A kubelet is asked on several paths, and is one target for each of them.
    metrics_path: path,
  })];
  // kubelet(path, job, relabeled) -> asks this node's kubelet on one of its paths.
  local kubelet(path, job, relabeled) = {
    targets: target(syntax.expression('sys.env("NODE_ADDRESS") + ":10250"'), job, path),
    forward_to: [syntax.expression('prometheus.relabel.%s.receiver' % relabeled)],
    scrape_interval: this.scrapeInterval,
    scheme: 'https',
    // Containers bear the namespace and pod that they belong to.
    honor_labels: true,
    bearer_token_file: serviceAccount + 'token',
    tls_config: if this.insecureKubelets then { insecure_skip_verify: true } else { ca_file: serviceAccount + 'ca.crt' },
  };

  {
    'prometheus.scrape "kubelet"': kubelet('/metrics', this.jobs.kubelet, 'kubelet'),
    'prometheus.scrape "probes"': kubelet('/metrics/probes', this.jobs.kubelet, 'kubelet'),
    'prometheus.relabel "kubelet"': {
      forward_to: this.stores.metrics,
      rule: { source_labels: ['__name__'], regex: unread.kubelet, action: 'drop' },
    },

    'prometheus.scrape "cadvisor"': kubelet('/metrics/cadvisor', this.jobs.cAdvisor, 'cadvisor'),
    'prometheus.relabel "cadvisor"': {
      forward_to: this.stores.metrics,
      rule: [{ source_labels: ['__name__'], regex: unread.cAdvisor, action: 'drop' }] + slices + nodeNetwork(this.jobs.node),
    },

    'prometheus.scrape "node"': {
      targets: target('127.0.0.1:9100', this.jobs.node, '/metrics'),
      forward_to: this.stores.metrics,
      scrape_interval: this.scrapeInterval,
    },
  }
