// linkerd-viz: what the proxies measure, as `linkerd viz stat` and a page of its own show it, and single requests as they pass
// (tap). It brings no Prometheus: the collector scrapes the proxies, and it asks Mimir.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'linkerd-viz',
  images:: {
    'metrics-api': versions['linkerd-viz-metrics-api'],
    tap: versions['linkerd-viz-tap'],
    'tap-injector': versions['linkerd-viz-tap'],
    web: versions['linkerd-viz-web'],
  },

  '#webPrivileges':: doc.setting('boolean', 'Whether the page may tap requests and check the installation: it asks nobody who they are, so that whoever reaches it may, too.'),
  webPrivileges: false,

  '#tapIgnoresHeaders':: doc.list('string', 'Headers that tap shows nobody.'),
  tapIgnoresHeaders: ['authorization', 'cookie', 'set-cookie', 'x-api-key'],

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'How much is logged.'),
  logLevel: 'info',

  // The chart asks for nothing, and for 100m and 50Mi with at most 250Mi in its highly-available form.
  size:
    local of(cpu, memory) = { cpu: if this.highlyAvailable then '50m' else cpu, memory: memory, memoryLimit: '250Mi' };
    {
      'metrics-api': of('10m', '48Mi'),
      tap: of('10m', '40Mi'),
      'tap-injector': of('5m', '24Mi'),
      web: of('5m', '32Mi'),
    },

  // ---- wiring ----

  mimir:: this.cluster.get('mimir'),
  linkerd:: this.cluster.get('linkerd'),

  // By these names the command line of Linkerd finds them.
  workloads:: {
    [role]: all[role] { name: role, apiAccess: true }
    for all in [{
      'metrics-api': { ports: { http: 8085, admin: 9995 } },
      tap: { ports: { grpc: 8088, apiserver: 8089, admin: 9998 } },
      'tap-injector': { ports: { 'tap-injector': 8443, admin: 9995 } },
      web: { ports: { http: 8084, admin: 9994 } },
    }]
    for role in std.objectFields(all)
  },
  needs:: ['cert-manager', 'linkerd', 'mimir'],
  calls:: [
    { from: 'web', to: 'metrics-api', port: 'http' },
    { from: 'api-server', to: 'tap', port: 'apiserver' },
    { from: 'api-server', to: 'tap-injector', port: 'tap-injector' },
    this.mimir.calledBy('metrics-api', 'query'),
  ],
  // Each proxy shows tap what passes.
  callsProxies:: [{ from: 'tap', port: 'control' }],
  scrape:: [{ workload: role, port: 'admin' } for role in std.objectFields(this.workloads)],

  namespaceLabels:: { 'linkerd.io/extension': 'viz' },
  clusterKinds:: [
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
    { group: 'apiregistration.k8s.io', kind: 'APIService' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  // The role extension-apiserver-authentication-reader, and Linkerd's configuration.
  otherNamespaces:: ['kube-system', this.linkerd.namespace],
  // cainjector writes the CA.
  ignoreDifferences:: [
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
    { group: 'apiregistration.k8s.io', kind: 'APIService', jsonPointers: ['/spec/caBundle'] },
  ],

  // Secrets with the certificates that the API server verifies.
  certificates:: { tap: 'tap-k8s-tls', 'tap-injector': 'tap-injector-k8s-tls' },

  // ---- resources ----

  resources+:: {
    access: (import 'access.libsonnet')(this),
    certificates: this.cluster.get('cert-manager').privateCA(this, this.name, {
      [role]: {
        secretName: this.certificates[role],
        dnsNames: ['%s.%s.svc' % [role, this.namespace]],
        usages: ['server auth'],
      }
      for role in std.objectFields(this.certificates)
    }),
    registrations: (import 'registrations.libsonnet')(this),
    tenant: (import 'tenant.libsonnet')(this),
    workload: (import 'workload.libsonnet')(this),
  },
}
