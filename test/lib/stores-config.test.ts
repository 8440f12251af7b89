// The configurations of Mimir, Loki and Tempo: what each mode says, and what a setting changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateAll } from './evaluate.ts';
import { app, cluster, highlyAvailable, kafka, kind, type Store, tenants } from './stores-cluster.ts';

const configOf = (name: Store, settings = '{}', extra = '{}') =>
  `(${cluster({ [name]: settings }, extra)}).get('${name}').config`;

const elsewhere = `{ objectStorage+: { insecure: true, pathStyle: true, buckets: {
  loki: { ruler: { bucket: 'one', prefix: 'lokirules' } },
  mimir: { blocks: { bucket: 'one', prefix: 'blocks' } },
  tempo: { traces: { bucket: 'one', prefix: 'traces' } },
} } }`;

const {
  mimir,
  mimirLarge,
  mimirPlaced,
  mimirSet,
  loki,
  lokiLarge,
  lokiPlaced,
  lokiAlone,
  tempo,
  tempoLarge,
  tempoPlaced,
  tempoAlone,
  pods,
} = await evaluateAll({
  mimir: configOf('mimir'),
  mimirLarge: configOf('mimir', '{}', highlyAvailable),
  mimirPlaced: configOf('mimir', '{}', elsewhere),
  mimirSet: configOf(
    'mimir',
    `{
      retention: null, caches+: { chunks: '1Gi' }, replicas+: { mimir: 3 }, limits+: { ingestion_rate: 5 },
      alertmanagerConfig: { name: 'receivers', key: 'am.yaml' }, api: { host: 'mimir.test', clientCertificate: { caSecret: 'ca' } },
    }`,
    tenants,
  ),
  loki: configOf('loki'),
  lokiLarge: configOf('loki', '{}', highlyAvailable),
  lokiPlaced: configOf('loki', '{}', elsewhere),
  lokiAlone: `(${cluster({ mimir: '{ enabled: false }', loki: '{ retention: null }' })}).get('loki').config`,
  tempo: configOf('tempo'),
  tempoLarge: configOf(
    'tempo',
    `${kafka} + { kafka+: { credentials: { secretName: 'kafka', userKey: 'u', passwordKey: 'p' } }, receivers+: { jaeger: true, zipkin: true } }`,
    highlyAvailable,
  ),
  tempoPlaced: configOf('tempo', `{ retention: '1d12h', limits: { ingestion: { rate_limit_bytes: 1 } } }`, elsewhere),
  tempoAlone: configOf('tempo', '{ metrics: [] }'),
  pods: `{
    alertmanager: ${app('mimir', `{ alertmanagerConfig: { name: 'receivers', key: 'am.yaml' } }`)},
    exposes: (${cluster({ mimir: `{ api: { host: 'mimir.test', clientCertificate: { caSecret: 'ca' } } }` })}).get('mimir').exposes,
    guests: [
      local c = (${cluster(
        {
          loki: `{ api: { host: 'loki.test', jwt: { issuer: 'i', jwks: 'https://i/keys' }, tenant: 'guests' } }`,
          tempo: `{ api: { host: 'tempo.test', clientCertificate: { caSecret: 'ca' }, tenant: 'guests' } }`,
        },
        tenants,
      )}).get(name);
      { exposes: c.exposes.api, secrets: c.secrets }
      for name in ['loki', 'tempo']
    ],
    zones: [s.spec.template.spec.nodeSelector for s in (${cluster({}, `${highlyAvailable} + { zones: ['x-1', 'x-2', 'x-3'] }`)}).manifests('loki') if s.kind == 'StatefulSet' && std.startsWith(s.metadata.name, 'loki-ingester')],
    tempo: ${app('tempo', `{ receivers+: { jaeger: true } }`)},
  }`,
});

test('mimir: one program holds one copy, uploads it at its end, and reads what was uploaded at once', () => {
  assert.equal(mimir.ingester.ring.replication_factor, 1);
  assert.equal(mimir.store_gateway.sharding_ring.replication_factor, 1);
  assert.equal(mimir.alertmanager.sharding_ring.replication_factor, 1);
  assert.equal(mimir.blocks_storage.tsdb.flush_blocks_on_shutdown, true);
  assert.equal(mimir.querier.query_store_after, '0s');
  assert.equal(mimir.blocks_storage.bucket_store.ignore_blocks_within, '0s');
  assert.equal(mimir.memberlist.join_members, undefined);
  assert.equal(mimir.shutdown_delay, undefined);
  // Mimir's own defaults would add up to more than the pod has.
  const { bucket_store, tsdb } = mimir.blocks_storage;
  const caches =
    bucket_store.index_cache.inmemory.max_size_bytes +
    bucket_store.series_hash_cache_max_size_bytes +
    tsdb.series_hash_cache_max_size_bytes +
    tsdb.head_postings_for_matchers_cache_max_bytes +
    tsdb.block_postings_for_matchers_cache_max_bytes;
  assert.ok(caches <= 256 * 2 ** 20, `${caches}`);
});

