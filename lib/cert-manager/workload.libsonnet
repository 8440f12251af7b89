// The controller, the injector of CA bundles, and the check that the API is ready. The webhook has a file of its own.
local k = import '../kubernetes/main.libsonnet';
local config = import 'config.libsonnet';

function(this) {
  controller: k.deployment(this, 'controller') + config.impatient {
    spec+: { template+: config.mounted(this, 'controller') {
      spec+: { securityContext+: config.user, containers: [
        config.container(this, 'controller') {
          // As upstream, which took the figures from kube-controller-manager. It fails too when the leader loses its lease.
          livenessProbe: k.httpProbe('health', '/livez') { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 15, failureThreshold: 8 },
          readinessProbe: k.httpProbe('health', '/livez') { periodSeconds: 10 },
        },
      ] },
    } },
  },

  cainjector: k.deployment(this, 'cainjector') + config.impatient {
    spec+: { template+: config.mounted(this, 'cainjector') {
      spec+: { securityContext+: config.user, containers: [
        config.container(this, 'cainjector') {
          // It has no health endpoint, but serves metrics as long as it works. Before that it waits up to five minutes for
          // the CustomResourceDefinitions (cmd/cainjector), which the probe has to allow.
          livenessProbe: k.httpProbe('metrics', '/metrics') { periodSeconds: 30, timeoutSeconds: 15, failureThreshold: 11 },
          readinessProbe: k.httpProbe('metrics', '/metrics') { periodSeconds: 10, timeoutSeconds: 5 },
        },
      ] },
    } },
  },

  // Between the webhook (wave 0) and the first objects that it checks (wave 2). Creates two CertificateRequests as a dry run
  // until one is completed and the other refused, which proves both webhooks.
  startupCheck: k.job(this, 'startup-check') + k.hook('Sync') + k.wave(1) {
    spec+: {
      // Image included. Until it ends no other commit can begin, and Argo CD tries six times.
      activeDeadlineSeconds: 120,
      template+: { spec+: { securityContext+: config.user, containers: [
        k.container(this, 'startup-check', this.images.startupapicheck) {
          args: ['check', 'api', '--wait=1m', '--v=2', '--namespace=' + this.namespace],
        },
      ] } },
    },
  },
}
