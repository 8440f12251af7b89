// The same cluster grown up: three zones, two or more of everything, sign-in by OpenID Connect.
local cluster = import 'cluster/main.libsonnet';

cluster {
  name: 'production',
  domain: 'example.org',
  profile: 'highly-available',
  email: 'operator@example.org',
  gitops+: { repoURL: 'https://gitlab.com/example/infrastructure.git' },
  objectStorage+: { endpoint: 'fra1.digitaloceanspaces.com', region: 'fra1' },
  infrastructure+: { target: 'digitalocean' },
  nodes: [{ count: 3, cpu: '4', memory: '16Gi', size: 'g-4vcpu-16gb' }],
  signIn: {
    issuer: 'https://id.example.org',
    clientID: 'kubernetes',
    adminGroups: ['operators'],
    viewerGroups: ['developers'],
  },

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
      domains: ['example.org'],
    },
    grafana+: {
      // As https://id.example.org/.well-known/openid-configuration says.
      signIn: {
        authURL: 'https://id.example.org/authorize',
        tokenURL: 'https://id.example.org/token',
        userInfoURL: 'https://id.example.org/userinfo',
      },
      // It runs twice, and keeps what people make in the browser.
      database: { host: 'postgres.example.org', port: 5432, name: 'grafana', user: 'grafana', sslMode: 'verify-full' },
    },
  },
}
