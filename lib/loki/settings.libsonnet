// What an environment may decide. Limits go by Loki's own names: its documentation is theirs.
local api = import '../component/api.libsonnet';
local canary = import '../component/canary.libsonnet';
local doc = import '../doc/main.libsonnet';

{
  local this = self,

  '#mode':: doc.enum(['distributed', 'monolithic'], 'One program that does everything, or each part by itself, with its copies in three zones.'),
  mode: if this.highlyAvailable then 'distributed' else 'monolithic',

  '#retention':: doc.optional('duration', 'How long logs are kept, 24h or more; null keeps them for ever.'),
  retention: '30d',

  '#limits':: doc.map('any', "Limits of every tenant, by the names of Loki's block `limits_config`, on top of Loki's own defaults."),
  limits: {
    // A node that starts sends what it wrote for minutes at once.
    ingestion_burst_size_mb: 16,
    ingestion_rate_mb: 8,
    max_global_streams_per_user: 10000,
  },

  '#overrides':: doc.map(doc.map('any', 'Limits.'), 'Limits of single tenants: { <tenant>: { <limit>: … } }. Loki follows them without a restart.'),
  overrides: {},

  '#schema':: doc.list(doc.shape({
    from: doc.required('string', 'First day, YYYY-MM-DD, in UTC.'),
    version: doc.required(doc.enum(['v13'], 'Schema.'), 'Schema of the index.'),
  }), 'How the index is written, from which day on. Never change an entry whose day has come: add one with a day in the future.'),
  schema: [{ from: '2024-04-01', version: 'v13' }],

  '#volumeSize':: doc.setting('quantity', 'Volume of each pod that holds what was not uploaded yet, or index files that it reads often.'),
  volumeSize: '10Gi',

  '#caches':: doc.object('What memcached may store for each purpose; null does without. A single program has small caches of its own.'),
  caches: {
    local size(memory) = if this.mode == 'distributed' then memory else null,
    '#chunks':: doc.optional('quantity', 'Chunks of logs.'),
    chunks: size('256Mi'),
    '#results':: doc.optional('quantity', 'Answers to queries.'),
    results: size('64Mi'),
  },

  '#canary':: canary.twin('loki-canary logs a line every ten seconds and asks Loki for it, by way of alloy-node as every log goes'),
  canary: false,

  '#api':: api.twin('Publish the APIs for writing, reading and rules at a host; null keeps them inside the cluster.'),
  api: null,

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'What it logs.'),
  logLevel: 'info',
}
