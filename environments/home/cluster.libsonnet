// The personal cluster: one small node, everything that matters in external object storage.
local cluster = import 'cluster/main.libsonnet';

cluster {
  name: 'home',
  domain: 'home.example.org',
  profile: 'small',
  email: 'operator@example.org',
  timeZone: 'Europe/Amsterdam',
  gitops+: { repoURL: 'https://gitlab.com/example/infrastructure.git' },
  objectStorage+: { endpoint: 'ams3.digitaloceanspaces.com', region: 'ams3' },
  infrastructure+: { target: 'digitalocean' },
  nodes: [{ count: 1, cpu: '4', memory: '8Gi', size: 's-4vcpu-8gb' }],

  components+: {
    'actions-runner-controller'+: {
      scaleSets: { linux: { url: 'https://github.com/example', credentials: { secretName: 'github', kind: 'app' } } },
    },
    'cert-manager'+: {
      acme+: { dns01: { digitalocean: { tokenSecretRef: { name: 'digitalocean', key: 'token' } } } },
    },
    'external-dns'+: {
      provider: 'digitalocean',
      credentials: { DO_TOKEN: { name: 'digitalocean', key: 'token' } },
      domains: ['home.example.org'],
    },
  },
}
