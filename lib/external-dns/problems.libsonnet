// Combinations that external-dns refuses, or accepts and then harms the domain with. Rules: validation.go, registry/* and
// docs/registry/txt.md of external-dns 0.21.
local doc = import '../doc/main.libsonnet';
local providers = import 'providers.libsonnet';

local flags = [line for line in std.split(importstr 'files/flags.txt', '\n') if line != '' && !std.startsWith(line, '#')];

// Flags that settings stand for.
local settingOf = {
  'annotation-filter': 'annotationFilter',
  'default-targets': 'defaultTargets',
  'domain-filter': 'domains',
  'dry-run': 'dryRun',
  'exclude-domains': 'excludeDomains',
  'ingress-class': 'ingressClasses',
  interval: 'interval',
  'label-filter': 'labelFilter',
  'log-level': 'logLevel',
  'managed-record-types': 'recordTypes',
  policy: 'policy',
  provider: 'provider',
  registry: 'registry.kind',
  'service-type-filter': 'serviceTypes',
  source: 'sources',
  'txt-cache-interval': 'registry.cacheInterval',
  'txt-encrypt-aes-key': 'registry.encryptionKey',
  'txt-encrypt-enabled': 'registry.encryptionKey',
  'txt-owner-id': 'owner',
  'txt-prefix': 'registry.prefix',
  'txt-suffix': 'registry.suffix',
  'txt-wildcard-replacement': 'registry.wildcardReplacement',
};

local isScalar(value) = std.member(['boolean', 'number', 'string'], std.type(value));
local ofFlag(name, value) =
  if std.objectHas(settingOf, name) then ['flags.%s: say it by the setting %s' % [name, settingOf[name]]]
  else if !std.member(flags, name) then ['flags: external-dns 0.21 has no flag "%s"; %s' % [name, doc.nearest.hint(name, flags)]]
  else if isScalar(value) || (std.type(value) == 'array' && std.length(std.filter(isScalar, value)) == std.length(value)) then []
  else ['flags.%s: expected a text, a number, true or false, or a list of them' % name];

// problems(external-dns) -> sentences that begin with the setting.
function(this)
  local provider = providers.of(this.provider);
  local registry = this.registry;
  local known = std.objectFields(provider.variables) + std.objectFields(provider.files);
  local missing = [name for name in provider.expects if !std.objectHas(this.credentials, name)];
  local waived = [flag for flag in provider.waivedBy if std.objectHas(this.flags, flag)] != [];
  local enabled = this.cluster.enabled;
  local twins = [
    name
    for name in std.objectFields(enabled)
    if name != this.name && std.objectHasAll(enabled[name], 'isExternalDNS') && enabled[name].owner == this.owner
  ];
  [
    problem.text
    for problem in [
      {
        when: this.replicas.controller > 1,
        text: "replicas.controller: at most 1: external-dns elects no leader, and two of them would undo each other's changes",
      },
      { when: this.provider == null, text: 'provider: set it, where the domains are managed: one of %s' % std.join(', ', providers.names) },
      { when: this.domains == [], text: 'domains: name at least one, or it would manage every domain of the account' },
      { when: this.sources == [], text: 'sources: name at least one' },
      {
        when: std.member(this.sources, 'contour-httpproxy') && !this.cluster.has('contour'),
        text: 'sources: contour-httpproxy needs the component contour, which brings that kind: without it external-dns does not start',
      },
      { when: this.owner == '', text: 'owner: it may not be empty' },
      {
        when: twins != [],
        text: 'owner: "%s" is the owner of %s too: each would take the other\'s records for its own' % [this.owner, std.join(' and ', twins)],
      },
      {
        when: registry.kind == 'noop' && this.policy == 'sync',
        text: 'policy: "sync" with registry.kind "noop" deletes every record of the domains that this cluster does not know',
      },
      {
        when: registry.kind == 'aws-sd' && this.provider != 'aws-sd',
        text: 'registry.kind: "aws-sd" keeps its notes in AWS Cloud Map, which is provider "aws-sd"',
      },
      {
        when: this.provider == 'aws-sd' && std.member(['dynamodb', 'txt'], registry.kind),
        text: 'registry.kind: provider "aws-sd" has no such records; use "aws-sd"',
      },
      {
        when: registry.prefix != null && registry.suffix != null,
        text: 'registry.suffix: external-dns takes a prefix or a suffix; set registry.prefix to null',
      },
      {
        when: registry.encryptionKey != null && !std.member(['dynamodb', 'txt'], registry.kind),
        text: 'registry.encryptionKey: registry.kind "%s" encrypts nothing' % registry.kind,
      },
      {
        when: this.provider == 'webhook' && this.webhook == null,
        text: 'webhook: set webhook.image, the program for provider "webhook"',
      },
      {
        when: this.provider != 'webhook' && this.webhook != null,
        text: 'webhook: it is for provider "webhook"; %s needs none of yours' % this.provider,
      },
      {
        when: std.length(missing) > 0 && std.length(missing) < std.length(provider.expects),
        text: 'credentials: provider "%s" needs %s, too' % [this.provider, std.join(', ', missing)],
      },
      {
        when: this.credentials == {} && provider.expects != [] && !waived,
        text: 'credentials: provider "%s" needs %s' % [this.provider, std.join(', ', provider.expects)],
      },
    ]
    if problem.when
  ]
  + [
    'credentials: provider "%s" reads no "%s"; %s' % [this.provider, name, doc.nearest.hint(name, known)]
    for name in std.objectFields(this.credentials)
    if !std.member(['webhook', null], this.provider) && !std.member(known, name)
  ]
  + [
    'flags: provider "%s" needs the flag %s' % [this.provider, flag]
    for flag in provider.flags
    if !std.objectHas(this.flags, flag)
  ]
  + std.flattenArrays([ofFlag(name, this.flags[name]) for name in std.objectFields(this.flags)])