test('mimir: three zones hold three copies, and parts find each other by name', () => {
  for (const ring of [mimirLarge.ingester.ring, mimirLarge.store_gateway.sharding_ring]) {
    assert.equal(ring.replication_factor, 3);
    assert.equal(ring.zone_awareness_enabled, true);
    assert.equal(ring.instance_availability_zone, '${ZONE}');
  }
  assert.equal(mimirLarge.store_gateway.sharding_ring.unregister_on_shutdown, false);
  assert.equal(mimirLarge.blocks_storage.tsdb.flush_blocks_on_shutdown, false);
  assert.equal(mimirLarge.frontend.scheduler_address, 'mimir-query-scheduler.mimir.svc:9095');
  assert.equal(mimirLarge.frontend_worker.scheduler_address, 'mimir-query-scheduler.mimir.svc:9095');
  assert.deepEqual(mimirLarge.memberlist.join_members, ['dns+mimir-gossip.mimir.svc:7946']);
  const { bucket_store } = mimirLarge.blocks_storage;
  assert.deepEqual(
    [
      bucket_store.index_cache,
      bucket_store.chunks_cache,
      bucket_store.metadata_cache,
      mimirLarge.frontend.results_cache,
    ].map(({ backend, memcached }: any) => `${backend} ${memcached.addresses}`),
    ['index', 'chunks', 'metadata', 'results'].map((c) => `memcached dns+mimir-cache-${c}.mimir.svc:11211`),
  );
  assert.equal(mimirLarge.frontend.cache_results, true);
});

test('mimir: settings reach their keys', () => {
  assert.equal(mimir.limits.compactor_blocks_retention_period, '90d');
  assert.equal(mimirSet.limits.compactor_blocks_retention_period, '0s');
  assert.equal(mimirSet.limits.ingestion_rate, 5);
  assert.equal(mimirSet.limits.out_of_order_time_window, '10m');
  assert.equal(mimirSet.ingester.ring.replication_factor, 3);
  assert.equal(mimirSet.blocks_storage.bucket_store.chunks_cache.backend, 'memcached');
  assert.equal(mimirSet.tenant_federation.enabled, true);
  assert.equal(mimirSet.alertmanager.fallback_config_file, '/etc/alertmanager/alertmanager.yaml');
  assert.equal(mimirSet.alertmanager.external_url, 'https://mimir.test/alertmanager');
  assert.equal(
    mimirSet.limits.ruler_alertmanager_client_config.alertmanager_url,
    'http://mimir.mimir.svc:8080/alertmanager',
  );
  assert.equal(mimir.alertmanager.fallback_config_file, undefined);
});

test('buckets, prefixes, path style and TLS reach all three', () => {
  assert.deepEqual(mimirPlaced.blocks_storage.s3, { bucket_name: 'one' });
  assert.equal(mimirPlaced.blocks_storage.storage_prefix, 'blocks');
  assert.equal(mimirPlaced.common.storage.s3.bucket_lookup_type, 'path');
  assert.equal(mimirPlaced.common.storage.s3.insecure, true);
  assert.equal(lokiPlaced.ruler_storage.storage_prefix, 'lokirules');
  assert.equal(lokiPlaced.ruler_storage.s3.bucket_name, 'one');
  assert.equal(lokiPlaced.storage_config.object_store.s3.bucket_lookup_type, 'path');
  const { s3 } = tempoPlaced.storage.trace;
  assert.deepEqual([s3.bucket, s3.prefix, s3.forcepathstyle, s3.insecure], ['one', 'traces', true, true]);
  const defaults = [mimir.common.storage.s3, loki.ruler_storage.s3, tempo.storage.trace.s3];
  assert.ok(defaults.every((place) => place.endpoint === 's3.example.net' && place.region === 'eu-1'));
});

test('loki: one program uploads at its end; three zones need not', () => {
  assert.equal(loki.common.replication_factor, 1);
  assert.equal(loki.ingester.wal.flush_on_shutdown, true);
  assert.equal(loki.ingester.max_chunk_age, '1h');
  assert.equal(lokiLarge.ingester.wal.flush_on_shutdown, false);
  assert.equal(lokiLarge.ingester.lifecycler.ring.replication_factor, 3);
  assert.equal(lokiLarge.ingester.lifecycler.availability_zone, '${ZONE}');
  // What is read back may take half of the memory limit of 1 GiB.
  assert.equal(loki.ingester.wal.replay_memory_ceiling, '536MB');
  assert.equal(
    lokiLarge.storage_config.tsdb_shipper.index_gateway_client.server_address,
    'dns+loki-index-gateway.loki.svc:9095',
  );
  assert.equal(lokiLarge.common.compactor_grpc_address, 'loki-compactor.loki.svc:9095');
  assert.equal(lokiLarge.frontend.tail_proxy_url, 'http://loki-querier.loki.svc:3100');
});

