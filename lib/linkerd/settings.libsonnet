// What an environment decides about the mesh. The defaults are those of upstream's chart, but for the sizes and where a comment
// says why.
local doc = import '../doc/main.libsonnet';

local policies = [
  'all-authenticated',
  'all-unauthenticated',
  'audit',
  'cluster-authenticated',
  'cluster-unauthenticated',
  'deny',
];

{
  local this = self,

  '#trustDomain':: doc.setting('host', 'Domain of the identities. Changing it gives every workload another name: all pods restart, and until then do not know each other.'),
  trustDomain: 'cluster.local',

  '#clusterNetworks':: doc.list('cidr', 'Ranges of pods and Services: proxies ask about addresses in these, and `cluster-…` policies mean these.'),
  clusterNetworks: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fd00::/8'],

  '#probeNetworks':: doc.list('cidr', 'Ranges from which kubelets probe: probes from these need no authorization.'),
  probeNetworks: ['0.0.0.0/0', '::/0'],

  '#inboundPolicy':: doc.enum(policies, 'What a meshed pod lets in on ports that no Server describes.'),
  inboundPolicy: 'all-unauthenticated',

  '#opaquePorts':: doc.list('port', 'Ports whose protocol is not looked at, because there the server speaks first or the client says nothing that tells.'),
  opaquePorts: [25, 587, 3306, 4444, 5432, 6379, 9300, 11211],

  '#skipInboundPorts':: doc.list('port', "Ports of every meshed pod that the proxy leaves alone, beside its own. 4567 and 4568 are Galera's."),
  skipInboundPorts: [4567, 4568],

  '#skipOutboundPorts':: doc.list('port', 'Ports that no meshed pod reaches through its proxy.'),
  skipOutboundPorts: [4567, 4568],

  '#ipv6':: doc.setting('boolean', 'Whether proxies listen on IPv6, too.'),
  ipv6: false,

  '#proxy':: doc.object('The proxy in every meshed pod. A pod overrides most of it by annotations `config.linkerd.io/proxy-…`.'),
  proxy: {
    '#cpu':: doc.setting('quantity', 'CPU request of one proxy.'),
    cpu: if this.highlyAvailable then '25m' else '5m',
    '#memory':: doc.setting('quantity', 'Memory request of one proxy.'),
    memory: '20Mi',
    '#memoryLimit':: doc.setting('quantity', 'Memory limit of one proxy.'),
    memoryLimit: if this.highlyAvailable then '250Mi' else '128Mi',
    '#workers':: doc.setting('count', 'Threads of one proxy.'),
    workers: 1,
    '#logLevel':: doc.setting('string', "How much it logs, in the form of Rust's tracing: level,target=level."),
    logLevel: 'warn,linkerd=info,hickory=error',
    '#accessLog':: doc.optional(doc.enum(['apache', 'json'], 'Format.'), 'Whether each HTTP request is logged, and how.'),
    accessLog: null,
    '#shutdownGracePeriod':: doc.optional('go-duration', 'How long a proxy waits for open connections when its pod ends; null leaves that to the proxy: 2 minutes.'),
    shutdownGracePeriod: null,
  },

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'How much the control plane logs.'),
  logLevel: 'info',

  '#anchors':: doc.list('name', 'The trust anchors, by names of your own: proxies trust all of them, and the first one signs. Two of them are a rotation under way; the README says in which steps.'),
  anchors: ['1'],

  '#lifetimes':: doc.object('How long certificates are valid. Each is renewed when a third of that is left.'),
  lifetimes: {
    '#anchor':: doc.setting('go-duration', 'Those of the trust anchors. A renewed one has the same key, so that nobody has to know of it before the old one ends.'),
    anchor: '87600h',
    '#issuer':: doc.setting('go-duration', 'That of the authority between anchor and proxies.'),
    issuer: '2160h',
    '#proxy':: doc.setting('go-duration', 'Those of proxies.'),
    proxy: '24h',
  },

  '#heartbeat':: doc.setting('boolean', 'Whether a daily job tells the makers of Linkerd its version and the number of proxies.'),
  heartbeat: false,

  '#gatewayAPI':: doc.object('The kinds HTTPRoute, GRPCRoute, TCPRoute and TLSRoute of gateway.networking.k8s.io.'),
  gatewayAPI: {
    '#install':: doc.setting('boolean', 'Whether their definitions come with Linkerd. Leave it off where something else installs them; when they come or go, restart linkerd-destination.'),
    install: false,
  },
}
