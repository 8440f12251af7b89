// The API tap.linkerd.io, and the webhook that tells each new proxy who may tap it.
local k = import '../kubernetes/main.libsonnet';

function(this)
  local trusts(role) = { metadata+: { annotations+: { 'cert-manager.io/inject-ca-from': '%s/%s' % [this.namespace, this.certificates[role]] } } };
  {
    api: k.clusterObject(this, 'apiregistration.k8s.io/v1', 'APIService', 'v1alpha1.tap.linkerd.io', 'tap') + trusts('tap') {
      spec: {
        group: 'tap.linkerd.io',
        version: 'v1alpha1',
        groupPriorityMinimum: 1000,
        versionPriority: 100,
        service: { name: 'tap', namespace: this.namespace, port: 443 },
      },
    },

    webhook: k.clusterObject(this, 'admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'linkerd-tap-injector-webhook-config', 'tap-injector') + trusts('tap-injector') {
      webhooks: [{
        name: 'tap-injector.linkerd.io',
        admissionReviewVersions: ['v1', 'v1beta1'],
        clientConfig: { service: { name: 'tap-injector', namespace: this.namespace, path: '/', port: 443 } },
        // Without it a pod works; only tap does not see it.
        failurePolicy: 'Ignore',
        matchPolicy: 'Equivalent',
        namespaceSelector: { matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: this.linkerd.uninjectedNamespaces },
        ] },
        objectSelector: {},
        // The proxy may come after it was asked.
        reinvocationPolicy: 'IfNeeded',
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' }],
        sideEffects: 'None',
        timeoutSeconds: 10,
      }],
    },
  }
