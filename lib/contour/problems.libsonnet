// What Contour would refuse at its start, or Kubernetes later, found before anything is rendered.
// Rules: Validate() in pkg/config and apis/projectcontour/v1alpha1 of Contour 1.33.
local doc = import '../doc/main.libsonnet';
local accessLog = import 'access-log.libsonnet';

local ciphers = [
  'AES128-GCM-SHA256',
  'AES128-SHA',
  'AES256-GCM-SHA384',
  'AES256-SHA',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-SHA',
  'ECDHE-RSA-CHACHA20-POLY1305',
];

// '[A|B]' is a group of equals.
local ciphersOf(entry) =
  if std.startsWith(entry, '[') && std.endsWith(entry, ']') then std.split(entry[1:std.length(entry) - 1], '|') else [entry];

local ofTLS(setting, tls) =
  [
    '%s.cipherSuites: Envoy has no cipher suite "%s"; %s' % [setting, cipher, doc.nearest.hint(cipher, ciphers)]
    for entry in tls.cipherSuites
    for cipher in ciphersOf(entry)
    if !std.member(ciphers, cipher)
  ]
  + (if tls.minimumVersion > tls.maximumVersion
     then ['%s.minimumVersion: %s is newer than maximumVersion %s' % [setting, tls.minimumVersion, tls.maximumVersion]] else []);

local headerCharacters = std.set(std.stringChars('-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'));
local isHeaderName(name) = name != '' && std.setDiff(std.set(std.stringChars(name)), headerCharacters) == [];
local ofHeaders(setting, policy) = [
  '%s: "%s" is no name of a header: letters, digits and dashes' % [setting, name]
  for name in std.objectFields(policy.set) + policy.remove
  if !isHeaderName(name)
];

local isNamespacedName(text) = std.length(std.split(text, '/')) == 2 && !std.startsWith(text, '/') && !std.endsWith(text, '/');

// problems(contour) -> sentences that begin with the setting.
function(this)
  local deployment = this.envoyKind == 'deployment';
  local balanced = this.exposure == 'load-balancer';
  [
    problem.text
    for problem in [
      {
        when: deployment && this.exposure == 'host-port',
        text: 'envoyKind: with exposure "host-port" Envoy is a daemon-set: two pods can\'t have the same port of a node',
      },
      {
        when: !deployment && this.autoscaling != null,
        text: 'autoscaling: a daemon-set has one pod on every node; set envoyKind to "deployment", or autoscaling to null',
      },
      {
        when: this.autoscaling != null && deployment && this.autoscaling.maxReplicas < this.replicas.envoy,
        text: 'autoscaling.maxReplicas: fewer than replicas.envoy',
      },
      {
        when: !balanced && this.service.loadBalancerClass != null,
        text: 'service.loadBalancerClass: exposure "%s" has no load balancer' % this.exposure,
      },
      {
        when: !balanced && this.service.sourceRanges != [],
        text: 'service.sourceRanges: exposure "%s" has no load balancer that keeps others out' % this.exposure,
      },
      {
        when: this.service.nodePorts.http == this.service.nodePorts.https,
        text: 'service.nodePorts: http and https need different ports',
      },
      {
        when: this.drain.atLeast >= this.drain.atMost,
        text: 'drain.atLeast: it must be shorter than drain.atMost',
      },
      {
        when: this.accessLog.text != null && this.accessLog.format != 'envoy',
        text: 'accessLog.text: it needs accessLog.format "envoy"',
      },
      {
        when: this.accessLog.text != null && !std.endsWith(this.accessLog.text, '\n'),
        text: 'accessLog.text: it must end with a line break',
      },
    ]
    if problem.when
  ]
  + [
    '%s.%s: at least 1, or null for no bound' % [group.name, field]
    for group in [
      { name: 'limits', value: this.limits },
      { name: 'circuitBreakers', value: if this.circuitBreakers == null then {} else this.circuitBreakers },
    ]
    for field in std.objectFields(group.value)
    if group.value[field] == 0
  ]
  + [
    '%s.extensionService: expected namespace/name, found %s' % [name, this[name].extensionService]
    for name in ['externalAuthorization', 'rateLimitService']
    if this[name] != null && !isNamespacedName(this[name].extensionService)
  ]
  + ofTLS('tls', this.tls)
  + ofTLS('upstreamTLS', this.upstreamTLS)
  + ofHeaders('headers.request', this.headers.request)
  + ofHeaders('headers.response', this.headers.response)
  + accessLog.ofFields('accessLog.fields', this.accessLog.fields)
  + (if this.accessLog.text == null then [] else accessLog.ofText('accessLog.text', this.accessLog.text))
