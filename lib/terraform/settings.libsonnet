// settings(cluster) -> `infrastructure` of the cluster: what Terraform makes, with which provider, and where it remembers it.
local doc = import '../doc/main.libsonnet';

function(cluster) {
  '#target':: doc.enum(['existing', 'kind', 'minikube', 'digitalocean'], 'Who makes the cluster: somebody else, who left a kubeconfig; kind or minikube on this machine; DigitalOcean.'),
  target: 'existing',

  '#kubeconfig':: doc.setting('string', 'Where the kubeconfig is, or where Terraform writes it: absolute, from `~`, or from the root of the repository.'),
  kubeconfig: 'state/%s/kubeconfig' % cluster.name,

  '#context':: doc.optional('string', 'Context in the kubeconfig, for the target `existing`; null takes its current one. The other targets name theirs themselves.'),
  context: null,

  '#serviceCIDR':: doc.setting('cidr', 'Range of the addresses of Services in the cluster that is made.'),
  serviceCIDR: '10.96.0.0/16',

  '#kind':: doc.object('The target `kind`, and the slice `kind` for those who use kind without Terraform.'),
  kind: {
    '#dataPath':: doc.setting('string', "Folder of the machine behind the node's folder of the component object-storage: absolute, from `~` (Terraform only: kind takes it as it is), or from the root of the repository. It outlives the cluster."),
    dataPath: 'state/%s/object-storage' % cluster.name,
    '#repositoryPath':: doc.setting('string', "Folder of the machine behind the node's folder of the component git-server: the repository itself, which in a working copy is `.git`."),
    repositoryPath: '.git',
    '#listenAddress':: doc.setting('string', 'Address of the machine that the ports below are opened on.'),
    listenAddress: '127.0.0.1',
    '#hostPorts':: doc.setting(doc.shape({
      http: doc.required('port', 'For http.'),
      https: doc.required('port', 'For https.'),
    }), 'Ports of the machine that lead to Contour, where its `exposure` is `host-port` or `node-port`.'),
    hostPorts: { http: 80, https: 443 },
    '#defaultCNI':: doc.setting('boolean', 'Whether kind installs its own network, which enforces NetworkPolicies; without it the nodes stay unready until somebody brings another.'),
    defaultCNI: true,
    '#apiServer':: doc.object('The API server.'),
    apiServer: {
      '#address':: doc.setting('string', 'Address of the machine that it is reached at.'),
      address: '127.0.0.1',
      '#port':: doc.optional('port', 'Its port there; null takes a free one.'),
      port: null,
      '#extraArgs':: doc.map('string', "Flags of kube-apiserver, without dashes: { 'audit-log-maxage': '7' }."),
      extraArgs: {},
    },
    '#featureGates':: doc.map('boolean', 'Feature gates of Kubernetes.'),
    featureGates: {},
    '#runtimeConfig':: doc.map('string', "API groups to serve, such as { 'api/alpha': 'true' }. The Terraform provider reads an underscore as a slash."),
    runtimeConfig: {},
  },

  '#minikube':: doc.object('The target `minikube`. It takes ports, addresses and the folder of the data from `kind`.'),
  minikube: {
    '#driver':: doc.setting('string', 'What its nodes are made with: docker, podman, kvm2, qemu2, … Ports are opened with docker and podman only.'),
    driver: 'docker',
    '#cni':: doc.setting('string', 'Its network; `bridge` enforces no NetworkPolicy.'),
    cni: 'calico',
  },

  '#digitalocean':: doc.object('The target `digitalocean`.'),
  digitalocean: {
    '#region':: doc.setting('string', 'Region of the cluster, such as fra1.'),
    region: cluster.objectStorage.region,
    '#dnsZones':: doc.optional(doc.list('host', 'Zone.'), 'DNS zones that the stack `storage` makes; null makes the domains of the component external-dns, where DigitalOcean has them.'),
    dnsZones: null,
    '#highlyAvailableControlPlane':: doc.setting('boolean', 'Whether the control plane has a copy. Once it has one it keeps it.'),
    highlyAvailableControlPlane: cluster.profile == 'highly-available',
    '#destroyAssociated':: doc.setting('boolean', 'Whether load balancers, volumes and snapshots that the cluster asked for are destroyed with it. What must survive lies in object storage.'),
    destroyAssociated: true,
  },

  '#state':: doc.object('Where Terraform remembers what it has made. The state of the cluster holds its administrator: keep it as a secret.'),
  state: {
    '#backend':: doc.enum(['local', 's3'], 'Files on this machine, or a bucket that you make first.'),
    backend: 'local',
    '#folder':: doc.setting('string', 'For `local`: folder of the files, absolute or from the root of the repository.'),
    folder: 'state/' + cluster.name,
    '#bucket':: doc.optional('string', 'For `s3`: the bucket.'),
    bucket: null,
    '#endpoint':: doc.optional('string', 'For `s3`: host of the service, with a port where it is not that of `insecure`.'),
    endpoint: cluster.objectStorage.endpoint,
    '#region':: doc.setting('string', 'For `s3`: region that requests are signed for.'),
    region: cluster.objectStorage.region,
    '#pathStyle':: doc.setting('boolean', 'For `s3`: as `objectStorage.pathStyle`.'),
    pathStyle: cluster.objectStorage.pathStyle,
    '#insecure':: doc.setting('boolean', 'For `s3`: plain HTTP.'),
    insecure: cluster.objectStorage.insecure,
    '#prefix':: doc.setting('string', 'For `s3`: what the names of the two objects begin with.'),
    prefix: cluster.name,
    '#lock':: doc.setting('boolean', 'For `s3`: whether a file beside the state keeps two from writing at once. The service must honour If-None-Match.'),
    lock: false,
  },
}
