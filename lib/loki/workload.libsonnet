// The pods of Loki, and of its caches.
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';

function(this) targets.manifests(this, {
  file: 'loki.yaml',
  directory: '/etc/loki',
  config: this.resources.config.loki,
  overrides: this.resources.config.overrides,
  overridesDirectory: '/etc/loki-overrides',
  data: '/data',
  environment: this.storage.environment,
  alive: '/loki/api/v1/status/buildinfo',
  mounts(role):: [],
  volumes(role):: [],
}) + {
  [this.cacheRole(purpose)]: k.memcached.manifests(k, this, this.cacheRole(purpose), this.caches[purpose], if purpose == 'results' then '5m' else '2m')
  for purpose in this.cachePurposes
}
