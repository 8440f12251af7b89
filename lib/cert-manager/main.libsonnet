// cert-manager: certificates that are asked for, signed and renewed by themselves.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';
local config = import 'config.libsonnet';
local dns01 = import 'dns01.libsonnet';
local issuers = import 'issuers.libsonnet';

component {
  local this = self,

  name: 'cert-manager',
  images:: {
    [role]: versions['cert-manager-' + role]
    for role in ['acmesolver', 'cainjector', 'controller', 'startupapicheck', 'webhook']
  },

  '#acme':: doc.object("Authorities that speak ACME, such as Let's Encrypt. The e-mail address of the accounts is the cluster's."),
  acme: {
    '#enabled':: doc.setting('boolean', 'Whether there are ClusterIssuers for them.'),
    enabled: true,
    '#servers':: doc.map('url', 'The directory of each authority, by the name of its ClusterIssuer.'),
    servers: {
      'letsencrypt-production': 'https://acme-v02.api.letsencrypt.org/directory',
      'letsencrypt-staging': 'https://acme-staging-v02.api.letsencrypt.org/directory',
    },
    '#dns01':: doc.setting(dns01.node, 'Proves by a DNS record that a domain is ours, wildcards included: the settings of each DNS provider, by its name in cert-manager.'),
    dns01: {},
    '#http01':: doc.object('Proves by answering a request from the Internet that a host is ours, through Contour.'),
    http01: {
      '#enabled':: doc.setting('boolean', 'Whether hosts are proven so.'),
      enabled: false,
      '#zones':: doc.list('host', 'Domains that are proven so, with all below them; empty for every domain that `dns01` leaves.'),
      zones: [],
      '#ingressClassName':: doc.optional('name', "The IngressClass that answers; null takes Contour's."),
      ingressClassName: null,
    },
    '#recursiveNameservers':: doc.list('string', "Name servers that tell whether a record is published, as address:port or https://…; empty takes the cluster's DNS. Set them where that one answers otherwise than the Internet does."),
    recursiveNameservers: [],
    '#recursiveNameserversOnly':: doc.setting('boolean', "Ask only these, not the domain's own name servers, where a firewall keeps port 53 shut."),
    recursiveNameserversOnly: false,
  },

  '#selfSignedCA':: doc.object('An authority that nobody else trusts, for clusters that the Internet does not know.'),
  selfSignedCA: {
    '#enabled':: doc.setting('boolean', 'Whether there is a ClusterIssuer `self-signed-ca`.'),
    enabled: !this.usesACME,
  },

  '#issuers':: doc.map(doc.shape({
    [kind]: doc.setting('any', "cert-manager's IssuerConfig." + kind)
    for kind in ['acme', 'ca', 'selfSigned', 'vault', 'venafi']
  }), 'Further ClusterIssuers: the `spec` of each, by its name.'),
  issuers: {},

  '#approves':: doc.list('string', 'Signers whose requests are approved at once; empty leaves approval to another program, such as approver-policy.'),
  approves: ['issuers.cert-manager.io/*', 'clusterissuers.cert-manager.io/*'],

  '#deleteSecrets':: doc.setting('boolean', 'Whether the Secret of a Certificate goes with it.'),
  deleteSecrets: false,

  '#gatewayAPI':: doc.object('Certificates for Gateways. Its CustomResourceDefinitions must be in the cluster: without them the controller does not start.'),
  gatewayAPI: {
    '#enabled':: doc.setting('boolean', 'Whether annotated Gateways get their certificates.'),
    enabled: false,
    '#listenerSets':: doc.setting('boolean', 'Whether ListenerSets do, too (alpha).'),
    listenerSets: false,
  },

  '#featureGates':: doc.map('boolean', 'Feature gates, for each of the programs that knows them.', keys=config.featureGates),
  featureGates: {},

  '#verbosity':: doc.setting('count', 'How much is logged, 0 to 9.'),
  verbosity: 2,

  // The webhook answers every apply of a Certificate, so it is the one that must not be missed.
  replicas+: if this.highlyAvailable then { webhook: 3 } else {},

  // npm run e2e saw the webhook take 57 MiB.
  size: {
    controller: { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
    webhook: { cpu: '5m', memory: '64Mi', memoryLimit: '128Mi' },
    cainjector: { cpu: '5m', memory: '64Mi', memoryLimit: '256Mi' },
    'startup-check': { cpu: '5m', memory: '32Mi', memoryLimit: '64Mi' },
  },

  // ---- wiring ----

  // Certificates for other components; certificates.libsonnet says what they get.
  local certificates = (import 'certificates.libsonnet')(this),
  privateCA:: certificates.privateCA,
  clusterCA:: certificates.clusterCA,
  intermediateCA:: certificates.intermediateCA,
  selfSigned:: certificates.selfSigned,
  certificate:: certificates.certificate,
  knownIssuer:: certificates.knownIssuer,

  // Other components read what follows up to `solver`, so a setting of the wrong type must not fail here: it fails this
  // component's own app with its path.
  local at(object, field) = if std.type(object) == 'object' && std.objectHas(object, field) then object[field] else null,
  local namesIn(value) = if std.type(value) == 'object' then std.objectFields(value) else [],
  usesACME:: at(this.acme, 'enabled') == true,
  dns01Enabled:: this.usesACME && namesIn(at(this.acme, 'dns01')) != [],
  http01Enabled:: this.usesACME && at(at(this.acme, 'http01'), 'enabled') == true,

  // isACME(name) -> must hosts be proven to this issuer?
  isACME(name):: this.usesACME && std.member(namesIn(at(this.acme, 'servers')), name),

  // What certificates may be signed by.
  issuerNames:: std.set(
    (if this.usesACME then namesIn(at(this.acme, 'servers')) else [])
    + (if at(this.selfSignedCA, 'enabled') == true then ['self-signed-ca'] else [])
    + namesIn(this.issuers)
  ),

  // The pods that prove hosts by HTTP-01, in the namespace of each certificate: Contour must reach them.
  solver:: { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 },

  ingressClassName::
    if this.acme.http01.ingressClassName != null then this.acme.http01.ingressClassName
    else this.cluster.get('contour').ingressClass.name,

  workloads:: {
    controller: { name: this.name, ports: { metrics: 9402, health: 9403 }, apiAccess: true },
    webhook: { ports: { https: 10250, health: 6080, metrics: 9402 }, apiAccess: true },
    cainjector: { ports: { metrics: 9402 }, apiAccess: true },
    'startup-check': { apiAccess: true, replicated: false },
  },
  calls:: (import 'traffic.libsonnet')(this),
  scrape:: [{ workload: role, port: 'metrics' } for role in ['controller', 'webhook', 'cainjector']],
  secrets:: issuers.secrets(this),
  problems:: (import 'problems.libsonnet')(this),

  clusterKinds:: [
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    { group: 'cert-manager.io', kind: 'ClusterIssuer' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  // cainjector writes the webhook's CA into its registrations.
  ignoreDifferences:: [
    { group: 'admissionregistration.k8s.io', kind: kind, jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] }
    for kind in ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']
  ],

  crds:: [
    std.parseJson(importstr 'crds/certificaterequests.cert-manager.io.json'),
    std.parseJson(importstr 'crds/certificates.cert-manager.io.json'),
    std.parseJson(importstr 'crds/challenges.acme.cert-manager.io.json'),
    std.parseJson(importstr 'crds/clusterissuers.cert-manager.io.json'),
    std.parseJson(importstr 'crds/issuers.cert-manager.io.json'),
    std.parseJson(importstr 'crds/orders.acme.cert-manager.io.json'),
  ],

  // ---- resources ----

  // The configuration files as objects: an environment adds to them with `config+:: { controller+: { … } }`.
  config:: config.files(this),

  resources+:: {
    config: config.resources(this),
    workload: (import 'workload.libsonnet')(this),
    webhook: (import 'webhook.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
    issuers: issuers.resources(this),
  },
}
