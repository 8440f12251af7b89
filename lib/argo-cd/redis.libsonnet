// The cache: one Redis, or three that elect their master by Sentinel, which Argo CD's programs ask by themselves. Upstream
// puts HAProxy between them; without it there are three pods and a role less, and nothing in the way. Nothing is stored:
// what is lost is rendered anew.
local k = import '../kubernetes/main.libsonnet';

local port = 6379;
local sentinelPort = 26379;
local master = 'argocd';

// The pods of the replicated form, by names that outlive their addresses.
local hosts(this) = [
  '%s-%d.%s' % [this.workloadName('redis-ha'), i, this.serviceHost('redis-ha')]
  for i in std.range(0, this.replicas['redis-ha'] - 1)
];

local password = { secret: 'argocd-redis', key: 'auth' };

// Three quarters of the limit: the rest is for copies while a replica is filled.
local memory(this, role) = '%dmb' % std.floor(k.quantity.bytes(k.resources(this.size[role]).limits.memory) * 0.75 / 1048576);

{
  port:: port,
  sentinelPort:: sentinelPort,
  password:: password,
  hosts:: hosts,
  memory:: memory,

  // workloads(this) -> what the component declares.
  workloads(this)::
    {
      single: { redis: { ports: { redis: port }, dns: false } },
      replicated: { 'redis-ha': { ports: { redis: port, sentinel: sentinelPort } } },
      external: {},
    }[this.redis],

  // role(this) -> the workload that serves the cache, or null.
  role(this):: { single: 'redis', replicated: 'redis-ha', external: null }[this.redis],

  // parameters(this), arguments(this), environment(this) -> how a program of Argo CD finds the cache.
  parameters(this):: {
    single: { 'redis.server': '%s:%d' % [this.workloadName('redis'), port] },
    replicated: {},
    external: { 'redis.server': this.redisAddress },
  }[this.redis],
  arguments(this):: if this.redis != 'replicated' then [] else
    ['--sentinel=%s:%d' % [host, sentinelPort] for host in hosts(this)] + ['--sentinelmaster=' + master],
  environment(this):: { REDIS_PASSWORD: password } + if this.redis == 'replicated' then { REDIS_SENTINEL_PASSWORD: password } else {},

  // configuration(this) -> the files of the replicated form; null for the others.
  configuration(this):: if this.redis != 'replicated' then null else k.configMap(this, this.workloadName('redis-ha'), {
    'configure.sh': importstr 'files/redis-configure.sh',
    'redis.conf': |||
      port %d
      dir /data
      save ""
      appendonly no
      maxmemory %s
      maxmemory-policy allkeys-lru
      repl-diskless-sync yes
    ||| % [port, memory(this, 'redis-ha')],
    // A master that is silent for five seconds is replaced.
    'sentinel.conf': |||
      port %d
      dir /data
      sentinel down-after-milliseconds %s 5000
      sentinel failover-timeout %s 60000
      sentinel parallel-syncs %s 2
    ||| % [sentinelPort, master, master, master],
  }),
}
