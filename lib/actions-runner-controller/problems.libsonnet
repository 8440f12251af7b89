// What GitHub or the controller would refuse, in the middle of a sync or at the first job.
local types = import '../doc/types.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local modes = import 'container-modes.libsonnet';

// 'https://github.com/a/b' -> 2: whose runners these are.
local pathLength(url) =
  local parts = std.splitLimit(url, '://', 1);
  std.length([part for part in std.split(parts[std.length(parts) - 1], '/') if part != '']) - 1;

// The controller makes names of it, which must fit into a label.
local longest = 45;

local ofSet(this, name) =
  local set = this.scaleSets[name];
  local where = 'scaleSets.' + name;
  local min = std.get(set, 'minRunners', 0);
  local max = std.get(set, 'maxRunners', 3);
  local size = std.get(set, 'size', this.runners.size);
  local badLabels = [label for label in std.get(set, 'labels', []) if label == '' || std.length(label) > 255];
  [
    problem.text
    for problem in [
      { when: types.name.check(name) != null, text: 'scaleSets: "%s" is no name of a scale set: expected %s' % [name, types.name.check(name)] },
      { when: std.length(name) > longest, text: 'scaleSets: "%s" has %d characters; at most %d, since the controller makes further names of it' % [name, std.length(name), longest] },
      { when: pathLength(set.url) < 1, text: '%s.url: "%s" names no organization, repository or enterprise' % [where, set.url] },
      { when: std.endsWith(set.url, '/'), text: '%s.url: "%s" may not end with a slash' % [where, set.url] },
      { when: min > max, text: '%s.minRunners: %d is more than maxRunners, %d' % [where, min, max] },
      { when: badLabels != [], text: '%s.labels: a label has 1 to 255 characters' % where },
      {
        when: std.objectHas(set, 'workVolume') && modes.nameOf(set) != 'kubernetes',
        text: '%s.workVolume: only containerMode "kubernetes" has one' % where,
      },
      {
        when: k.quantity.bytes(size.memory) > k.quantity.bytes(size.memoryLimit),
        text: '%s.size.memory: %s is more than its memoryLimit, %s' % [where, size.memory, size.memoryLimit],
      },
      {
        when: std.objectHas(this.runners.quota, 'requests.memory') && k.quantity.bytes(size.memory) > k.quantity.bytes(this.runners.quota['requests.memory']),
        text: 'runners.quota: not one runner of %s fits: it wants more requests.memory than "%s"' % [name, this.runners.quota['requests.memory']],
      },
      {
        when: std.objectHas(this.runners.quota, 'requests.cpu') && k.quantity.milli(size.cpu) > k.quantity.milli(this.runners.quota['requests.cpu']),
        text: 'runners.quota: not one runner of %s fits: it wants more requests.cpu than "%s"' % [name, this.runners.quota['requests.cpu']],
      },
    ]
    if problem.when
  ];

// The same Secret can't hold both.
local mixed(this) =
  local all = [this.scaleSets[name].credentials for name in std.objectFields(this.scaleSets)];
  [
    'scaleSets: the Secret "%s" would hold an app for one of them and a token for another; use two' % secret
    for secret in std.set([one.secretName for one in all])
    if std.length(std.set([one.kind for one in all if one.secretName == secret])) > 1
  ];

function(this)
  (
    if this.runners.namespace == this.namespace
    then ['runners.namespace: "%s" is where the controller is, with the tokens of its listeners: runners need a namespace of their own' % this.namespace]
    else []
  )
  + std.flattenArrays([ofSet(this, name) for name in std.objectFields(this.scaleSets)])
  + mixed(this)
