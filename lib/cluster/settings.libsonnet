// What an environment decides for the whole cluster. Components read these; each is said once.
local doc = import '../doc/main.libsonnet';
local infrastructure = import '../terraform/settings.libsonnet';

{
  local cluster = self,

  '#name':: doc.required('name', 'Name of the environment: the folder under `environments/` and the `cluster` label of its signals.'),
  name: error 'cluster: set name, the name of the folder under environments/',

  '#domain':: doc.required('host', 'DNS domain below which the hosts of this cluster lie.'),
  domain: error 'cluster: set domain, the DNS domain below which the hosts of this cluster lie',

  '#profile':: doc.enum(['small', 'highly-available'], 'Sizes: `small` fits one modest node; `highly-available` replicates and spreads over nodes and zones.'),
  profile: 'small',

  '#email':: doc.optional('email', 'Who is told of expiring certificates (the ACME account).'),
  email: null,

  '#timeZone':: doc.setting('string', 'Time zone of what shows times to people, by its IANA name.'),
  timeZone: 'UTC',

  '#kubernetes':: doc.enum(['1.34', '1.35', '1.36'], 'Minor version of Kubernetes, where Terraform or kind makes the cluster.'),
  kubernetes: '1.35',

  '#storageClass':: doc.optional('name', "StorageClass of volumes; null takes the cluster's default."),
  storageClass: null,

  '#architectures':: doc.list(doc.enum(['amd64', 'arm64'], 'Architecture.'), 'CPU architectures that pods may run on; empty allows all.'),
  architectures: [],

  '#gitops':: doc.object('Where Argo CD finds this repository.'),
  gitops: {
    '#repoURL':: doc.required('string', 'URL of the Git repository: https://…, ssh://… or git@host:path.'),
    repoURL: error 'cluster: set gitops.repoURL, the URL of the Git repository that Argo CD reads',
    '#revision':: doc.setting('string', 'Branch or tag that the root Application follows.'),
    revision: 'main',
    '#path':: doc.setting('string', 'Folder of this environment in the repository.'),
    path: 'environments/' + cluster.name,
    '#libs':: doc.list('string', 'Library folders in the repository, searched from last to first.'),
    libs: ['vendor', 'lib'],
    '#autoSync':: doc.setting('boolean', 'Whether Argo CD applies each commit by itself, and undoes changes made by hand.'),
    autoSync: true,
  },

  '#objectStorage':: doc.object('S3-compatible storage, where everything that must survive the cluster lies.'),
  objectStorage: {
    '#endpoint':: doc.optional('string', 'Host of the S3 endpoint, with a port where it is not that of `insecure`; null as long as nothing stores objects, or where the component object-storage runs a server.'),
    endpoint: null,
    '#region':: doc.setting('string', 'Region name that requests are signed for.'),
    region: 'us-east-1',
    '#pathStyle':: doc.setting('boolean', "Whether buckets are asked for as https://<endpoint>/<bucket> instead of https://<bucket>.<endpoint>; servers of one's own usually want that."),
    pathStyle: false,
    '#insecure':: doc.setting('boolean', 'Plain HTTP, for a server in the same house.'),
    insecure: false,
    '#bucketPrefix':: doc.setting('name', 'Buckets are called <prefix>-<component>-<purpose>. Many providers share their names among all customers.'),
    bucketPrefix: cluster.name,
    '#credentials':: doc.object('The Secret with the keys of the storage. It must exist in the namespace of every component that stores objects.'),
    credentials: {
      '#secretName':: doc.setting('host', 'Its name.'),
      secretName: 'object-storage',
      '#accessKey':: doc.setting('string', 'Key in the Secret that holds the access key ID.'),
      accessKey: 'access-key-id',
      '#secretKey':: doc.setting('string', 'Key in the Secret that holds the secret access key.'),
      secretKey: 'secret-access-key',
    },
    '#buckets':: doc.map(doc.map(doc.shape({
      bucket: doc.setting('string', 'Name of the bucket.'),
      prefix: doc.setting('string', 'What the keys of its objects begin with: letters and digits; empty for the whole bucket.'),
    }), 'Purpose.'), "Other buckets, by component and purpose: { mimir: { blocks: { bucket: 'everything', prefix: 'mimirblocks' } } }."),
    buckets: {},
  },

  '#tenancy':: doc.object('Tenants of the stores of metrics, logs and traces: on or off in all of them at once.'),
  tenancy: {
    '#enabled':: doc.setting('boolean', 'Whether every request must say its tenant (X-Scope-OrgID). What was stored before stays with the tenant of each store that has none: anonymous, fake, single-tenant.'),
    enabled: false,
    '#tenant':: doc.setting('name', "The tenant of the cluster's own signals."),
    tenant: cluster.name,
  },

  '#nodes':: doc.list(doc.shape({
    count: doc.required('count', 'How many such nodes.'),
    cpu: doc.required('quantity', 'CPU of one node.'),
    memory: doc.required('quantity', 'Memory of one node.'),
    labels: doc.map('string', 'Labels of these nodes.'),
    name: doc.setting('name', 'Name of the pool that they make, where the cloud has pools; pool-0, pool-1, … when it is left out.'),
    size: doc.setting('string', 'What the cloud calls such a node, for DigitalOcean `s-4vcpu-8gb`.'),
  }), 'The nodes, for the `capacity` slice and for Terraform; empty when somebody else decides.'),
  nodes: [],

  '#zones':: doc.list('string', 'Zones of the nodes, by their label topology.kubernetes.io/zone: three of them, or none where all nodes are in one place. What keeps copies per zone puts one into each, or else on different nodes.'),
  zones: [],

  '#infrastructure':: doc.object('What Terraform makes: the cluster, and what outlives it.'),
  infrastructure: infrastructure(cluster),

  '#network':: doc.object('Address ranges, for NetworkPolicies.'),
  network: {
    '#podCIDRs':: doc.list('cidr', 'Ranges of pod addresses: rules for "outside" leave them out.'),
    podCIDRs: ['10.244.0.0/16'],
    '#privateCIDRs':: doc.list('cidr', 'Ranges that are not the Internet (RFC 1918, 6598, 3927, 4193, 4291).'),
    privateCIDRs: ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fe80::/10'],
    '#apiServerCIDRs':: doc.list('cidr', 'Ranges in which the API server listens; empty allows any address that is no pod.'),
    apiServerCIDRs: [],
    '#objectStorageCIDRs':: doc.list('cidr', 'Ranges in which the S3 endpoint of `objectStorage` lies; empty allows any address that is no pod.'),
    objectStorageCIDRs: [],
    '#dnsCIDRs':: doc.list('cidr', 'Addresses of a node-local DNS cache, beside the pods of kube-dns.'),
    dnsCIDRs: [],
  },

  '#mesh':: doc.object('The service mesh, where the component linkerd is on.'),
  mesh: {
    '#namespaces':: doc.optional(doc.list('name', 'Namespace.'), 'Namespaces whose pods have a proxy; null for those of all components.'),
    namespaces: null,
    '#outside':: doc.map(doc.map('string', 'Why.'), "Workloads that stay outside, with the reason, beside those that say so themselves: `{ blog: { server: 'It speaks first.' } }`."),
    outside: {},
    '#enforce':: doc.setting('boolean', 'Whether only declared calls pass. false where a running cluster enters the mesh: what has no proxy yet is reached as before, and what would be refused is let in and counted.'),
    enforce: true,
  },

  '#registry':: doc.object('Where images come from.'),
  registry: {
    '#mirrors':: doc.map('string', "Registries to pull from instead, such as { 'docker.io': 'mirror.example.org/hub' }."),
    mirrors: {},
    '#pullSecrets':: doc.list('name', 'Names of image pull Secrets; each must exist in every namespace that pulls.'),
    pullSecrets: [],
  },

  '#certificates':: doc.object('Certificates of the hosts that the cluster serves.'),
  certificates: {
    '#issuer':: doc.setting('name', 'The ClusterIssuer that signs them; the component cert-manager says which there are.'),
    issuer: 'letsencrypt-production',
  },

  '#secretStore':: doc.object('Where the values of Secrets come from.'),
  secretStore: {
    '#from':: doc.enum(['external-secrets', 'sops'], '`sops`: from the sealed file of the environment, brought to the cluster by `npm run secrets -- apply`. `external-secrets`: fetched by the component external-secrets, or by an operator that somebody else runs where that is off.'),
    from: 'sops',
    '#name':: doc.setting('host', 'Name of the store that External Secrets asks.'),
    name: 'secrets',
    '#provider':: doc.optional('any', '`spec.provider` of a SecretStore of that name, which is made in each namespace that has Secrets; null where a ClusterSecretStore of that name exists.'),
    provider: null,
    '#prefix':: doc.setting('string', 'What the names of entries in the store begin with: the Secret `grafana` is the entry `<prefix>grafana`, with a property for each key.'),
    prefix: cluster.name + '-',
    '#refreshInterval':: doc.setting('go-duration', 'How often the store is asked for news.'),
    refreshInterval: '1h',
  },

  '#signIn':: doc.optionalShape({
    issuer: doc.required('url', 'URL of the OpenID Connect provider.'),
    clientID: doc.required('string', 'Client that this cluster is registered as.'),
    adminGroups: doc.list('string', 'Groups whose members administer.'),
    viewerGroups: doc.list('string', 'Groups whose members look.'),
  }, "One OpenID Connect provider for everything that people sign in to; null keeps each program's own administrator."),
  signIn: null,
}
