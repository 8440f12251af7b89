// The one program, as upstream's examples/standard runs it.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local ports = this.workload('server').ports,
  local labels = std.join(',', ['%s=[%s]' % [kind, std.join(',', this.labels[kind])] for kind in std.objectFields(this.labels)]),

  deployment: k.deployment(this, 'server') {
    spec+: {
      // Two would say everything twice, for as long as an update takes.
      strategy: { type: 'Recreate' },
      template+: { spec+: {
        securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
        containers: [
          k.container(this, 'server', this.image) {
            args: [
              '--port=%d' % ports.metrics,
              '--telemetry-port=%d' % ports.telemetry,
              '--resources=' + std.join(',', this.kinds),
            ] + (if labels == '' then [] else ['--metric-labels-allowlist=' + labels]),
            env: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size.server) }),
            // /livez asks the API server: a short silence of that is no reason to restart.
            livenessProbe: k.httpProbe('metrics', '/livez') { initialDelaySeconds: 5, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
            readinessProbe: k.httpProbe('telemetry', '/readyz') { initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5 },
          },
        ],
      } },
    },
  },

  service: k.service(this, 'server', { metrics: 8080, telemetry: 8081 }),
}
