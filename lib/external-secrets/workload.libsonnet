// The controller. Its webhook is left out: it checks what `validate` and the schemas check before, and the API server would not
// take an ExternalSecret while it is away.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local ports = this.workload('controller').ports,

  deployment: k.deployment(this, 'controller') {
    spec+: {
      template+: {
        spec+: {
          securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
          containers: [
            k.container(this, 'controller', this.image) {
              args: [
                '--loglevel=' + this.logLevel,
                '--zap-time-encoding=rfc3339',
                '--metrics-addr=:%d' % ports.metrics,
                '--live-addr=:%d' % ports.health,
                '--enable-leader-election=%s' % (this.replicas.controller > 1),
                // Kinds that nothing here uses; without their definitions it would not start.
                '--enable-cluster-external-secret-reconciler=false',
                '--enable-cluster-push-secret-reconciler=false',
                '--enable-push-secret-reconciler=false',
              ],
              livenessProbe: k.httpProbe('health', '/healthz') { periodSeconds: 10, failureThreshold: 5 },
              readinessProbe: k.httpProbe('health', '/healthz') { periodSeconds: 10 },
            },
          ],
        },
      },
    },
  },

  service: k.service(this, 'controller', { metrics: ports.metrics }),
}
