// The environment `home` with the addresses of the rig.
(import '../../../../environments/home/cluster.libsonnet') + (import '../endpoints.libsonnet') + (import '../issuers.libsonnet')
