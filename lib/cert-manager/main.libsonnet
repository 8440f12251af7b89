// cert-manager: certificates that are asked for, signed and renewed by themselves.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';

component {
  local this = self,

  name: 'cert-manager',

  '#acme':: doc.object("Authorities that speak ACME, such as Let's Encrypt."),
  acme: {
    '#enabled':: doc.setting('boolean', 'Whether there are ClusterIssuers for them.'),
    enabled: true,
    '#servers':: doc.map('url', 'The directory of each authority, by the name of its ClusterIssuer.'),
    servers: {
      'letsencrypt-production': 'https://acme-v02.api.letsencrypt.org/directory',
      'letsencrypt-staging': 'https://acme-staging-v02.api.letsencrypt.org/directory',
    },
    '#dns01':: doc.map('any', 'Proves by a DNS record that a domain is ours, by the name of the DNS provider.'),
    dns01: {},
    '#http01':: doc.object('Proves by answering a request through Contour that a host is ours.'),
    http01: {
      '#enabled':: doc.setting('boolean', 'Whether hosts are proven so.'),
      enabled: false,
    },
  },

  '#selfSignedCA':: doc.object('An authority that nobody else trusts, for clusters that the Internet does not know.'),
  selfSignedCA: {
    '#enabled':: doc.setting('boolean', 'Whether there is a ClusterIssuer `self-signed-ca`.'),
    enabled: !this.acme.enabled,
  },

  '#issuers':: doc.map('any', 'Further ClusterIssuers: the `spec` of each, by its name.'),
  issuers: {},

  // wiring
  issuerNames:: std.set(
    (if this.acme.enabled then std.objectFields(this.acme.servers) else [])
    + (if this.selfSignedCA.enabled then ['self-signed-ca'] else [])
    + std.objectFields(this.issuers)
  ),

  // Certificates in any namespace are proven by pods there that answer on this port while a challenge lasts.
  http01Enabled:: this.acme.enabled && this.acme.http01.enabled,
  solver:: { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 },

  // What other components ask for; see certificates.libsonnet.
  local certificates = (import 'certificates.libsonnet')(this),
  privateCA:: certificates.privateCA,
  selfSigned:: certificates.selfSigned,
  certificate:: certificates.certificate,
  knownIssuer:: certificates.knownIssuer,
}
