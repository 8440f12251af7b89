// Certificates for other components. They ask for them through cluster.get('cert-manager') and put what they get into
// their own `resources`, so that a certificate lives and goes with whom it serves.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';

local apiVersion = 'cert-manager.io/v1';
local group = 'cert-manager.io';

// A third of a certificate's life is left when it is renewed, however long its authority lets it live: Let's Encrypt is on
// its way from 90 days to 45.
local renewal = { renewBeforePercentage: 33 };

local newKey = { privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } };

local issuerOf(component, name, spec) = k.object(component, apiVersion, 'Issuer', name) { spec: spec };

// One certificate, kept in a Secret of its own name.
local certificate(component, name, spec) = k.object(component, apiVersion, 'Certificate', name) {
  spec: { secretName: name } + newKey + renewal + spec,
};

local refTo(kind, name) = { issuerRef: { group: group, kind: kind, name: name } };

// Is the host one of these domains or below one? [] stands for every domain.
local isBelow(zones, host) = zones == [] || [z for z in zones if host == z || std.endsWith(host, '.' + z)] != [];

function(this) {
  // How an ACME authority can be shown that a host is ours.
  local ways = (
    if !this.dns01Enabled then []
    else [{ wildcards: true, zones: if std.objectHas(config, 'zones') then config.zones else [] } for config in std.objectValues(this.acme.dns01)]
  ) + (if !this.http01Enabled then [] else [{ wildcards: false, zones: this.acme.http01.zones }]),

  local isProvable(host) =
    local isWildcard = std.startsWith(host, '*.');
    [way for way in ways if (way.wildcards || !isWildcard) && isBelow(way.zones, host)] != [],

  // privateCA(component, name, leaves) -> { root, ca, issuer, leaves }: an authority of the component's own, in its namespace,
  // and certificates signed by it, for programs that trust each other and nobody else.
  //
  // leaves: { role: { secretName, dnsNames, usages } }; usages such as ['server auth']. Each Secret has tls.crt, tls.key and
  // ca.crt; the Certificate has the Secret's name.
  privateCA(component, name, leaves):: {
    root: issuerOf(component, name + '-root', { selfSigned: {} }),
    // Ten years, and the same key when it is renewed: certificates signed before stay valid, so neither side of a
    // connection has to wait for the other.
    ca: certificate(component, name + '-ca', refTo('Issuer', name + '-root') {
      isCA: true,
      commonName: name + '-ca',
      duration: '87600h',
      privateKey+: { rotationPolicy: 'Never' },
      usages: ['cert sign', 'crl sign', 'digital signature'],
    }),
    issuer: issuerOf(component, name, { ca: { secretName: name + '-ca' } }),
    leaves: {
      [role]: certificate(component, leaves[role].secretName, refTo('Issuer', name) {
        dnsNames: leaves[role].dnsNames,
        duration: '2160h',
        usages: ['digital signature'] + leaves[role].usages,
      })
      for role in std.objectFields(leaves)
    },
  },

  // clusterCA(component, name, duration) -> { root, ca, issuer }: an authority whose key stays in the namespace of cert-manager,
  // in the Secret `name`, and the ClusterIssuer `name` that signs with it. It is renewed with the same key, as above.
  clusterCA(component, name, duration)::
    local here = { metadata+: { namespace: this.namespace } };
    {
      root: issuerOf(component, name, { selfSigned: {} }) + here,
      ca: certificate(component, name, refTo('Issuer', name) {
        isCA: true,
        commonName: name,
        duration: duration,
        privateKey+: { rotationPolicy: 'Never' },
        usages: ['cert sign', 'crl sign', 'digital signature'],
      }) + here,
      issuer: k.clusterObject(component, apiVersion, 'ClusterIssuer', name) { spec: { ca: { secretName: name } } },
    },

  // intermediateCA(component, name, issuer, host, duration) -> a Certificate, signed by a ClusterIssuer of clusterCA(), for a
  // program that signs certificates itself and shows this one as its own, for that host.
  intermediateCA(component, name, issuer, host, duration):: certificate(component, name, refTo('ClusterIssuer', issuer) {
    isCA: true,
    commonName: host,
    dnsNames: [host],
    duration: duration,
    usages: ['cert sign', 'crl sign', 'server auth', 'client auth'],
  }),

  // selfSigned(component, name, dnsNames) -> a tree as of privateCA() with one server certificate, in the Secret `name`: for webhooks and
  // aggregated APIs. `cert-manager.io/inject-ca-from: <namespace>/<name>` on their registration hands its CA to the API server.
  // The CA outlives the certificate: with the certificate as its own CA, each renewal would break calls until all had seen it.
  selfSigned(component, name, dnsNames):: this.privateCA(component, name, {
    server: { secretName: name, dnsNames: dnsNames, usages: ['server auth'] },
  }),

  // certificate(component, name, dnsNames, issuer=null) -> a Certificate for hosts that people visit, in the Secret `name`, signed by
  // a ClusterIssuer; null takes the cluster's (`certificates.issuer`). A host that nothing can prove to it is an error.
  certificate(component, name, dnsNames, issuer=null)::
    local asked = if issuer == null then component.cluster.certificates.issuer else issuer;
    local signer = this.knownIssuer(asked, if issuer == null then 'certificates.issuer' else component.name);
    // Without any way the component cert-manager says so itself.
    local unproven = if ways == [] || !this.isACME(signer) then [] else std.filter(function(host) !isProvable(host), dnsNames);
    if unproven != []
    then error '%s: %s: there is no way to prove to %s that %s is ours; %s' % [
      this.cluster.name,
      component.name,
      signer,
      unproven[0],
      if std.startsWith(unproven[0], '*.') then 'a wildcard needs acme.dns01 of cert-manager, with zones that cover it'
      else 'add a domain of it to the zones of acme.dns01 or acme.http01 of cert-manager',
    ]
    else certificate(component, name, refTo('ClusterIssuer', signer) { dnsNames: dnsNames }),

  // knownIssuer(name, asker) -> the name of a ClusterIssuer, or an error that says who asked for one that is not there.
  knownIssuer(name, asker)::
    if std.member(this.issuerNames, name) then name
    else error '%s: %s: there is no ClusterIssuer "%s"; %s' % [this.cluster.name, asker, name, doc.nearest.hint(name, this.issuerNames)],
}
