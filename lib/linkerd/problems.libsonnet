// Mistakes that have the right type.
local k = import '../kubernetes/main.libsonnet';

function(this)
  local seconds(kind) = k.quantity.seconds(this.lifetimes[kind]);
  local nodes = std.foldl(function(sum, node) sum + node.count, this.cluster.nodes, 0);
  local crowded = [
    role
    for role in std.objectFields(this.replicas)
    if this.highlyAvailable && nodes > 0 && this.replicas[role] > nodes
  ];

  (if this.anchors == [] then ['anchors: name one, whatever the name; the default is 1'] else [])
  + (
    if std.length(std.set(this.anchors)) == std.length(this.anchors) then []
    else ['anchors: %s: one of them is named twice' % std.join(', ', this.anchors)]
  )
  + [
    'lifetimes.%s: %s is not shorter than lifetimes.%s, %s' % [pair[0], this.lifetimes[pair[0]], pair[1], this.lifetimes[pair[1]]]
    for pair in [['proxy', 'issuer'], ['issuer', 'anchor']]
    if seconds(pair[0]) >= seconds(pair[1])
  ]
  + (if this.proxy.workers > 0 then [] else ['proxy.workers: a proxy needs at least one'])
  + [
    'replicas.%s: %d pods, each on a node of its own, and there are %d nodes; lower it, or take the profile small' % [role, this.replicas[role], nodes]
    for role in crowded
  ]
