// Logs: the files that the container runtime writes for each container of this node, and the journal.
local labels = import '../alloy/pod-labels.libsonnet';
local syntax = import '../alloy/syntax.libsonnet';

local pod = '__meta_kubernetes_pod_';

local journal(this) = if !this.journal.enabled then {} else {
  'loki.source.journal "node"': {
    path: this.journal.path,
    // Loki refuses what is older than a week; a node that was off for longer has told it nothing.
    max_age: '12h',
    labels: syntax.map({ job: this.jobs.journal, node: syntax.expression('sys.env("NODE_NAME")') }),
    relabel_rules: syntax.expression('loki.relabel.journal.rules'),
    forward_to: this.stores.logs,
  },
  'loki.relabel "journal"': [
    { forward_to: [] },
    { rule: [
      { source_labels: ['__journal__systemd_unit'], target_label: 'unit' },
      { source_labels: ['__journal_priority_keyword'], target_label: 'level' },
    ] },
    if this.journal.units == [] then {} else {
      rule: { source_labels: ['unit'], regex: std.join('|', this.journal.units), action: 'keep' },
    },
  ],
};

function(this) {
  'discovery.kubernetes "pods"': {
    role: 'pod',
    selectors: { role: 'pod', field: syntax.expression('"spec.nodeName=" + sys.env("NODE_NAME")') },
  },

  'discovery.relabel "pods"': [
    { targets: syntax.expression('discovery.kubernetes.pods.targets') },
    if this.excludedNamespaces == [] then {} else {
      rule: { source_labels: ['__meta_kubernetes_namespace'], regex: std.join('|', this.excludedNamespaces), action: 'drop' },
    },
    { rule: labels.identity + labels.job + [
      // The UID is in the name of the folder; that of a static pod is not the one that the API server gives it, but a hash.
      { source_labels: [pod + 'uid'], target_label: '__uid' },
      { source_labels: [pod + 'annotation_kubernetes_io_config_hash'], regex: '(.+)', target_label: '__uid' },
      { source_labels: ['__uid', 'container'], separator: '/', target_label: '__path__', replacement: '/var/log/pods/*$1/*.log' },
    ] },
  ],

  'local.file_match "pods"': { path_targets: syntax.expression('discovery.relabel.pods.output') },

  'loki.source.file "pods"': {
    targets: syntax.expression('local.file_match.pods.targets'),
    forward_to: [syntax.expression('loki.process.pods.receiver')],
  },

  'loki.process "pods"': [
    { forward_to: this.stores.logs },
    // Every line begins with time, stream and whether it is whole, as the CRI wants it.
    { 'stage.cri': {} },
    { 'stage.label_drop': { values: ['filename'] } },
  ],
} + journal(this)
