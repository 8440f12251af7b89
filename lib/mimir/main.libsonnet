// Mimir: stores metrics, evaluates rules on them and sends alerts. Everything lies in object storage; a volume holds what was
// not yet flushed.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'mimir',
  image:: versions.mimir,

  '#mode':: doc.enum(['microservices', 'monolithic'], 'One program that does everything, or each part by itself, in several zones.'),
  mode: if this.highlyAvailable then 'microservices' else 'monolithic',

  // ---- wiring ----

  workloads:: { mimir: { name: this.name, ports: { gossip: 7946, grpc: 9095, http: 8080 } } },
  size: { mimir: { cpu: '100m', memory: '512Mi', memoryLimit: '1Gi' } },
  needs:: ['object-storage'],

  // Who answers what. `calledBy('alloy', 'push')` is the call of somebody else's workload.
  entries::
    local of(role) = { workload: if this.mode == 'monolithic' then 'mimir' else role, port: 'http' };
    { push: of('distributor'), query: of('query-frontend'), ruler: of('ruler'), alertmanager: of('alertmanager') },

  // Prometheus remote write; OTLP over HTTP; the API of Prometheus; the API of rules, for the collector; the Alertmanager.
  pushURL:: 'http://%s/api/v1/push' % this.address('push'),
  otlpURL:: 'http://%s/otlp' % this.address('push'),
  queryURL:: 'http://%s/prometheus' % this.address('query'),
  rulerURL:: 'http://' + this.address('ruler'),
  alertmanagerURL:: 'http://%s/alertmanager' % this.address('alertmanager'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.workloads)],
  buckets:: {
    blocks: { holds: 'metrics' },
    ruler: { holds: 'rules' },
    alertmanager: { holds: 'configuration and state of the Alertmanager' },
  },
}
