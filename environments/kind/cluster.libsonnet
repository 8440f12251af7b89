// A cluster on one's own machine, to try changes on: one kind node, names that resolve nowhere else, its own CA.
local cluster = import 'cluster/main.libsonnet';

cluster {
  name: 'kind',
  domain: 'kind.test',
  // What is checked out on this machine, as far as it is committed.
  gitops+: { repoURL: 'git://git-server.git-server.svc/repository.git', revision: 'HEAD' },
  infrastructure+: { target: 'kind' },
  nodes: [{ count: 1, cpu: '4', memory: '8Gi' }],
  certificates+: { issuer: 'self-signed-ca' },

  components+: {
    'cert-manager'+: { acme+: { enabled: false } },
    contour+: { exposure: 'host-port' },
    'external-dns'+: { enabled: false },
    'git-server'+: { enabled: true },
    'gitlab-runner'+: { enabled: false },
    'metrics-server'+: { insecureKubelets: true },
    // infrastructure.kind.dataPath of the machine is mounted there, and the data outlives the node.
    'object-storage'+: { server+: { enabled: true, hostPath: '/mnt/object-storage' } },
  },
}
