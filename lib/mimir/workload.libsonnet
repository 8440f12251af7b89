// The pods of Mimir, and of its caches.
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';

function(this)
  local configured = this.alertmanagerConfig;
  // Its configuration holds passwords, so that it is a file of a Secret and no part of mimir.yaml.
  local hasFile(role) = configured != null && std.member(['alertmanager', 'mimir'], role);

  targets.manifests(this, {
    file: 'mimir.yaml',
    directory: '/etc/mimir',
    config: this.resources.config.mimir,
    overrides: this.resources.config.overrides,
    overridesDirectory: '/etc/mimir-overrides',
    data: '/data',
    environment: this.storage.environment,
    alive: '/api/v1/status/buildinfo',
    mounts(role):: if hasFile(role) then [{ name: 'alertmanager', mountPath: '/etc/alertmanager', readOnly: true }] else [],
    volumes(role):: if hasFile(role) then [{
      name: 'alertmanager',
      secret: { secretName: configured.name, items: [{ key: configured.key, path: 'alertmanager.yaml' }] },
    }] else [],
  }) + {
    [this.cacheRole(purpose)]: k.memcached.manifests(k, this, this.cacheRole(purpose), this.caches[purpose], if std.member(['index', 'results'], purpose) then '5m' else '1m')
    for purpose in this.cachePurposes
  }
