// Headlamp: the cluster in a browser, with the rights of whoever looks.
local component = import '../component/main.libsonnet';
local peers = import '../component/peers.libsonnet';
local doc = import '../doc/main.libsonnet';

component {
  local this = self,

  name: 'headlamp',
  image:: (import '../versions.json').headlamp,

  '#host':: doc.setting('host', 'Name under which it is reached.'),
  host: 'headlamp.' + this.cluster.domain,

  '#scopes':: doc.list('string', "Scopes that the provider of the cluster's `signIn` is asked for, beside `openid`."),
  scopes: ['profile', 'email', 'groups'],

  '#signInSecret':: doc.optional(doc.secretKey('The client secret.'), 'Secret of the client that `signIn` of the cluster names; null for a public client, which signs in by PKCE.'),
  signInSecret: null,

  '#session':: doc.setting('go-duration', 'How long a browser keeps a token; the token itself may end before.'),
  session: '8h',

  '#plugins':: doc.setting('boolean', 'Whether the plugins of its image are used: metrics from the Prometheus that it finds.'),
  plugins: true,

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'What it logs.'),
  logLevel: 'warn',

  // The pod that began a sign-in must end it, and in the mesh nothing keeps a browser at one of two.
  replicas: { server: 1 },

  // Upstream asks for nothing, and keeps nothing but the connections of those who look.
  size: {
    server: if this.highlyAvailable then { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' } else { cpu: '10m', memory: '48Mi', memoryLimit: '192Mi' },
  },

  // ---- wiring ----

  // It calls the API server with the token of who looks. Its own has no rights; without one it does not start.
  workloads:: { server: { name: this.name, ports: { http: 4466 }, apiAccess: true } },
  exposes:: {
    web: {
      host: this.host,
      workload: 'server',
      port: 'http',
      websockets: true,
      // It follows logs and objects for as long as somebody looks.
      timeout: { response: 'infinity', idle: '10m' },
      // The pod that began a sign-in must end it.
      [if this.replicas.server > 1 then 'loadBalancing']: 'Cookie',
    },
  },
  calls:: if this.cluster.signIn == null then [] else [{ from: 'server', to: 'outside', port: peers.portOf(this.cluster.signIn.issuer) }],
  after:: ['lens'],
  secrets:: if this.signInSecret == null then {} else {
    [this.signInSecret.name]: { keys: { [this.signInSecret.key]: 'Secret of the client that `signIn` of the cluster names.' } },
  },
  problems:: if this.signInSecret == null || this.cluster.signIn != null then []
  else ['signInSecret: set signIn of the cluster too, which says who the provider is'],

  // ---- resources ----

  resources+:: { workload: (import 'workload.libsonnet')(this) },
}
