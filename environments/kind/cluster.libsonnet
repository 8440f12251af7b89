// A cluster on one's own machine, to try changes on: one kind node, names that resolve nowhere else, its own CA.
local cluster = import 'cluster/main.libsonnet';

cluster {
  name: 'kind',
  domain: 'kind.test',
  gitops+: { repoURL: 'https://gitlab.com/example/infrastructure.git' },
  nodes: [{ count: 1, cpu: '4', memory: '8Gi' }],
  certificates+: { issuer: 'self-signed-ca' },

  components+: {
    'cert-manager'+: { acme+: { enabled: false } },
    contour+: { exposure: 'host-port' },
    'external-dns'+: { enabled: false },
    'gitlab-runner'+: { enabled: false },
    'metrics-server'+: { insecureKubelets: true },
    // Mount a folder of the machine there (extraMounts of kind), and the data outlives the node.
    'object-storage'+: { server+: { enabled: true, hostPath: '/mnt/object-storage' } },
  },
}
