// What it may read: the kinds that are set.
local k = import '../kubernetes/main.libsonnet';
local kinds = import 'kinds.libsonnet';

function(this) {
  objects: k.clusterRoleWithBinding(this, this.name, 'server', kinds.rules(this.kinds)),
}
