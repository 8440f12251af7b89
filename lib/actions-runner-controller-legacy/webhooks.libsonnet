// What the API server asks the controller before it takes a runner, or a pod of one: charts/actions-runner-controller of 0.27.6.
// They see the namespace of the runners alone, so that nothing else in the cluster waits for this controller.
local k = import '../kubernetes/main.libsonnet';

function(this)
  local webhook(name, path, rule) = {
    name: name,
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: this.workloadName('controller'), namespace: this.namespace, path: path, port: 443 } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': this.runners.namespace } },
    rules: [rule { scope: 'Namespaced' }],
    sideEffects: 'None',
    timeoutSeconds: 10,
  };
  local ofKind(verb, kind) = webhook('%s.%s.actions.summerwind.dev' % [verb, kind], '/%s-actions-summerwind-dev-v1alpha1-%s' % [verb, kind], {
    apiGroups: ['actions.summerwind.dev'],
    apiVersions: ['v1alpha1'],
    operations: ['CREATE', 'UPDATE'],
    resources: [kind + 's'],
  });
  local kinds = ['runner', 'runnerdeployment', 'runnerreplicaset'];
  local registration(kind, webhooks) = k.clusterObject(this, 'admissionregistration.k8s.io/v1', kind, this.name, 'controller') {
    metadata+: { annotations+: { 'cert-manager.io/inject-ca-from': '%s/%s' % [this.namespace, this.certificateName] } },
    webhooks: webhooks,
  };
  {
    mutating: registration('MutatingWebhookConfiguration', [ofKind('mutate', kind) for kind in kinds] + [
      // It gives the pods of RunnerSets their registration token.
      webhook('mutate-runner-pod.webhook.actions.summerwind.dev', '/mutate-runner-set-pod', {
        apiGroups: [''],
        apiVersions: ['v1'],
        operations: ['CREATE'],
        resources: ['pods'],
      }) { objectSelector: { matchLabels: { 'actions-runner-controller/inject-registration-token': 'true' } } },
    ]),
    validating: registration('ValidatingWebhookConfiguration', [ofKind('validate', kind) for kind in kinds]),
  }
