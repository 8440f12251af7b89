// How Argo CD looks at what it manages: what it leaves out, which changes it ignores, and what counts as healthy.
local k = import '../kubernetes/main.libsonnet';

local customizations(kind, rules) = {
  ['resource.customizations.%s.%s' % [kind, name]]: k.toYAML(rules[name])
  for name in std.objectFields(rules)
};

local annotations(names) = { jqPathExpressions: ['.metadata.annotations."%s"' % name for name in names] };

// Changes that are no reason to compare an app again: upstream's argocd-cm, 3.5.
local quiet = {
  all: { jsonPointers: ['/status'] },
  'argoproj.io_Application': annotations(['notified.notifications.argoproj.io', 'argocd.argoproj.io/refresh', 'argocd.argoproj.io/hydrate'])
                             { jqPathExpressions+: ['.operation'] },
  'argoproj.io_Rollout': annotations(['notified.notifications.argoproj.io']),
  autoscaling_HorizontalPodAutoscaler: annotations([
    'autoscaling.alpha.kubernetes.io/' + name
    for name in ['behavior', 'conditions', 'metrics', 'current-metrics']
  ]),
  ConfigMap: annotations(['cluster-autoscaler.kubernetes.io/last-updated', 'control-plane.alpha.kubernetes.io/leader']),
  apps_ReplicaSet: annotations(['deployment.kubernetes.io/desired-replicas', 'deployment.kubernetes.io/max-replicas', 'rollout.argoproj.io/desired-replicas']),
  'discovery.k8s.io_EndpointSlice': { jsonPointers: ['/metadata', '/endpoints', '/ports'] },
  Endpoints: { jsonPointers: ['/metadata', '/subsets'] },
};

// What others write into objects of every app: cert-manager's cainjector and trust-manager. Server-side apply leaves these
// fields alone already; an app that is applied otherwise needs the rules.
local written = {
  'admissionregistration.k8s.io_MutatingWebhookConfiguration': { jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
  'admissionregistration.k8s.io_ValidatingWebhookConfiguration': { jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
  'apiextensions.k8s.io_CustomResourceDefinition': { jqPathExpressions: ['.spec.conversion.webhook.clientConfig.caBundle'] },
  'apiregistration.k8s.io_APIService': { jsonPointers: ['/spec/caBundle'] },
};

// Kinds that are never in Git and change all the time: upstream's argocd-cm, 3.5.
local exclusions = [
  { apiGroups: ['', 'discovery.k8s.io'], kinds: ['Endpoints', 'EndpointSlice'] },
  { apiGroups: ['coordination.k8s.io'], kinds: ['Lease'] },
  {
    apiGroups: ['authentication.k8s.io', 'authorization.k8s.io'],
    kinds: ['SelfSubjectReview', 'TokenReview', 'LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  },
  { apiGroups: ['certificates.k8s.io'], kinds: ['CertificateSigningRequest'] },
  { apiGroups: ['cert-manager.io'], kinds: ['CertificateRequest'] },
  { apiGroups: ['cilium.io'], kinds: ['CiliumIdentity', 'CiliumEndpoint', 'CiliumEndpointSlice'] },
  {
    apiGroups: ['kyverno.io', 'reports.kyverno.io', 'wgpolicyk8s.io'],
    kinds: [
      'PolicyReport',
      'ClusterPolicyReport',
      'EphemeralReport',
      'ClusterEphemeralReport',
      'AdmissionReport',
      'ClusterAdmissionReport',
      'BackgroundScanReport',
      'ClusterBackgroundScanReport',
      'UpdateRequest',
    ],
  },
];

function(this)
  customizations('ignoreResourceUpdates', quiet)
  + customizations('ignoreDifferences', written)
  + {
    'resource.exclusions': k.toYAML(exclusions),
    // Rules of an aggregated ClusterRole are written by Kubernetes.
    'resource.compareoptions': k.toYAML({ ignoreAggregatedRoles: true }),
    'resource.customizations.health.argoproj.io_Application':
      'local patience = %d\n' % k.quantity.seconds(this.patience) + (importstr 'files/application-health.lua'),
    // Linkerd's pods read what a Bundle writes when they start.
    [if this.cluster.has('trust-manager') then 'resource.customizations.health.trust.cert-manager.io_Bundle']: importstr 'files/bundle-health.lua',
  }
