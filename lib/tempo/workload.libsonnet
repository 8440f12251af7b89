// The pods of Tempo, of its cache, and of its canary.
local canary = import '../component/canary.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';

function(this)
  local credentials = if this.kafka == null || !std.objectHas(this.kafka, 'credentials') then {} else {
    KAFKA_USER: { secret: this.kafka.credentials.secretName, key: this.kafka.credentials.userKey },
    KAFKA_PASSWORD: { secret: this.kafka.credentials.secretName, key: this.kafka.credentials.passwordKey },
  };
  targets.manifests(this, {
    file: 'tempo.yaml',
    directory: '/etc/tempo',
    config: this.resources.config.tempo,
    overrides: this.resources.config.overrides,
    overridesDirectory: '/etc/tempo-overrides',
    data: '/data',
    environment: this.storage.environment + credentials,
    alive: '/api/status/buildinfo',
    mounts(role):: [],
    volumes(role):: [],
  }) + {
    [this.cacheRole(purpose)]: k.memcached.manifests(k, this, this.cacheRole(purpose), this.caches[purpose])
    for purpose in this.cachePurposes
  } + canary.manifests(this, versions['tempo-vulture'], {
    args: [
      '-prometheus-listen-address=:%d' % this.workload('canary').ports.metrics,
      '-tempo-push-url=http://' + this.otlpGRPC,
      '-tempo-query-url=' + this.queryURL,
      // What is older was deleted on purpose.
      '-tempo-retention-duration=%ds' % k.quantity.seconds(this.retention),
    ] + (if this.tenantHeader == null then [] else ['-tempo-org-id=' + this.tenantHeader.value]),
  })
