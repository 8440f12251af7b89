// Loki: stores logs and evaluates rules on them. Everything lies in object storage; a volume holds what was not yet flushed.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'loki',
  image:: versions.loki,

  '#mode':: doc.enum(['distributed', 'monolithic'], 'One program that does everything, or each part by itself, in several zones.'),
  mode: if this.highlyAvailable then 'distributed' else 'monolithic',

  // ---- wiring ----

  workloads:: { loki: { name: this.name, ports: { gossip: 7946, grpc: 9095, http: 3100 } } },
  size: { loki: { cpu: '50m', memory: '256Mi', memoryLimit: '768Mi' } },
  needs:: ['object-storage'],

  // Who answers what. `calledBy('alloy', 'push')` is the call of somebody else's workload.
  entries::
    local of(role) = { workload: if this.mode == 'monolithic' then 'loki' else role, port: 'http' };
    { push: of('distributor'), query: of('query-frontend'), ruler: of('ruler') },

  // Loki's push API; OTLP over HTTP; what a data source of Grafana and logcli ask; the API of rules, for the collector.
  pushURL:: 'http://%s/loki/api/v1/push' % this.address('push'),
  otlpURL:: 'http://%s/otlp' % this.address('push'),
  queryURL:: 'http://' + this.address('query'),
  rulerURL:: 'http://' + this.address('ruler'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.workloads)],
  buckets:: {
    chunks: { holds: 'logs and their index' },
    ruler: { holds: 'rules' },
  },
}
