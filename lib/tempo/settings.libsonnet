// What an environment may decide. Limits go by Tempo's own names: its documentation is theirs.
local api = import '../component/api.libsonnet';
local canary = import '../component/canary.libsonnet';
local doc = import '../doc/main.libsonnet';

{
  local this = self,

  '#mode':: doc.enum(['microservices', 'monolithic'], 'One program that does everything, or each part by itself, with Kafka between what receives and what stores.'),
  // Kafka is nobody's default: the mode does not follow the profile.
  mode: 'monolithic',

  '#kafka':: doc.optionalShape({
    address: doc.required('string', 'host:port of a broker.'),
    topic: doc.required('name', 'Topic; it must exist, with `partitions` partitions.'),
    partitions: doc.setting('count', 'How many partitions it has, one when it is left out: as many pods build blocks, and as many in each zone hold the newest traces.'),
    credentials: doc.setting(doc.shape({
      secretName: doc.required('host', 'Name of the Secret.'),
      userKey: doc.required('string', 'Key with the name of the user.'),
      passwordKey: doc.required('string', 'Key with the password.'),
    }), 'Sign in by SASL.'),
    service: doc.setting(doc.shape({
      component: doc.required('name', 'The component.'),
      workload: doc.required('string', 'Its workload.'),
      port: doc.required('string', "Name of the workload's port."),
    }), 'The broker, where it is a component of this cluster; else it is outside.'),
  }, 'A Kafka, or what speaks its protocol, that somebody else runs: what mode "microservices" needs.'),
  kafka: null,

  '#retention':: doc.setting('duration', 'How long traces are kept.'),
  retention: '14d',

  '#limits':: doc.map('any', "Limits of every tenant, as Tempo's block `overrides.defaults` has them, on top of Tempo's own defaults."),
  limits: {},

  '#overrides':: doc.map(doc.map('any', 'Limits.'), 'Limits of single tenants, on top of `limits`: { <tenant>: { ingestion: { … } } }. Tempo follows them without a restart.'),
  overrides: {},

  '#receivers':: doc.object('Protocols that traces come in by, beside OTLP over gRPC and HTTP.'),
  receivers: {
    '#jaeger':: doc.setting('boolean', 'Jaeger over gRPC (14250) and Thrift over HTTP (14268).'),
    jaeger: false,
    '#zipkin':: doc.setting('boolean', 'Zipkin (9411).'),
    zipkin: false,
  },

  '#metrics':: doc.list(
    doc.enum(['host-info', 'service-graphs', 'span-metrics'], 'Processor.'),
    'Metrics that are made of traces and sent to Mimir: rates, errors and durations of spans, and who calls whom. Empty makes none.',
  ),
  metrics: ['service-graphs', 'span-metrics'],

  '#volumeSize':: doc.setting('quantity', 'Volume of each pod that holds what was not uploaded yet.'),
  volumeSize: '5Gi',

  '#caches':: doc.object('What memcached may store for each purpose; null does without.'),
  caches: {
    '#blocks':: doc.optional('quantity', 'Bloom filters, indices and footers of blocks.'),
    blocks: if this.mode == 'microservices' then '128Mi' else null,
  },

  '#canary':: canary.twin('tempo-vulture sends traces, and asks Tempo for them by ID, by search and by metrics'),
  canary: false,

  '#api':: api.twin('Publish the APIs for OTLP over HTTP and for queries at a host; null keeps them inside the cluster.'),
  api: null,

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'What it logs.'),
  logLevel: 'info',
}
