// Tempo: stores traces. Everything lies in object storage; a volume holds what was not yet flushed.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'tempo',
  image:: versions.tempo,

  '#mode':: doc.enum(['microservices', 'monolithic'], 'One program that does everything, or each part by itself. Tempo 3 needs Kafka for the latter.'),
  mode: 'monolithic',

  // ---- wiring ----

  workloads:: { tempo: { name: this.name, ports: { gossip: 7946, grpc: 9095, http: 3200, 'otlp-grpc': 4317, 'otlp-http': 4318 } } },
  size: { tempo: { cpu: '50m', memory: '256Mi', memoryLimit: '768Mi' } },
  needs:: ['object-storage'],

  // Who answers what. `calledBy('alloy', 'otlpGRPC')` is the call of somebody else's workload.
  entries::
    local of(role, port) = { workload: if this.mode == 'monolithic' then 'tempo' else role, port: port };
    { otlpGRPC: of('distributor', 'otlp-grpc'), otlpHTTP: of('distributor', 'otlp-http'), query: of('query-frontend', 'http') },

  // host:port for OTLP over gRPC (without TLS); OTLP over HTTP; what a data source of Grafana asks.
  otlpGRPC:: this.address('otlpGRPC'),
  otlpHTTP:: 'http://' + this.address('otlpHTTP'),
  queryURL:: 'http://' + this.address('query'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.workloads)],
  buckets:: {
    traces: { holds: 'traces' },
  },
}
