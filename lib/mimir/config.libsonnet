// mimir.yaml, the same file for every workload. Keys: "Grafana Mimir configuration parameters" of 3.0.
local k = import '../kubernetes/main.libsonnet';

local ring = { instance_addr: '${POD_IP}', kvstore: { store: 'memberlist' } };

// Three copies where there are three pods to hold them.
local replicationFactor(this) = if !this.isMonolithic || this.replicas.mimir >= 3 then 3 else 1;

// The zone of a pod comes from its workload (lib/component/targets.libsonnet).
local zoned(this) = if this.isMonolithic then {} else { instance_availability_zone: '${ZONE}', zone_awareness_enabled: true };

local bucket(this, purpose) =
  local place = this.storage.bucket(this.name, purpose);
  { s3: { bucket_name: place.bucket }, storage_prefix: place.prefix };

// Upstream's timeouts are for a cluster where a cache is a network away and busy.
local memcached(this, purpose, itemSize=1048576) = {
  backend: 'memcached',
  memcached: {
    addresses: k.memcached.addresses(this, this.cacheRole(purpose)),
    max_item_size: itemSize,
    timeout: '500ms',
  },
};
local has(this, purpose) = std.member(this.cachePurposes, purpose);

// What Mimir takes for its own caches by default adds up to 3 GiB, more than the whole pod has.
local smallCaches = {
  tsdb: {
    block_postings_for_matchers_cache_max_bytes: 16777216,
    head_postings_for_matchers_cache_max_bytes: 16777216,
    series_hash_cache_max_size_bytes: 33554432,
  },
  bucket_store: { series_hash_cache_max_size_bytes: 67108864 },
};

local storage(this) =
  local location = this.storage.location;
  {
    common: { storage: {
      backend: 's3',
      s3: {
        endpoint: location.endpoint,
        region: location.region,
        insecure: location.insecure,
        bucket_lookup_type: if location.pathStyle then 'path' else 'auto',
        access_key_id: '${OBJECT_STORAGE_ACCESS_KEY}',
        secret_access_key: '${OBJECT_STORAGE_SECRET_KEY}',
      },
    } },
    blocks_storage: bucket(this, 'blocks') {
      tsdb: {
        dir: '/data/tsdb',
        // A single pod's volume is the only copy of the last two hours: whoever stops it in an orderly way loses nothing.
        // In microservices two other zones have the same.
        flush_blocks_on_shutdown: this.isMonolithic,
      } + (if this.isMonolithic then smallCaches.tsdb else {}),
      bucket_store: {
        sync_dir: '/data/tsdb-sync',
        // What was uploaded can be queried soon, and at once after a rebirth, when the ingesters are empty. Upstream looks
        // into the storage for what is older than ten hours only.
        ignore_blocks_within: '0s',
        sync_interval: '5m',
        index_cache: if has(this, 'index') then memcached(this, 'index', 5242880) else { inmemory: { max_size_bytes: 67108864 } },
        [if has(this, 'chunks') then 'chunks_cache']: memcached(this, 'chunks'),
        [if has(this, 'metadata') then 'metadata_cache']: memcached(this, 'metadata'),
      } + (if this.isMonolithic then smallCaches.bucket_store else {}),
    },
    ruler_storage: bucket(this, 'ruler') {
      [if has(this, 'metadata') then 'cache']: memcached(this, 'metadata'),
    },
    alertmanager_storage: bucket(this, 'alertmanager'),
  };

local rings(this) =
  local factor = replicationFactor(this);
  {
    memberlist: {
      advertise_addr: '${POD_IP}',
      // Rings of other clusters, or of Loki, never mix with this one.
      cluster_label: '%s-%s' % [this.cluster.name, this.name],
      [if !this.isAlone then 'join_members']: ['dns+%s-gossip.%s.svc:7946' % [this.prefix, this.namespace]],
    },
    distributor: { ring: ring },
    ingester: { ring: ring + zoned(this) { replication_factor: factor, tokens_file_path: '/data/ingester-tokens' } },
    store_gateway: { sharding_ring: ring + zoned(this) {
      replication_factor: factor,
      tokens_file_path: '/data/store-gateway-tokens',
      // A restart is no reason to move blocks about.
      unregister_on_shutdown: this.isMonolithic,
    } },
    compactor: {
      sharding_ring: ring,
      data_dir: '/data/compactor',
      // The index of the bucket is written then: until that, queries do not know a new block.
      cleanup_interval: '5m',
    },
    ruler: { ring: ring },
    alertmanager: { sharding_ring: ring { replication_factor: if this.isMonolithic then factor else std.min(3, this.replicas.alertmanager) } },
    query_scheduler: { ring: ring },
    overrides_exporter: { ring: ring },
  };

// How queries find their way when each part runs by itself; one program finds its own.
local queries(this) = if this.isMonolithic then {
  frontend: { address: '${POD_IP}' },
  querier: { max_concurrent: 4 },
} else {
  local scheduler = '%s:%d' % [this.serviceHost('query-scheduler'), this.workload('query-scheduler').ports.grpc],
  frontend: { address: '${POD_IP}', scheduler_address: scheduler },
  frontend_worker: { scheduler_address: scheduler },
  querier: { max_concurrent: 8 },
};

function(this)
  local general = {
    multitenancy_enabled: this.cluster.tenancy.enabled,
    // With tenants, whoever may ask for several at once names them all: X-Scope-OrgID: home|anonymous.
    tenant_federation: { enabled: this.cluster.tenancy.enabled },
    usage_stats: { enabled: false },
    activity_tracker: { filepath: '/data/activity.log' },
    server: {
      http_listen_port: this.ports.http,
      grpc_listen_port: this.ports.grpc,
      log_level: this.logLevel,
      // The client by which the ruler sends alerts keeps connections for five minutes; they must not be closed under it.
      http_server_idle_timeout: '6m',
    },
    // Not ready for a moment before it stops: whoever sends to it has found another pod by then. A single pod has no other.
    [if !this.isMonolithic then 'shutdown_delay']: '15s',
    limits: {
      compactor_blocks_retention_period: if this.retention == null then '0s' else this.retention,
      ruler_alertmanager_client_config: { alertmanager_url: this.alertmanagerURL },
    } + this.limits,
    runtime_config: { file: '/etc/mimir-overrides/overrides.yaml' },
    querier: { query_store_after: '0s' },
    [if has(this, 'results') then 'frontend']: {
      cache_results: true,
      results_cache: memcached(this, 'results', 5242880),
    },
    ruler: { rule_path: '/data/rules' },
    alertmanager: {
      data_dir: '/data/alertmanager',
      external_url: if this.api == null then this.alertmanagerURL else 'https://%s/alertmanager' % this.api.host,
      [if this.alertmanagerConfig != null then 'fallback_config_file']: '/etc/alertmanager/alertmanager.yaml',
    },
  };
  // Several of these say something of the same block.
  std.foldl(std.mergePatch, [storage(this), rings(this), queries(this)], general)
