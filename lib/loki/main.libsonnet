// Loki: stores logs and evaluates rules on them. Everything lies in object storage; a volume holds what was not yet uploaded.
local api = import '../component/api.libsonnet';
local canary = import '../component/canary.libsonnet';
local component = import '../component/main.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local roles = import 'roles.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,
  local withCanary = canary.of(this, ['query']),

  name: 'loki',
  image:: versions.loki,

  replicas: this.parts.replicas
            + { [this.cacheRole(purpose)]: 1 for purpose in this.cachePurposes } + withCanary.replicas,
  size: this.parts.size
        + { [this.cacheRole(purpose)]: k.memcached.size(k, this.caches[purpose]) for purpose in this.cachePurposes } + withCanary.size,

  // ---- wiring ----

  ports:: roles.ports,
  // What runs in this mode: targets.declare() says what it holds.
  parts:: roles[this.mode],
  targets:: this.parts.targets,
  isMonolithic:: this.mode == 'monolithic',
  isAlone:: this.isMonolithic && this.replicas.loki == 1,
  cachePurposes:: [purpose for purpose in std.objectFields(this.caches) if this.caches[purpose] != null],
  cacheRole(purpose):: 'cache-' + purpose,

  workloads:: this.parts.workloads
              + (if this.isMonolithic then { loki+: { name: this.prefix } } else {})
              + { [this.cacheRole(purpose)]: k.memcached.declaration for purpose in this.cachePurposes } + withCanary.workloads,
  needs:: ['object-storage'],
  after:: ['mimir'],
  storage:: this.cluster.get('object-storage'),
  // Where rules on logs send what they compute and find.
  mimir:: if this.cluster.has('mimir') then this.cluster.get('mimir') else null,

  // Who answers what. `calledBy('alloy', 'push')` is the call of somebody else's workload.
  entries::
    local of(role) = { workload: if this.isMonolithic then 'loki' else role, port: 'http' };
    { push: of('distributor'), query: of('query-frontend'), ruler: of('ruler') },

  // Loki's push API; OTLP over HTTP; what a data source of Grafana and logcli ask; the API of rules, for the collector.
  pushURL:: 'http://%s/loki/api/v1/push' % this.address('push'),
  otlpURL:: 'http://%s/otlp' % this.address('push'),
  queryURL:: 'http://' + this.address('query'),
  rulerURL:: 'http://' + this.address('ruler'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  calls:: (import 'traffic.libsonnet')(this) + withCanary.calls,
  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.targets)]
           + [{ workload: this.cacheRole(purpose), port: 'metrics' } for purpose in this.cachePurposes] + withCanary.scrape,
  buckets:: {
    chunks: { holds: 'logs and their index' },
    ruler: { holds: 'rules' },
  },
  signals:: { logs: {
    kind: 'logs',
    ask: this.entries.query,
    // A chunk at its oldest, and the quarter of an hour in which its index follows.
    lost: k.quantity.seconds(this.config.ingester.max_chunk_age) + 900,
    found: 60,
    // Where one pod does everything it is `flush_on_shutdown`. Apart, whoever holds the only copies is told beforehand.
    upload: if this.isMonolithic then null
    else { workloads: targets.inGroup(this.targets, 'ingester'), port: 'http', path: '/ingester/prepare_shutdown' },
  } },
  secrets:: this.storage.secret + api.secrets(this.api),
  exposes:: api.exposes(this.api, [
    { path: path, workload: this.entries[purpose].workload, port: 'http' }
    for purpose in ['push', 'query', 'ruler']
    for path in {
      push: ['/loki/api/v1/push', '/otlp/v1/logs'],
      query: ['/loki/api/v1'],
      ruler: ['/loki/api/v1/rules', '/prometheus/api/v1'],
    }[purpose]
  ]),
  problems:: (import 'problems.libsonnet')(this),

  // loki.yaml; an environment adds what there is no setting for: `loki+: { config+:: { querier+: {…} } }`.
  config:: (import 'config.libsonnet')(this),

  resources+:: {
    config: {
      loki: k.configMap(this, this.prefix, { 'loki.yaml': k.toYAML(this.config) }),
      overrides: k.configMap(this, this.prefix + '-overrides', { 'overrides.yaml': k.toYAML({ overrides: this.overrides }) }),
    },
    workload: (import 'workload.libsonnet')(this),
  },
}
