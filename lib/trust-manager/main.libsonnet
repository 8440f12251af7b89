// trust-manager: bundles of CA certificates, made from those of cert-manager and kept the same in all namespaces that need them.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'trust-manager',
  images:: { 'trust-manager': versions['trust-manager'], package: versions['trust-manager-package'] },

  '#publicCAs':: doc.setting('boolean', 'Whether Bundles may have `useDefaultCAs`: the authorities that Debian trusts come along as an image.'),
  publicCAs: false,

  '#secretTargets':: doc.list('host', 'Names of the Secrets that Bundles may be written to, in any namespace; empty allows ConfigMaps only. With one of them it reads all Secrets of the cluster.'),
  secretTargets: [],

  '#dropExpired':: doc.setting('boolean', 'Whether expired certificates are left out of bundles.'),
  dropExpired: true,

  '#logLevel':: doc.setting('count', 'How much is logged, 1 to 5.'),
  logLevel: 1,

  // It holds the ConfigMaps that it has written in memory; upstream asks for nothing.
  size: {
    controller: { cpu: '5m', memory: '32Mi', memoryLimit: '128Mi' },
  },

  // ---- wiring ----

  // It takes certificates from the Secrets of this namespace, and from nowhere else.
  trustNamespace:: this.cluster.get('cert-manager').namespace,

  // bundle(component, name, secrets, key) -> a Bundle for another component; bundle.libsonnet says more.
  bundle:: (import 'bundle.libsonnet').bundle,

  workloads:: {
    controller: { name: this.name, ports: { webhook: 6443, metrics: 9402, health: 6060 }, apiAccess: true },
  },
  needs:: ['cert-manager'],
  calls:: [{ from: 'api-server', to: 'controller', port: 'webhook' }],
  scrape:: [{ workload: 'controller', port: 'metrics' }],
  problems:: if this.logLevel >= 1 && this.logLevel <= 5 then [] else ['logLevel: %d is not between 1 and 5' % this.logLevel],

  // The API server verifies its webhook by this.
  certificateName:: this.name + '-tls',
  ignoreDifferences:: [
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
  ],
  clusterKinds:: [
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  // Where the Secrets are that it may read.
  otherNamespaces:: [this.trustNamespace],
  crds:: [std.parseJson(importstr 'crds/bundles.trust.cert-manager.io.json')],

  // ---- resources ----

  resources+:: {
    access: (import 'access.libsonnet')(this),
    certificate: this.cluster.get('cert-manager').selfSigned(this, this.certificateName, this.serviceNames('controller')),
    workload: (import 'workload.libsonnet')(this),
  },
}
