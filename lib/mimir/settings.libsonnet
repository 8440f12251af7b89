// What an environment may decide. Limits go by Mimir's own names: its documentation is theirs.
local api = import '../component/api.libsonnet';
local doc = import '../doc/main.libsonnet';

{
  local this = self,

  '#mode':: doc.enum(['microservices', 'monolithic'], 'One program that does everything, or each part by itself, with its copies in three zones.'),
  mode: if this.highlyAvailable then 'microservices' else 'monolithic',

  '#retention':: doc.optional('duration', 'How long metrics are kept; null keeps them for ever.'),
  retention: '90d',

  '#limits':: doc.map('any', "Limits of every tenant, by the names of Mimir's block `limits`, on top of Mimir's own defaults."),
  limits: {
    // Samples come late when a node was cut off, or when they come from elsewhere.
    out_of_order_time_window: '10m',
    // Exemplars lead from a metric to a trace. Mimir keeps none unless told.
    max_global_exemplars_per_user: 10000,
    max_global_series_per_user: 150000,
    max_label_names_per_series: 40,
    // The common mixins have groups of more than Mimir's 20 rules.
    ruler_max_rules_per_rule_group: 100,
    ruler_max_rule_groups_per_tenant: 300,
  },

  '#overrides':: doc.map(doc.map('any', 'Limits.'), 'Limits of single tenants: { <tenant>: { <limit>: … } }. Mimir follows them without a restart.'),
  overrides: {},

  '#volumeSize':: doc.setting('quantity', 'Volume of each pod that holds what was not uploaded yet, index headers, and blocks being compacted.'),
  volumeSize: '10Gi',

  '#caches':: doc.object('What memcached may store for each purpose; null does without. A single program has small caches of its own.'),
  caches: {
    local size(memory) = if this.mode == 'microservices' then memory else null,
    '#chunks':: doc.optional('quantity', 'Chunks of metrics.'),
    chunks: size('256Mi'),
    '#index':: doc.optional('quantity', 'Parts of the index of blocks.'),
    index: size('128Mi'),
    '#metadata':: doc.optional('quantity', 'Which blocks there are.'),
    metadata: size('64Mi'),
    '#results':: doc.optional('quantity', 'Answers to queries.'),
    results: size('128Mi'),
  },

  '#alertmanagerConfig':: doc.optional(
    doc.secretKey('Where it is.').node,
    'A Secret with the configuration of the Alertmanager (receivers hold passwords): for every tenant that did not upload one. null notifies nobody.',
  ),
  alertmanagerConfig: null,

  '#notificationPorts':: doc.list('port', 'Ports outside the cluster that the Alertmanager may call: 443, and that of the mail server.'),
  notificationPorts: [443, 587],

  '#api':: api.twin('Publish the APIs for writing, reading and rules at a host; null keeps them inside the cluster.'),
  api: null,

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'What it logs.'),
  logLevel: 'info',
}
