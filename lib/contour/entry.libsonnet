// The settings that say how requests come in: from where, through which Envoys, under which class.
local doc = import '../doc/main.libsonnet';

{
  local this = self,

  '#exposure':: doc.enum(['load-balancer', 'node-port', 'host-port'], 'How requests reach Envoy: through a load balancer of the provider, a high port of every node, or ports 80 and 443 of every node (kind, one machine at home).'),
  exposure: 'load-balancer',

  '#envoyKind':: doc.enum(['daemon-set', 'deployment'], 'Envoy on every node, or as many as are needed.'),
  envoyKind: if this.highlyAvailable && this.exposure != 'host-port' then 'deployment' else 'daemon-set',

  '#autoscaling':: doc.optionalShape({
    maxReplicas: doc.required('count', 'The most pods of Envoy; `replicas.envoy` are the fewest.'),
    cpuUtilization: doc.required('count', 'Percent of the requested CPU that a pod should use.'),
  }, 'More Envoys under load, where they are a Deployment; needs metrics-server.'),
  autoscaling: if this.highlyAvailable && this.envoyKind == 'deployment' then { maxReplicas: 6, cpuUtilization: 80 } else null,

  '#service':: doc.object('The Service in front of Envoy.'),
  service: {
    '#annotations':: doc.map('string', "For the provider's load balancer: protocol, health checks, size."),
    annotations: {},
    '#externalTrafficPolicy':: doc.enum(['Local', 'Cluster'], "`Local` keeps the client's address and sends nothing to nodes without Envoy."),
    externalTrafficPolicy: 'Local',
    '#loadBalancerClass':: doc.optional('string', 'Which of several load balancer implementations serves it. It can only be set when the Service is created.'),
    loadBalancerClass: null,
    '#sourceRanges':: doc.list('cidr', 'Who may connect; empty lets everybody.'),
    sourceRanges: [],
    '#nodePorts':: doc.setting(doc.shape({
      http: doc.required('port', 'Port of every node for http.'),
      https: doc.required('port', 'Port of every node for https.'),
    }), 'Ports for the mode `node-port`.'),
    nodePorts: { http: 30080, https: 30443 },
  },

  '#proxyProtocol':: doc.setting('boolean', "Whether the load balancer in front sends the PROXY protocol, which carries the client's address. Both must agree, or nothing works."),
  proxyProtocol: false,

  '#statusAddress':: doc.optional('string', 'Address or host to write into the status of HTTPProxies and Ingresses, where no load balancer has one; external-dns makes the records from it.'),
  statusAddress: null,

  '#ingressClass':: doc.object('The class by which Ingresses and HTTPProxies choose this instance.'),
  ingressClass: {
    '#name':: doc.setting('host', 'Name of the IngressClass.'),
    name: this.name,
    '#default':: doc.setting('boolean', 'Whether it serves Ingresses that name no class; and HTTPProxies too, where its name is `contour`.'),
    default: this.name == 'contour',
  },

  '#rootNamespaces':: doc.list('name', 'Namespaces whose HTTPProxies may claim a host; empty allows all.'),
  rootNamespaces: [],

  '#drain':: doc.object('How an Envoy ends.'),
  drain: {
    '#atLeast':: doc.setting('count', 'Seconds in which it still takes connections, until load balancers have noticed.'),
    atLeast: if this.highlyAvailable then 15 else 5,
    '#atMost':: doc.setting('count', 'Seconds until it is ended with connections still open.'),
    atMost: 300,
  },

  '#wildcardDomains':: doc.list('host', 'Domains whose direct subdomains share one wildcard certificate instead of having one each. The issuer must prove domains by DNS-01.'),
  wildcardDomains: [],
}
