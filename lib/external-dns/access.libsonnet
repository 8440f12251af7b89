// What external-dns may read: the kinds that its sources need, and no others.
local k = import '../kubernetes/main.libsonnet';
local sources = import 'sources.libsonnet';

function(this) {
  sources: k.clusterRoleWithBinding(this, this.name, 'controller', sources.rules(this.sources, this.serviceTypes)),
}
