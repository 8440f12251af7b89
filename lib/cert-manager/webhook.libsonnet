// The webhook that checks and completes cert-manager's objects, and its registration.
local k = import '../kubernetes/main.libsonnet';
local config = import 'config.libsonnet';

function(this)
  local name = this.workloadName('webhook');

  local registration(kind, path, resources, operations, groups) = k.clusterObject(this, 'admissionregistration.k8s.io/v1', kind, name, 'webhook') {
    metadata+: { annotations+: { 'cert-manager.io/inject-ca-from-secret': '%s/%s-ca' % [this.namespace, name] } },
    webhooks: [{
      name: 'webhook.cert-manager.io',
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { name: name, namespace: this.namespace, path: path, port: 443 } },
      failurePolicy: 'Fail',
      matchPolicy: 'Equivalent',
      rules: [{ apiGroups: groups, apiVersions: ['v1'], operations: operations, resources: resources, scope: '*' }],
      sideEffects: 'None',
      timeoutSeconds: 30,
    }],
  };

  {
    deployment: k.deployment(this, 'webhook') + config.impatient {
      spec+: {
        // While it is away nobody can apply a Certificate: the new pod answers before the old one goes.
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template+: config.mounted(this, 'webhook') {
          spec+: { securityContext+: config.user, containers: [
            config.container(this, 'webhook') {
              livenessProbe: k.httpProbe('health', '/livez') { initialDelaySeconds: 60, periodSeconds: 10, failureThreshold: 3 },
              readinessProbe: k.httpProbe('health', '/healthz') { initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 3 },
            },
          ] },
        },
      },
    },

    service: k.service(this, 'webhook', { https: 443 }),

    mutating: registration('MutatingWebhookConfiguration', '/mutate', ['certificaterequests'], ['CREATE'], ['cert-manager.io']),

    validating: registration('ValidatingWebhookConfiguration', '/validate', ['*/*'], ['CREATE', 'UPDATE'], ['cert-manager.io', 'acme.cert-manager.io']) {
      webhooks: [
        webhook { namespaceSelector: { matchExpressions: [{ key: 'cert-manager.io/disable-validation', operator: 'NotIn', values: ['true'] }] } }
        for webhook in super.webhooks
      ],
    },
  }
