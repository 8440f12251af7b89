// The environment `production` with the addresses of the rig.
(import '../../../../environments/production/cluster.libsonnet') + (import '../endpoints.libsonnet') + (import '../issuers.libsonnet')
