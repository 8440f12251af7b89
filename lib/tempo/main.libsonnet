// Tempo: stores traces, and makes metrics of them. Everything lies in object storage; a volume holds what was not yet uploaded.
local api = import '../component/api.libsonnet';
local canary = import '../component/canary.libsonnet';
local component = import '../component/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local roles = import 'roles.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,
  local withCanary = canary.of(this, ['otlpGRPC', 'query']),

  name: 'tempo',
  image:: versions.tempo,

  replicas: this.parts.replicas
            + (if this.isMonolithic then {} else { [role]: this.partitions for role in roles.perPartition } + (if this.metrics == [] then { 'metrics-generator': 0 } else {}))
            + { [this.cacheRole(purpose)]: 1 for purpose in this.cachePurposes } + withCanary.replicas,
  size: this.parts.size
        + { [this.cacheRole(purpose)]: k.memcached.size(k, this.caches[purpose]) for purpose in this.cachePurposes } + withCanary.size,

  // ---- wiring ----

  ports:: roles.ports,
  receiverPorts:: roles.receiverPorts(this),
  partitions:: if this.kafka != null && std.objectHas(this.kafka, 'partitions') then this.kafka.partitions else 1,
  // What runs in this mode: targets.declare() says what it holds.
  parts:: roles[this.mode],
  targets:: this.parts.targets,
  isMonolithic:: this.mode == 'monolithic',
  isAlone:: this.isMonolithic && this.replicas.tempo == 1,
  cachePurposes:: [purpose for purpose in std.objectFields(this.caches) if this.caches[purpose] != null],
  cacheRole(purpose):: 'cache-' + purpose,

  workloads:: this.parts.workloads
              + (if this.isMonolithic then { tempo+: { name: this.prefix, ports+: this.receiverPorts } } else { distributor+: { ports+: this.receiverPorts } })
              + { [this.cacheRole(purpose)]: k.memcached.declaration for purpose in this.cachePurposes } + withCanary.workloads,
  needs:: ['object-storage'],
  after:: ['mimir'],
  storage:: this.cluster.get('object-storage'),
  // Where the metrics that are made of traces go.
  mimir:: if this.metrics != [] && this.cluster.has('mimir') then this.cluster.get('mimir') else null,

  // Who answers what. `calledBy('alloy', 'otlpGRPC')` is the call of somebody else's workload.
  entries::
    local of(role, port) = { workload: if this.isMonolithic then 'tempo' else role, port: port };
    { otlpGRPC: of('distributor', 'otlp-grpc'), otlpHTTP: of('distributor', 'otlp-http'), query: of('query-frontend', 'http') }
    + (if this.receivers.jaeger then { jaegerGRPC: of('distributor', 'jaeger-grpc'), jaegerHTTP: of('distributor', 'jaeger-http') } else {})
    + (if this.receivers.zipkin then { zipkin: of('distributor', 'zipkin') } else {}),

  // host:port for OTLP over gRPC (without TLS); OTLP over HTTP; what a data source of Grafana asks.
  otlpGRPC:: this.address('otlpGRPC'),
  otlpHTTP:: 'http://' + this.address('otlpHTTP'),
  queryURL:: 'http://' + this.address('query'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  calls:: (import 'traffic.libsonnet')(this) + withCanary.calls,
  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.targets)]
           + [{ workload: this.cacheRole(purpose), port: 'metrics' } for purpose in this.cachePurposes] + withCanary.scrape,
  buckets:: {
    traces: { holds: 'traces' },
  },
  signals:: { traces: {
    kind: 'traces',
    ask: this.entries.query,
    // One program cuts a block every half minute and uploads it. Apart, what came in is safe in Kafka, and is read again.
    lost: if this.isMonolithic then 120 else 0,
    // The block-builder comes by every five minutes.
    found: if this.isMonolithic then 60 else 600,
    upload: if this.isMonolithic then { wait: 120 } else null,
  } },
  secrets:: this.storage.secret + api.secrets(this.api) + (
    if this.kafka == null || !std.objectHas(this.kafka, 'credentials') then {}
    else
      local said = this.kafka.credentials;
      { [said.secretName]+: { keys+: { [said.userKey]: 'User of Kafka.', [said.passwordKey]: 'Password of that user.' } } }
  ),
  exposes:: api.exposes(this.api, [
    { path: '/v1/traces', workload: this.entries.otlpHTTP.workload, port: 'otlp-http' },
    { path: '/api', workload: this.entries.query.workload, port: 'http' },
  ]),
  problems:: (import 'problems.libsonnet')(this),

  // tempo.yaml; an environment adds what there is no setting for: `tempo+: { config+:: { query_frontend+: {…} } }`.
  config:: (import 'config.libsonnet')(this),

  resources+:: {
    config: {
      tempo: k.configMap(this, this.prefix, { 'tempo.yaml': k.toYAML(this.config) }),
      // Tempo takes nothing from the defaults for a tenant that has an entry, so each is completed here.
      overrides: k.configMap(this, this.prefix + '-overrides', { 'overrides.yaml': k.toYAML({ overrides: {
        [tenant]: std.mergePatch(this.config.overrides.defaults, this.overrides[tenant])
        for tenant in std.objectFields(this.overrides)
      } }) }),
    },
    workload: (import 'workload.libsonnet')(this),
  },
}
