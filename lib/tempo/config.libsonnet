// tempo.yaml, the same file for every workload. Keys: Tempo 3.0's manifest of its configuration. README.md says which of them
// 2.9, the newest that can be built from the module proxy, has not.
local k = import '../kubernetes/main.libsonnet';

local ring = { instance_addr: '${POD_IP}', kvstore: { store: 'memberlist' } };

local receivers(this) =
  local at(port) = { endpoint: '0.0.0.0:%d' % this.receiverPorts[port] };
  { otlp: { protocols: { grpc: at('otlp-grpc'), http: at('otlp-http') } } }
  + (if this.receivers.jaeger then { jaeger: { protocols: { grpc: at('jaeger-grpc'), thrift_http: at('jaeger-http') } } } else {})
  + (if this.receivers.zipkin then { zipkin: at('zipkin') } else {});

local storage(this) =
  local place = this.storage.bucket(this.name, 'traces');
  {
    backend: 's3',
    s3: {
      bucket: place.bucket,
      prefix: place.prefix,
      endpoint: place.endpoint,
      region: place.region,
      insecure: place.insecure,
      forcepathstyle: place.pathStyle,
      access_key: '${OBJECT_STORAGE_ACCESS_KEY}',
      secret_key: '${OBJECT_STORAGE_SECRET_KEY}',
    },
    wal: { path: '/data/wal' },
    // Goroutines that read blocks: 400 of them, upstream's default, may hold more than the pod has.
    pool: { max_workers: 50, queue_depth: 20000 },
  };

// Both say it: the scheduler of what is deleted, and who does it.
local retention(this) = { block_retention: '%ds' % k.quantity.seconds(this.retention) };

// Metrics of traces go to Mimir, under the tenant whose traces they are.
local generator(this) = if this.mimir == null then {} else {
  metrics_generator: {
    ring: ring,
    registry: { external_labels: { cluster: this.cluster.name, source: 'tempo' } },
    storage: { path: '/data/generator', remote_write: [{ url: this.mimir.pushURL, send_exemplars: true }] },
  },
};

// What the parts need to find each other, and Kafka between them. One program finds its own.
local parts(this) = if this.isMonolithic then {} else {
  local grpc(role) = '%s:%d' % [this.serviceHost(role), this.ports.grpc],
  ingest: { kafka: {
    address: this.kafka.address,
    topic: this.kafka.topic,
    // It would change how many partitions every new topic of the broker has.
    auto_create_topic_enabled: false,
  } + (if std.objectHas(this.kafka, 'credentials') then { sasl_username: '${KAFKA_USER}', sasl_password: '${KAFKA_PASSWORD}' } else {}) },
  block_builder: { partitions_per_instance: 1, wal: { path: '/data/block-builder' } },
  querier+: { frontend_worker: { frontend_address: grpc('query-frontend') } },
  backend_worker+: { backend_scheduler_addr: grpc('backend-scheduler'), ring: ring },
  // A zone that restarts takes queries once it has caught up.
  live_store+: { readiness_target_lag: '5s', readiness_max_wait: '5m' },
  [if this.cachePurposes != [] then 'cache']: { caches: [{
    roles: ['bloom', 'parquet-footer', 'parquet-column-idx', 'parquet-offset-idx', 'trace-id-index'],
    memcached: { addresses: k.memcached.addresses(this, this.cacheRole('blocks')), timeout: '500ms' },
  }] },
};

function(this) {
  multitenancy_enabled: this.cluster.tenancy.enabled,
  stream_over_http_enabled: true,
  usage_report: { reporting_enabled: false },
  server: {
    http_listen_port: this.ports.http,
    grpc_listen_port: this.ports.grpc,
    // A search over days takes longer than 30 s.
    http_server_read_timeout: '2m',
    http_server_write_timeout: '2m',
    log_level: this.logLevel,
  },
  memberlist: {
    advertise_addr: '${POD_IP}',
    // Rings of other clusters, or of Mimir, never mix with this one.
    cluster_label: '%s-%s' % [this.cluster.name, this.name],
    [if !this.isAlone then 'join_members']: ['dns+%s-gossip.%s.svc:7946' % [this.prefix, this.namespace]],
  },
  distributor: { ring: ring, receivers: receivers(this) },
  live_store: {
    // The zone of a pod comes from its workload (lib/component/targets.libsonnet).
    ring: ring + (if this.isMonolithic then {} else { instance_zone: '${ZONE}' }),
    partition_ring: { kvstore: { store: 'memberlist' } },
    wal: { path: '/data/live-store' },
    shutdown_marker_dir: '/data/shutdown-marker',
  },
  querier: { max_concurrent_queries: 10 },
  backend_scheduler: {
    local_work_path: '/data/scheduler',
    provider: { compaction: { compaction: retention(this) } },
  },
  backend_worker: { compaction: retention(this) },
  storage: { trace: storage(this) },
  overrides: {
    defaults: std.mergePatch({ metrics_generator: { processors: if this.mimir == null then [] else this.metrics } }, this.limits),
    per_tenant_override_config: '/etc/tempo-overrides/overrides.yaml',
  },
} + generator(this) + parts(this)
