// Mistakes that have the right type.
local doc = import '../doc/main.libsonnet';
local dns01 = import 'dns01.libsonnet';

function(this)
  local acme = this.acme;
  local kinds(spec) = std.objectFields(spec);
  // Ways of proof that claim every domain: the first one wins.
  local greedy = [
    'acme.dns01.' + provider
    for provider in std.objectFields(acme.dns01)
    if !std.objectHas(acme.dns01[provider], 'zones') || acme.dns01[provider].zones == []
  ];
  local isNameserver(text) = std.startsWith(text, 'https://') || std.length(std.findSubstr(':', text)) > 0;
  local issuer = this.cluster.certificates.issuer;
  local contour = this.cluster.has('contour');

  dns01.problems(acme.dns01)
  + (
    if !this.usesACME || this.dns01Enabled || this.http01Enabled then []
    else ['acme: there is no way to prove a domain; set acme.dns01.<provider> or acme.http01.enabled, or turn acme.enabled off']
  )
  + (
    if std.length(greedy) < 2 then []
    else ['acme.dns01: %s each claim every domain, so only the first would be used; set their zones' % std.join(' and ', greedy)]
  )
  + (
    if this.http01Enabled && !contour && acme.http01.ingressClassName == null
    then ['acme.http01: contour is off; set acme.http01.ingressClassName, or turn acme.http01.enabled off'] else []
  )
  + [
    'acme.recursiveNameservers: "%s" is neither address:port nor https://…' % server
    for server in acme.recursiveNameservers
    if !isNameserver(server)
  ]
  + (
    if acme.recursiveNameserversOnly && acme.recursiveNameservers == []
    then ['acme.recursiveNameserversOnly: set acme.recursiveNameservers, which to ask'] else []
  )
  + [
    'issuers.%s: expected exactly one kind of issuer, found %s' % [name, if kinds(this.issuers[name]) == [] then 'none' else std.join(', ', kinds(this.issuers[name]))]
    for name in std.objectFields(this.issuers)
    if std.length(kinds(this.issuers[name])) != 1
  ]
  + [
    'issuers.%s: there is a ClusterIssuer of this name already' % name
    for name in std.objectFields(this.issuers)
    if this.usesACME && std.objectHas(acme.servers, name) || this.selfSignedCA.enabled && name == 'self-signed-ca'
  ]
  + (
    if this.gatewayAPI.listenerSets && !this.gatewayAPI.enabled
    then ['gatewayAPI.listenerSets: set gatewayAPI.enabled, too'] else []
  )
  + (
    if std.member(this.issuerNames, issuer) then []
    else ['issuers: certificates.issuer of the cluster is "%s", and there is no such ClusterIssuer; %s' % [issuer, doc.nearest.hint(issuer, this.issuerNames)]]
  )
