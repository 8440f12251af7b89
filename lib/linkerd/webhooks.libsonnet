// The three webhooks: one adds proxies to pods, two check objects of Linkerd and routes.
local k = import '../kubernetes/main.libsonnet';

// webhooks.of(this) -> { name: { workload, port, service, secret, kind, rules, … } }
local of(this) =
  local webhook(name, workload, port, kind) = {
    service: 'linkerd-' + name,
    secret: 'linkerd-%s-k8s-tls' % name,
    workload: workload,
    port: port,
    kind: kind,
  };
  {
    'policy-validator': webhook('policy-validator', 'destination', 'policy-https', 'ValidatingWebhookConfiguration') {
      rules: [
        {
          apiGroups: ['policy.linkerd.io'],
          resources: [
            'authorizationpolicies',
            'egressnetworks',
            'httplocalratelimitpolicies',
            'httproutes',
            'meshtlsauthentications',
            'networkauthentications',
            'serverauthorizations',
            'servers',
          ],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
        },
        {
          apiGroups: ['gateway.networking.k8s.io'],
          resources: ['grpcroutes', 'httproutes', 'tcproutes', 'tlsroutes'],
          apiVersions: ['*'],
          operations: ['CREATE', 'UPDATE'],
        },
      ],
    },
    'proxy-injector': webhook('proxy-injector', 'proxy-injector', 'proxy-injector', 'MutatingWebhookConfiguration') {
      rules: [{ apiGroups: [''], resources: ['pods', 'services'], apiVersions: ['v1'], operations: ['CREATE'], scope: 'Namespaced' }],
      namespaces: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: this.uninjectedNamespaces }],
      objects: [
        { key: 'linkerd.io/control-plane-component', operator: 'DoesNotExist' },
        { key: 'linkerd.io/cni-resource', operator: 'DoesNotExist' },
      ],
    },
    'sp-validator': webhook('sp-validator', 'destination', 'sp-validator', 'ValidatingWebhookConfiguration') {
      rules: [{ apiGroups: ['linkerd.io'], resources: ['serviceprofiles'], apiVersions: ['v1alpha1', 'v1alpha2'], operations: ['CREATE', 'UPDATE'] }],
    },
  };

local registration(this, webhook) = k.clusterObject(this, 'admissionregistration.k8s.io/v1', webhook.kind, webhook.service + '-webhook-config', webhook.workload) {
  metadata+: { annotations+: { 'cert-manager.io/inject-ca-from': '%s/%s' % [this.namespace, webhook.secret] } },
  webhooks: [{
    name: webhook.service + '.linkerd.io',
    admissionReviewVersions: ['v1', 'v1beta1'],
    clientConfig: { service: { name: webhook.service, namespace: this.namespace, path: '/', port: 443 } },
    // With three of each, a pod without its proxy is worse than one that waits for the injector; with one, the other way round.
    failurePolicy: if this.highlyAvailable then 'Fail' else 'Ignore',
    matchPolicy: 'Equivalent',
    namespaceSelector: {
      matchExpressions: [{ key: 'config.linkerd.io/admission-webhooks', operator: 'NotIn', values: ['disabled'] }]
                        + (if std.objectHas(webhook, 'namespaces') then webhook.namespaces else []),
    },
    objectSelector: if std.objectHas(webhook, 'objects') then { matchExpressions: webhook.objects } else {},
    rules: [{ scope: '*' } + rule for rule in webhook.rules],
    sideEffects: 'None',
    timeoutSeconds: 10,
  }],
};

// The Service has not the name of the workload, which may have several.
local service(this, webhook) = k.service(this, webhook.workload, {}) {
  metadata+: { name: webhook.service } + (
    // The API server speaks TLS with the webhook; there is nothing for the proxy to see.
    if webhook.workload == 'proxy-injector' then { annotations: { 'config.linkerd.io/opaque-ports': '443' } } else {}
  ),
  spec+: { ports: [{ name: webhook.port, port: 443, targetPort: webhook.port, protocol: 'TCP' }] },
};

{
  of:: of,
  resources(this):: {
    [name]: {
      registration: registration(this, this.webhooks[name]),
      service: service(this, this.webhooks[name]),
    }
    for name in std.objectFields(this.webhooks)
  },
}
