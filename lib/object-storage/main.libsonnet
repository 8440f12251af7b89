// Object storage: where metrics, logs and traces lie. An S3-compatible service that somebody else runs, or, for a cluster on
// one's own machine, a server in the cluster whose files lie outside the nodes. Says which bucket is whose.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';
local buckets = import 'buckets.libsonnet';

component {
  local this = self,

  name: 'object-storage',
  image:: versions.versitygw,

  '#server':: doc.object('An S3 server in the cluster. It is one pod without a copy of its data: for a cluster on one\'s own machine.'),
  server: {
    '#enabled':: doc.setting('boolean', 'Whether it runs, in place of the `objectStorage.endpoint` of the cluster.'),
    enabled: false,
  },

  size: { server: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' } },
  replicas: { [role]: 1 for role in std.objectFields(this.workloads) if this.workload(role).replicated },

  // ---- wiring ----

  workloads:: if !this.server.enabled then {} else {
    server: { name: this.name, ports: { s3: 7070 }, dns: false },
  },
  entries:: { s3: { workload: 'server', port: 's3' } },

  // calledBy(role, 's3') -> an element of `calls` of a component whose workload `role` stores objects.
  calledBy(role, purpose):: if this.server.enabled then super.calledBy(role, purpose) else { from: role, to: 'object-storage' },

  // Where it is: { endpoint, region, pathStyle, insecure }.
  location::
    local said = this.cluster.objectStorage;
    if this.server.enabled then { endpoint: this.address('s3'), region: said.region, pathStyle: true, insecure: true }
    else {
      endpoint: if said.endpoint == null then error 'cluster: set objectStorage.endpoint, the host of the S3 endpoint, or components.%s.server.enabled' % this.name else said.endpoint,
      region: said.region,
      pathStyle: said.pathStyle,
      insecure: said.insecure,
    },

  // bucket(component, purpose) -> { endpoint, region, pathStyle, insecure, bucket, prefix, secretName, keys: { accessKey, secretKey } }.
  // What the component declares in its `buckets`; prefix is '' or letters and digits.
  bucket(name, purpose)::
    local credentials = this.cluster.objectStorage.credentials;
    this.location + buckets.name(this, name, purpose) {
      secretName: credentials.secretName,
      keys: { accessKey: credentials.accessKey, secretKey: credentials.secretKey },
    },

  // secret -> what a component that stores objects adds to its `secrets`.
  secret:: buckets.secret(this.cluster),

  // all -> [{ component, purpose, holds, bucket, prefix }] of all enabled components: for whoever makes the buckets.
  all:: buckets.all(this),

  problems:: buckets.problems(this),
}