test('loki: retention, schema, and rules to Mimir where there is one', () => {
  assert.equal(loki.limits_config.retention_period, '30d');
  assert.equal(lokiAlone.limits_config.retention_period, '0s');
  assert.deepEqual(loki.schema_config.configs, [
    {
      from: '2024-04-01',
      store: 'tsdb',
      object_store: 's3',
      schema: 'v13',
      index: { prefix: 'index_', period: '24h' },
    },
  ]);
  assert.equal(loki.compactor.delete_request_store, 's3');
  assert.equal(loki.ruler.alertmanager_url, 'http://mimir.mimir.svc:8080/alertmanager');
  assert.equal(loki.ruler.remote_write.clients.mimir.url, 'http://mimir.mimir.svc:8080/api/v1/push');
  assert.equal(lokiAlone.ruler.alertmanager_url, undefined);
  assert.equal(lokiAlone.ruler.remote_write, undefined);
});

test('tempo: Kafka is named where its parts run apart, and nowhere else', () => {
  assert.equal(tempo.ingest, undefined);
  assert.equal(tempo.block_builder, undefined);
  assert.deepEqual(tempoLarge.ingest.kafka, {
    address: 'kafka.example.net:9092',
    topic: 'traces',
    auto_create_topic_enabled: false,
    sasl_username: '${KAFKA_USER}',
    sasl_password: '${KAFKA_PASSWORD}',
  });
  assert.equal(tempoLarge.live_store.ring.instance_zone, '${ZONE}');
  assert.equal(tempoLarge.backend_worker.backend_scheduler_addr, 'tempo-backend-scheduler.tempo.svc:9095');
  assert.equal(tempoLarge.querier.frontend_worker.frontend_address, 'tempo-query-frontend.tempo.svc:9095');
  assert.deepEqual(Object.keys(tempoLarge.distributor.receivers), ['jaeger', 'otlp', 'zipkin']);
  assert.deepEqual(Object.keys(tempo.distributor.receivers), ['otlp']);
});

test('tempo: retention in a unit that Go knows, limits beside the metrics', () => {
  assert.equal(tempo.backend_worker.compaction.block_retention, '1209600s');
  assert.equal(tempoPlaced.backend_scheduler.provider.compaction.compaction.block_retention, '129600s');
  assert.deepEqual(tempoPlaced.overrides.defaults, {
    ingestion: { rate_limit_bytes: 1 },
    metrics_generator: { processors: ['service-graphs', 'span-metrics'] },
  });
  assert.equal(tempo.metrics_generator.storage.remote_write[0].url, 'http://mimir.mimir.svc:8080/api/v1/push');
  assert.equal(tempoAlone.metrics_generator, undefined);
  assert.deepEqual(tempoAlone.overrides.defaults.metrics_generator.processors, []);
});

test('no program reports its use to anybody', () => {
  assert.deepEqual(
    [mimir.usage_stats.enabled, loki.analytics.reporting_enabled, tempo.usage_report.reporting_enabled],
    [false, false, false],
  );
});

test("the Alertmanager's configuration is a file of the Secret that holds its passwords", () => {
  const { containers, volumes } = kind(pods.alertmanager, 'StatefulSet')['mimir'].spec.template.spec;
  assert.deepEqual(volumes.find((v: any) => v.name === 'alertmanager').secret, {
    secretName: 'receivers',
    items: [{ key: 'am.yaml', path: 'alertmanager.yaml' }],
  });
  assert.ok(containers[0].volumeMounts.some((m: any) => m.mountPath === '/etc/alertmanager'));
});

test('a published API has a route for each purpose, and asks who is calling', () => {
  const { host, clientCertificate, routes } = pods.exposes.api;
  assert.equal(host, 'mimir.test');
  assert.deepEqual(clientCertificate, { caSecret: 'ca' });
  assert.deepEqual(routes.map((r: any) => r.path).sort(), [
    '/alertmanager',
    '/api/v1/alerts',
    '/api/v1/push',
    '/otlp/v1/metrics',
    '/prometheus',
    '/prometheus/api/v1/alerts',
    '/prometheus/api/v1/rules',
    '/prometheus/config/v1/rules',
  ]);
});

test('whoever comes in from outside is the tenant that is said here, and the Secret with the CA is asked for', () => {
  const [byToken, byCertificate] = pods.guests;
  for (const { exposes } of pods.guests) {
    assert.deepEqual(exposes.requestHeaders, { set: { 'X-Scope-OrgID': 'guests' } });
    assert.equal(exposes.tenant, undefined);
  }
  assert.equal(pods.exposes.api.requestHeaders, undefined);
  assert.deepEqual(Object.keys(byCertificate.secrets.ca.keys), ['ca.crt']);
  assert.deepEqual(Object.keys(byToken.secrets), ['object-storage']);
});

test('where the nodes have zones, each copy takes one', () => {
  assert.deepEqual(
    pods.zones.map((selector: any) => selector['topology.kubernetes.io/zone']),
    ['x-1', 'x-2', 'x-3'],
  );
});

test('a receiver that is on has its port in container, Service and configuration', () => {
  const ports = kind(pods.tempo, 'Service')['tempo'].spec.ports.map((p: any) => p.port);
  assert.deepEqual(
    ports.sort((a: number, b: number) => a - b),
    [3200, 4317, 4318, 7946, 9095, 14250, 14268],
  );
});
