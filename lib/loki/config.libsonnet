// loki.yaml, the same file for every workload. Keys: "Grafana Loki configuration parameters" of 3.7.
local k = import '../kubernetes/main.libsonnet';

// Three copies where there are three pods to hold them.
local replicationFactor(this) = if !this.isMonolithic || this.replicas.loki >= 3 then 3 else 1;

// The clients of Thanos, which Mimir has too: the older ones know no prefix.
local bucket(this, purpose) =
  local place = this.storage.bucket(this.name, purpose);
  {
    s3: {
      endpoint: place.endpoint,
      region: place.region,
      bucket_name: place.bucket,
      insecure: place.insecure,
      bucket_lookup_type: if place.pathStyle then 'path' else 'auto',
      access_key_id: '${OBJECT_STORAGE_ACCESS_KEY}',
      secret_access_key: '${OBJECT_STORAGE_SECRET_KEY}',
    },
    storage_prefix: place.prefix,
  };

// A cache by memcached, or a small one in the program: Loki would give each of seven 100 MB.
local cache(this, purpose, megabytes) =
  if std.member(this.cachePurposes, purpose) then {
    memcached_client: { addresses: k.memcached.addresses(this, this.cacheRole(purpose)), timeout: '500ms' },
  } else { embedded_cache: { enabled: true, max_size_mb: megabytes } };

local ingester(this) = {
  // A chunk is uploaded when it is full, when its stream is silent for so long, or when it is so old. What is not uploaded is
  // lost with the volume of a single pod; of three zones two others have it.
  chunk_idle_period: if this.isMonolithic then '15m' else '30m',
  max_chunk_age: if this.isMonolithic then '1h' else '2h',
  chunk_encoding: 'snappy',
  wal: {
    // Whoever stops a single pod in an orderly way loses nothing, even without its volume.
    flush_on_shutdown: this.isMonolithic,
    // Beyond that it uploads while it reads back. Upstream: at most three quarters of the memory.
    replay_memory_ceiling: '%dMB' % std.floor(k.quantity.bytes(k.resources(this.size[if this.isMonolithic then 'loki' else 'ingester-zone-a']).limits.memory) * 0.5 / 1000000),
  },
  lifecycler: {
    ring: { replication_factor: replicationFactor(this) } + (if this.isMonolithic then {} else { zone_awareness_enabled: true }),
    // The zone of a pod comes from its workload (lib/component/targets.libsonnet).
    [if !this.isMonolithic then 'availability_zone']: '${ZONE}',
    // Another pod that is ill is no reason why this one should not be ready: a rollout would stand still.
    readiness_check_ring_health: false,
  },
};

local queries(this) = if this.isMonolithic then {} else {
  local grpc(role) = '%s:%d' % [this.serviceHost(role), this.workload(role).ports.grpc],
  frontend+: {
    scheduler_address: grpc('query-scheduler'),
    tail_proxy_url: 'http://%s:%d' % [this.serviceHost('querier'), this.workload('querier').ports.http],
  },
  frontend_worker+: { scheduler_address: grpc('query-scheduler') },
  common+: { compactor_grpc_address: grpc('compactor') },
  storage_config+: { tsdb_shipper: { index_gateway_client: { server_address: 'dns+' + grpc('index-gateway') } } },
};

// Alerts go to Mimir's Alertmanager, recorded series to Mimir, both under the tenant whose rule it is.
local rules(this) = {
  rule_path: '/data/rules',
  enable_api: true,
  enable_sharding: !this.isAlone,
  wal: { dir: '/data/ruler-wal' },
} + (if this.mimir == null then {} else {
       alertmanager_url: this.mimir.alertmanagerURL,
       remote_write: { enabled: true, clients: { mimir: { url: this.mimir.pushURL } } },
     });

function(this) {
  auth_enabled: this.cluster.tenancy.enabled,
  analytics: { reporting_enabled: false },
  server: {
    http_listen_port: this.ports.http,
    grpc_listen_port: this.ports.grpc,
    // Upstream's Jsonnet library and chart: an answer may be larger than gRPC's 4 MiB, and a query longer than 30 s.
    grpc_server_max_recv_msg_size: 104857600,
    grpc_server_max_send_msg_size: 104857600,
    http_server_read_timeout: '5m',
    http_server_write_timeout: '5m',
    log_level: this.logLevel,
  },
  common: {
    path_prefix: '/data',
    // It holds for all rings, the frontend and memberlist.
    instance_addr: '${POD_IP}',
    persist_tokens: true,
    replication_factor: replicationFactor(this),
    ring: { kvstore: { store: 'memberlist' } },
  },
  memberlist: {
    // Rings of other clusters, or of Mimir, never mix with this one.
    cluster_label: '%s-%s' % [this.cluster.name, this.name],
    [if !this.isAlone then 'join_members']: ['dns+%s-gossip.%s.svc:7946' % [this.prefix, this.namespace]],
  },
  schema_config: { configs: [
    { from: entry.from, store: 'tsdb', object_store: 's3', schema: entry.version, index: { prefix: 'index_', period: '24h' } }
    for entry in this.schema
  ] },
  storage_config: {
    use_thanos_objstore: true,
    object_store: bucket(this, 'chunks'),
  },
  ruler_storage: bucket(this, 'ruler') { backend: 's3' },
  ingester: ingester(this),
  chunk_store_config: { chunk_cache_config: cache(this, 'chunks', 64) },
  // The caches for statistics, volumes, series and labels are like this one.
  query_range: { cache_results: true, results_cache: { cache: cache(this, 'results', 16) } },
  // With tenants, whoever may ask for several at once names them all: X-Scope-OrgID: home|fake.
  querier: { max_concurrent: 4, multi_tenant_queries_enabled: this.cluster.tenancy.enabled },
  frontend: { encoding: 'protobuf' },
  compactor: {
    working_directory: '/data/compactor',
    // The same way deletes what the API was asked to.
    retention_enabled: true,
    delete_request_store: 's3',
  },
  limits_config: { retention_period: if this.retention == null then '0s' else this.retention } + this.limits,
  runtime_config: { file: '/etc/loki-overrides/overrides.yaml' },
  ruler: rules(this),
} + queries(this)
