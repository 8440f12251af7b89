// Mimir: stores metrics, evaluates rules on them and sends alerts. Everything lies in object storage; a volume holds what was
// not yet uploaded.
local api = import '../component/api.libsonnet';
local component = import '../component/main.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local roles = import 'roles.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'mimir',
  image:: versions.mimir,

  replicas: this.parts.replicas
            + { [this.cacheRole(purpose)]: 1 for purpose in this.cachePurposes },
  size: this.parts.size
        + { [this.cacheRole(purpose)]: k.memcached.size(k, this.caches[purpose]) for purpose in this.cachePurposes },

  // ---- wiring ----

  ports:: roles.ports,
  // What runs in this mode: targets.declare() says what it holds.
  parts:: roles[this.mode],
  targets:: this.parts.targets,
  isMonolithic:: this.mode == 'monolithic',
  isAlone:: this.isMonolithic && this.replicas.mimir == 1,
  cachePurposes:: [purpose for purpose in std.objectFields(this.caches) if this.caches[purpose] != null],
  cacheRole(purpose):: 'cache-' + purpose,

  workloads:: this.parts.workloads
              + (if this.isMonolithic then { mimir+: { name: this.prefix } } else {})
              + { [this.cacheRole(purpose)]: k.memcached.declaration for purpose in this.cachePurposes },
  needs:: ['object-storage'],
  storage:: this.cluster.get('object-storage'),

  // Who answers what. `calledBy('alloy', 'push')` is the call of somebody else's workload.
  entries::
    local of(role) = { workload: if this.isMonolithic then 'mimir' else role, port: 'http' };
    { push: of('distributor'), query: of('query-frontend'), ruler: of('ruler'), alertmanager: of('alertmanager') },

  // Prometheus remote write; OTLP over HTTP; the API of Prometheus; the API of rules, for the collector; the Alertmanager.
  pushURL:: 'http://%s/api/v1/push' % this.address('push'),
  otlpURL:: 'http://%s/otlp' % this.address('push'),
  queryURL:: 'http://%s/prometheus' % this.address('query'),
  rulerURL:: 'http://' + this.address('ruler'),
  alertmanagerURL:: 'http://%s/alertmanager' % this.address('alertmanager'),

  // The header that every request must bear, { name, value }, or null where there are no tenants.
  tenantHeader:: if this.cluster.tenancy.enabled then { name: 'X-Scope-OrgID', value: this.cluster.tenancy.tenant } else null,

  calls:: (import 'traffic.libsonnet')(this),
  scrape:: [{ workload: role, port: 'http' } for role in std.objectFields(this.targets)]
           + [{ workload: this.cacheRole(purpose), port: 'metrics' } for purpose in this.cachePurposes],
  buckets:: {
    blocks: { holds: 'metrics' },
    ruler: { holds: 'rules' },
    alertmanager: { holds: 'configuration and state of the Alertmanager' },
  },
  signals:: { metrics: {
    kind: 'metrics',
    ask: this.entries.query,
    path: '/prometheus',
    // A block of two hours is cut once the head spans three (`Head.compactable` of Prometheus' TSDB), looked for and uploaded
    // within minutes.
    lost: 3 * 3600 + 600,
    // `cleanup_interval` and `sync_interval` of the configuration, one after the other at worst.
    found: 600,
    upload: if this.isMonolithic then null
    else { workloads: targets.inGroup(this.targets, 'ingester'), port: 'http', path: '/ingester/prepare-shutdown' },
  } },
  secrets:: this.storage.secret + api.secrets(this.api) + (
    if this.alertmanagerConfig == null then {}
    else { [this.alertmanagerConfig.name]+: { keys+: { [this.alertmanagerConfig.key]: 'Configuration of the Alertmanager (YAML).' } } }
  ),
  exposes:: api.exposes(this.api, [
    { path: path, workload: this.entries[purpose].workload, port: 'http' }
    for purpose in ['alertmanager', 'push', 'query', 'ruler']
    for path in {
      push: ['/api/v1/push', '/otlp/v1/metrics'],
      query: ['/prometheus'],
      ruler: ['/prometheus/api/v1/alerts', '/prometheus/api/v1/rules', '/prometheus/config/v1/rules'],
      alertmanager: ['/alertmanager', '/api/v1/alerts'],
    }[purpose]
  ]),
  problems:: (import 'problems.libsonnet')(this),

  // mimir.yaml; an environment adds what there is no setting for: `mimir+: { config+:: { querier+: {…} } }`.
  config:: (import 'config.libsonnet')(this),

  resources+:: {
    config: {
      mimir: k.configMap(this, this.prefix, { 'mimir.yaml': k.toYAML(this.config) }),
      overrides: k.configMap(this, this.prefix + '-overrides', { 'overrides.yaml': k.toYAML({ overrides: this.overrides }) }),
    },
    workload: (import 'workload.libsonnet')(this),
  },
}
