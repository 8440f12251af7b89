// Linkerd: every meshed pod has a proxy beside it, which encrypts, authenticates, balances and measures.
local component = import '../component/main.libsonnet';
local versions = import '../versions.json';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'linkerd',
  images:: { controller: versions['linkerd-controller'], proxy: versions['linkerd-proxy'] },

  // ---- wiring: what others need to know of the mesh ----

  // Ports of every proxy. NetworkPolicies see traffic between meshed pods on `inbound`; `admin` has metrics and probes.
  proxyPorts:: { admin: 4191, control: 4190, inbound: 4143, outbound: 4140 },
  proxyUser:: 2102,
  clusterDomain:: 'cluster.local',
  logFormat:: 'json',

  // identityOf(namespace, serviceAccount) -> the name by which meshed pods of that ServiceAccount are known.
  identityOf(namespace, serviceAccount)::
    '%s.%s.serviceaccount.identity.%s.%s' % [serviceAccount, namespace, this.namespace, this.trustDomain],

  // What one proxy asks for, as `resources` of lib/kubernetes takes it: the injector adds it to every meshed pod.
  proxySize:: { cpu: this.proxy.cpu, memory: this.proxy.memory, memoryLimit: this.proxy.memoryLimit },

  // With the CNI plugin pods need no init container that may change the network of its pod.
  cni:: this.cluster.has('linkerd-cni'),

  // The certificates that every proxy trusts: trust-manager writes them.
  trustRoots:: { configMap: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' },

  // injected(pod) -> what the injector adds to a pod; proxy.libsonnet says of which form.
  injected:: (import 'proxy.libsonnet')(this).proxy,

  // Its pods bring their proxies with them: the injector is among them.
  mesh:: { injected: false },
  workloads:: {
    identity: { ports: { 'ident-grpc': 8080, 'ident-admin': 9990 }, apiAccess: true },
    destination: {
      ports: {
        'dest-grpc': 8086,
        'dest-admin': 9996,
        'sp-validator': 8443,
        'spval-admin': 9997,
        'policy-grpc': 8090,
        'policy-admin': 9990,
        'policy-https': 9443,
      },
      apiAccess: true,
    },
    'proxy-injector': { ports: { 'proxy-injector': 8443, 'injector-admin': 9995 }, apiAccess: true },
  },

  // What every proxy asks: who it is, where others are, who may call it.
  entries:: {
    identity: { workload: 'identity', port: 'ident-grpc' },
    destination: { workload: 'destination', port: 'dest-grpc' },
    policy: { workload: 'destination', port: 'policy-grpc' },
  },

  crds:: [
    std.parseJson(importstr 'crds/authorizationpolicies.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/egressnetworks.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/externalworkloads.workload.linkerd.io.json'),
    std.parseJson(importstr 'crds/httplocalratelimitpolicies.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/httproutes.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/meshtlsauthentications.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/networkauthentications.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/serverauthorizations.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/servers.policy.linkerd.io.json'),
    std.parseJson(importstr 'crds/serviceprofiles.linkerd.io.json'),
  ] + (
    if !this.gatewayAPI.install then [] else [
      std.parseJson(importstr 'crds/grpcroutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/httproutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/tcproutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/tlsroutes.gateway.networking.k8s.io.json'),
    ]
  ),
}
