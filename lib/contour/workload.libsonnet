// Contour itself: it watches the cluster and tells every Envoy what to do.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local ports = this.workload('contour').ports,
  local config = this.resources.config.contour,
  // Without the flag Contour serves the class `contour` and what names none.
  local everything = this.ingressClass.default && this.ingressClass.name == 'contour',

  deployment: k.deployment(this, 'contour') {
    spec+: {
      strategy: { rollingUpdate: { maxSurge: '50%' } },
      template+: k.configHash([config]) + {
        spec+: {
          securityContext+: { runAsUser: 65534, runAsGroup: 65534 },
          containers: [
            k.container(this, 'contour', this.image) {
              command: ['contour'],
              args: [
                      'serve',
                      '--log-format=json',
                      '--incluster',
                      '--xds-address=0.0.0.0',
                      '--xds-port=%d' % ports.xds,
                      '--http-port=%d' % ports.metrics,
                      '--health-port=%d' % ports.metrics,
                      '--stats-port=%d' % this.workload('envoy').ports.metrics,
                      '--envoy-service-http-port=%d' % this.workload('envoy').ports.http,
                      '--envoy-service-https-port=%d' % this.workload('envoy').ports.https,
                      '--contour-cafile=/certs/ca.crt',
                      '--contour-cert-file=/certs/tls.crt',
                      '--contour-key-file=/certs/tls.key',
                      '--config-path=/config/contour.yaml',
                      '--leader-election-resource-name=' + this.name,
                    ]
                    + (if everything then [] else ['--ingress-class-name=' + this.ingressClass.name])
                    + (if this.proxyProtocol then ['--use-proxy-protocol'] else [])
                    + (if this.rootNamespaces == [] then [] else ['--root-namespaces=' + std.join(',', this.rootNamespaces)]),
              env: k.env({
                CONTOUR_NAMESPACE: { field: 'metadata.namespace' },
                POD_NAME: { field: 'metadata.name' },
              }),
              // It asks the API server: a short silence of that is no reason to restart.
              livenessProbe: k.httpProbe('metrics', '/healthz') { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
              // The port opens once the first configuration is complete.
              readinessProbe: { tcpSocket: { port: 'xds' }, periodSeconds: 10 },
              volumeMounts: [
                { name: 'certificate', mountPath: '/certs', readOnly: true },
                { name: 'config', mountPath: '/config', readOnly: true },
              ],
            },
          ],
          volumes: [
            { name: 'certificate', secret: { secretName: this.workloadName('contour') + '-xds-server' } },
            { name: 'config', configMap: { name: config.metadata.name } },
          ],
        },
      },
    },
  },

  service: k.service(this, 'contour', { xds: ports.xds }),
}
