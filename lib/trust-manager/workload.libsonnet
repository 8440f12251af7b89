// The controller, which is its own webhook, and the webhook's registration.
local k = import '../kubernetes/main.libsonnet';

function(this) {
  local ports = this.workload('controller').ports,
  local packages = { name: 'packages', mountPath: '/packages' },

  deployment: k.deployment(this, 'controller') {
    spec+: {
      // While the webhook is away nobody can apply a Bundle.
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      template+: {
        spec+: {
          [if this.publicCAs then 'initContainers']: [
            k.sidecar(this, 'package', this.images.package) {
              args: ['/copyandmaybepause', '/debian-package', packages.mountPath],
              resources: k.resources({ cpu: '5m', memory: '16Mi', memoryLimit: '64Mi' }),
              volumeMounts: [packages],
            },
          ],
          containers: [
            k.container(this, 'controller', this.images['trust-manager']) {
              args: [
                      '--log-format=json',
                      '--log-level=%d' % this.logLevel,
                      '--metrics-port=%d' % ports.metrics,
                      '--readiness-probe-port=%d' % ports.health,
                      '--readiness-probe-path=/readyz',
                      '--trust-namespace=' + this.trustNamespace,
                      '--webhook-host=0.0.0.0',
                      '--webhook-port=%d' % ports.webhook,
                      '--webhook-certificate-dir=/tls',
                      '--filter-non-ca-certs=true',
                    ]
                    + (if this.dropExpired then ['--filter-expired-certificates=true'] else [])
                    + (if this.publicCAs then ['--default-package-location=/packages/cert-manager-package-debian.json'] else [])
                    + (if this.secretTargets == [] then [] else ['--secret-targets-enabled=true']),
              env: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size.controller) }),
              livenessProbe: k.httpProbe('health', '/healthz') { initialDelaySeconds: 15, periodSeconds: 20, failureThreshold: 3 },
              readinessProbe: k.httpProbe('health', '/readyz') { initialDelaySeconds: 3, periodSeconds: 7 },
              volumeMounts: [{ name: 'tls', mountPath: '/tls', readOnly: true }]
                            + (if this.publicCAs then [packages { readOnly: true }] else []),
            },
          ],
          volumes: [{ name: 'tls', secret: { secretName: this.certificateName } }]
                   + (if this.publicCAs then [k.emptyDir('packages', '50M')] else []),
        },
      },
    },
  },

  service: k.service(this, 'controller', { webhook: 443 }),

  webhook: k.clusterObject(this, 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', this.name, 'controller') {
    metadata+: { annotations: { 'cert-manager.io/inject-ca-from': '%s/%s' % [this.namespace, this.certificateName] } },
    webhooks: [{
      name: 'trust.cert-manager.io',
      admissionReviewVersions: ['v1'],
      clientConfig: { service: {
        name: this.workloadName('controller'),
        namespace: this.namespace,
        path: '/validate-trust-cert-manager-io-v1alpha1-bundle',
        port: 443,
      } },
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      rules: [{ apiGroups: ['trust.cert-manager.io'], apiVersions: ['v1alpha1'], operations: ['CREATE', 'UPDATE'], resources: ['bundles'], scope: '*' }],
      sideEffects: 'None',
      timeoutSeconds: 5,
    }],
  },
}
