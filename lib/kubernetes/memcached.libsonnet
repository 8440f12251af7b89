// memcached: a cache in memory, with its metrics. It stores nothing: what is lost is fetched again.
local versions = import '../versions.json';

local ports = { memcached: 11211, metrics: 9150 };

// memory is what it may store. Connections, hash table and the program itself come on top: upstream's sizing adds a fifth.
local overhead = 1.2;

{
  // declaration -> the entry of `workloads`.
  declaration:: { ports: ports, dns: false, mesh: { opaque: ['memcached'] } },

  // size(k, memory) -> the entry of `size` for a cache that stores so much.
  size(k, memory)::
    local total = '%dMi' % std.ceil((k.quantity.bytes(memory) * overhead) / 1048576 + 16);
    { cpu: '10m', memory: total },

  // addresses(this, role) -> how a client of Grafana's finds every pod of it.
  addresses(this, role):: 'dns+%s:%d' % [this.serviceHost(role), ports.memcached],

  // manifests(k, this, role, memory, itemSize='1m') -> { statefulSet, service }. itemSize: the largest value it stores.
  manifests(k, this, role, memory, itemSize='1m'):: {
    statefulSet: k.statefulSet(this, role) {
      spec+: {
        podManagementPolicy: 'Parallel',
        template+: { spec+: {
          securityContext+: { runAsUser: 11211, runAsGroup: 11211 },
          containers: [
            k.container(this, role, versions.memcached) {
              args: ['-m', '%d' % std.floor(k.quantity.bytes(memory) / 1048576), '-I', itemSize, '-c', '1024'],
              ports: [{ name: 'memcached', containerPort: ports.memcached, protocol: 'TCP' }],
              livenessProbe: { tcpSocket: { port: 'memcached' }, periodSeconds: 20, failureThreshold: 3 },
              readinessProbe: { tcpSocket: { port: 'memcached' }, periodSeconds: 10 },
            },
            k.sidecar(this, 'exporter', versions['memcached-exporter']) {
              args: ['--memcached.address=localhost:%d' % ports.memcached, '--web.listen-address=0.0.0.0:%d' % ports.metrics],
              ports: [{ name: 'metrics', containerPort: ports.metrics, protocol: 'TCP' }],
              resources: k.resources({ cpu: '5m', memory: '16Mi', memoryLimit: '64Mi' }),
              securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
              livenessProbe: k.httpProbe('metrics', '/') { periodSeconds: 20, failureThreshold: 3 },
              readinessProbe: k.httpProbe('metrics', '/') { periodSeconds: 10 },
            },
          ],
        } },
      },
    },
    service: k.headless(this, role, ports),
  },
}
