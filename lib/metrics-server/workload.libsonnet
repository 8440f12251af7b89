// The server and the registration of its API.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local certified = this.certificate != null,
  local secretName = this.name + '-tls',

  deployment: k.deployment(this, 'server') {
    spec+: {
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template+: {
        spec+: {
          securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
          containers: [
            k.container(this, 'server', this.image) {
              args: [
                '--secure-port=%d' % this.workload('server').ports.https,
                // Its own metrics as its probes: whoever collects them needs no token. They say nothing of what runs here.
                '--authorization-always-allow-paths=/healthz,/livez,/metrics,/readyz',
                '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
                '--kubelet-use-node-status-port',
                '--logging-format=json',
                '--metric-resolution=' + this.resolution,
              ] + (
                if certified then ['--tls-cert-file=/tls/tls.crt', '--tls-private-key-file=/tls/tls.key']
                else ['--cert-dir=/tmp']
              ) + (if this.insecureKubelets then ['--kubelet-insecure-tls'] else []),
              livenessProbe: k.httpProbe('https', '/livez', 'HTTPS') { periodSeconds: 10, failureThreshold: 3 },
              readinessProbe: k.httpProbe('https', '/readyz', 'HTTPS') { initialDelaySeconds: 20, periodSeconds: 10, failureThreshold: 3 },
              volumeMounts: [if certified then { name: 'tls', mountPath: '/tls', readOnly: true } else { name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volumes: [
            if certified
            then { name: 'tls', secret: { secretName: secretName } }
            else k.emptyDir('tmp', '16Mi'),
          ],
        },
      },
    },
  },

  service: k.service(this, 'server', { https: 443 }),

  apiService: k.clusterObject(this, 'apiregistration.k8s.io/v1', 'APIService', 'v1beta1.metrics.k8s.io') {
    [if certified then 'metadata']+: {
      annotations+: { 'cert-manager.io/inject-ca-from': '%s/%s' % [this.namespace, secretName] },
    },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      [if !certified then 'insecureSkipTLSVerify']: true,
      service: { name: this.workloadName('server'), namespace: this.namespace, port: 443 },
    },
  },
}
