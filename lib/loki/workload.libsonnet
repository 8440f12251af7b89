// The pods of Loki, of its caches, and of its canary.
local canary = import '../component/canary.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';

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
} + canary.manifests(this, versions['loki-canary'], {
  // It writes to its standard output, and finds that again by the labels that alloy-node gives to the log of every pod.
  env: { POD_NAME: { field: 'metadata.name' } },
  args: [
    '-addr=' + this.address('query'),
    '-port=%d' % this.workload('canary').ports.metrics,
    '-labelname=pod',
    '-labelvalue=$(POD_NAME)',
    '-streamname=stream',
    '-streamvalue=stdout',
    '-interval=10s',
    // What is read from a file and sent in batches takes longer than what is pushed.
    '-wait=2m',
  ] + (if this.tenantHeader == null then [] else ['-tenant-id=' + this.tenantHeader.value]),
})
