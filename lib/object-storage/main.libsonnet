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

  '#server':: doc.object("An S3 server in the cluster, for a cluster on one's own machine: it is one pod without a copy of its data."),
  server: {
    '#enabled':: doc.setting('boolean', 'Whether it runs, in place of `objectStorage.endpoint` of the cluster.'),
    enabled: false,
    '#hostPath':: doc.optional('string', "Folder of the node with its files; on kind one that is mounted from the machine, so that it outlives the node. null takes a volume of the cluster's StorageClass."),
    hostPath: null,
    '#size':: doc.setting('quantity', 'Size of its volume. A folder has whatever room its disk has.'),
    size: '20Gi',
  },

  // The names are settings of an environment whether its server runs or not.
  local roles = ['buckets', 'server'],
  '#replicas'+:: { node+: { keys: roles } },
  '#size'+:: { node+: { keys: roles } },

  size: { [role]: { server: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' }, buckets: { cpu: '5m', memory: '32Mi', memoryLimit: '96Mi' } }[role] for role in std.objectFields(this.workloads) },
  // A second server would write the same files.
  replicas: { [role]: 1 for role in std.objectFields(this.workloads) if this.workload(role).replicated },

  // ---- wiring ----

  workloads:: if !this.server.enabled then {} else {
    server: { name: this.name, ports: { s3: 7070 }, dns: false },
    buckets: { replicated: false, mesh: { outside: 'A Job: it must end, whatever state the mesh is in, for Argo CD to go on.' } },
  },
  calls:: if this.server.enabled then [{ from: 'buckets', to: 'server', port: 's3' }] else [],
  entries:: { s3: { workload: 'server', port: 's3' } },

  // calledBy(role, 's3') -> an element of `calls` of a component whose workload `role` stores objects.
  calledBy(role, purpose):: if this.server.enabled then super.calledBy(role, purpose) else { from: role, to: 'object-storage' },

  // Where it is: { endpoint, region, pathStyle, insecure }.
  location::
    local said = this.cluster.objectStorage;
    if this.server.enabled then { endpoint: this.address('s3'), region: said.region, pathStyle: true, insecure: true }
    else {
      endpoint: if said.endpoint == null then error '%s: set objectStorage.endpoint, the host of the S3 endpoint, or components.%s.server.enabled' % [this.cluster.name, this.name] else said.endpoint,
      region: said.region,
      pathStyle: said.pathStyle,
      insecure: said.insecure,
    },

  // bucket(component, purpose) -> { endpoint, region, pathStyle, insecure, bucket, prefix, secretName, keys: { accessKey, secretKey } }
  // for a purpose that the component declares in its `buckets`. prefix: '', or letters and digits.
  bucket(name, purpose)::
    local credentials = this.cluster.objectStorage.credentials;
    this.location + buckets.name(this, name, purpose) {
      secretName: credentials.secretName,
      keys: { accessKey: credentials.accessKey, secretKey: credentials.secretKey },
    },

  // secret -> what a component that stores objects adds to its `secrets`; environment -> the variables by which its
  // configuration refers to the keys, ${OBJECT_STORAGE_ACCESS_KEY} and ${OBJECT_STORAGE_SECRET_KEY}.
  secret:: buckets.secret(this),
  environment::
    local credentials = this.cluster.objectStorage.credentials;
    {
      OBJECT_STORAGE_ACCESS_KEY: { secret: credentials.secretName, key: credentials.accessKey },
      OBJECT_STORAGE_SECRET_KEY: { secret: credentials.secretName, key: credentials.secretKey },
    },

  // all -> [{ component, purpose, holds, bucket, prefix }] of all enabled components: for whoever makes the buckets.
  all:: buckets.all(this),

  // problemsOf(component) -> what is wrong with the buckets of one component, for its `problems`.
  problemsOf(name):: buckets.problemsOf(this, name),

  secrets:: if this.server.enabled then this.secret else {},
  clusterKinds:: if this.server.enabled && this.server.hostPath != null then [{ group: '', kind: 'PersistentVolume' }] else [],
  problems:: buckets.problems(this),

  resources+:: if !this.server.enabled then {} else {
    workload: (import 'workload.libsonnet')(this),
    volume: (import 'volume.libsonnet')(this),
    buckets: (import 'bucket-job.libsonnet')(this),
  },
}
