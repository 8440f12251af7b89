// The environment `kind` with the addresses of the rig.
(import '../../../../environments/kind/cluster.libsonnet') + (import '../endpoints.libsonnet')
