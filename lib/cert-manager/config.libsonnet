// The configuration files of the three programs: ControllerConfiguration, WebhookConfiguration and CAInjectorConfiguration
// of pkg/apis/config in cert-manager. Each program refuses a field that it doesn't know.
local k = import '../kubernetes/main.libsonnet';

// Which program knows which feature gate: internal/*/feature/features.go of 1.21. One that a program doesn't know ends it.
local gates = {
  controller: [
    'ACMEHTTP01IngressPathTypeExact',
    'ACMEUseARI',
    'ExperimentalCertificateSigningRequestControllers',
    'ExperimentalGatewayAPISupport',
    'ListenerSets',
    'LiteralCertificateSubject',
    'NameConstraints',
    'OtherNames',
    'SecretsFilteredCaching',
    'ServerSideApply',
    'StableCertificateRequestName',
    'UseCertificateRequestBasicConstraints',
  ],
  webhook: ['LiteralCertificateSubject', 'NameConstraints', 'OtherNames'],
  cainjector: [],
};

{
  // The gates that there are to set, once each.
  featureGates:: std.set(gates.controller + gates.webhook + gates.cainjector),

  // files(this) -> { role: object }: what the environment may add to by `config+::`.
  files(this)::
    local common(role, kind) = {
      apiVersion: role + '.config.cert-manager.io/v1alpha1',
      kind: kind,
      logging: { format: 'json', verbosity: this.verbosity },
      featureGates: { [gate]: this.featureGates[gate] for gate in std.objectFields(this.featureGates) if std.member(gates[role], gate) },
      metricsListenAddress: '0.0.0.0:%d' % this.workload(role).ports.metrics,
    };
    {
      controller: common('controller', 'ControllerConfiguration') {
        // Where the Secrets of ClusterIssuers are, and the lease: nothing of ours lies in kube-system.
        clusterResourceNamespace: this.namespace,
        leaderElectionConfig: { namespace: this.namespace },
        healthzListenAddress: '0.0.0.0:%d' % this.workload('controller').ports.health,
        enableCertificateOwnerRef: this.deleteSecrets,
        acmeHTTP01Config: { solverImage: k.image(this, this.images.acmesolver) },
        acmeDNS01Config: {
          recursiveNameservers: this.acme.recursiveNameservers,
          recursiveNameserversOnly: this.acme.recursiveNameserversOnly,
        },
        ingressShimConfig: { defaultIssuerName: this.cluster.certificates.issuer, defaultIssuerKind: 'ClusterIssuer' },
        gatewayAPI: { enabled: this.gatewayAPI.enabled, enableListenerSet: this.gatewayAPI.listenerSets },
        [if this.gatewayAPI.listenerSets then 'featureGates']+: { ListenerSets: true },
        [if this.approves == [] then 'controllers']: ['*', '-certificaterequests-approver'],
      },

      webhook: common('webhook', 'WebhookConfiguration') {
        local port = this.workload('webhook').ports,
        local name = this.workloadName('webhook'),
        securePort: port.https,
        healthzPort: port.health,
        // The webhook signs its own certificate with an authority that it keeps in a Secret; cainjector tells the API server.
        tlsConfig: { dynamic: {
          secretNamespace: this.namespace,
          secretName: name + '-ca',
          dnsNames: [name, name + '.' + this.namespace] + this.serviceNames('webhook'),
        } },
      },

      cainjector: common('cainjector', 'CAInjectorConfiguration') {
        leaderElectionConfig: { namespace: this.namespace },
      },
    },

  // resources(this) -> { role: ConfigMap }
  resources(this):: {
    [role]: k.configMap(this, this.workloadName(role), { 'config.yaml': k.toYAML(this.config[role]) })
    for role in ['controller', 'webhook', 'cainjector']
  },

  // The user of their images, said: an image that comes to run as another would not start.
  user:: { runAsUser: 65532, runAsGroup: 65532 },

  // mounted(this, role) -> pod template with the file at /config/config.yaml, restarted when it changes.
  mounted(this, role):: k.configHash([this.resources.config[role]]) {
    spec+: { volumes: [{ name: 'config', configMap: { name: this.resources.config[role].metadata.name } }] },
  },

  // spec of a Deployment that the waves of this app wait for: as long as it makes no progress no other commit can begin, ten
  // minutes by default. Pulling the image is no progress.
  impatient:: { spec+: { progressDeadlineSeconds: 180 } },

  // container(this, role) -> its program, told to read the file.
  container(this, role):: k.container(this, role, this.images[role]) {
    args: ['--config=/config/config.yaml'],
    volumeMounts: [{ name: 'config', mountPath: '/config', readOnly: true }],
  },
}
