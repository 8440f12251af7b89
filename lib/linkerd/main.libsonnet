// Linkerd: every meshed pod has a proxy beside it, which encrypts, authenticates, balances and measures.
local component = import '../component/main.libsonnet';
local versions = import '../versions.json';
local config = import 'config.libsonnet';
local webhooks = import 'webhooks.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'linkerd',
  images:: { [role]: versions['linkerd-' + role] for role in ['controller', 'debug', 'proxy'] },

  replicas: { [role]: if this.highlyAvailable then 3 else 1 for role in ['destination', 'identity', 'proxy-injector'] },

  // One of each program: linkerd-destination has three. The chart asks for nothing in its small form, and for 100m and 50Mi each
  // (identity 10Mi) with at most 250Mi in the other, which serves hundreds of nodes.
  '#size'+:: { node+: { keys: std.set(super.keys + ['policy', 'sp-validator']) } },
  size:
    local of(cpu, memory) = { cpu: if this.highlyAvailable then '50m' else cpu, memory: memory, memoryLimit: '250Mi' };
    {
      destination: of('10m', '48Mi'),
      identity: of('5m', '24Mi'),
      policy: of('10m', '24Mi'),
      'proxy-injector': of('10m', '48Mi'),
      'sp-validator': of('5m', '24Mi'),
      [if this.heartbeat == true then 'heartbeat']: { cpu: '5m', memory: '24Mi', memoryLimit: '64Mi' },
    },

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

  // Names that the programs look for, or that others find them by.
  configName:: 'linkerd-config',
  issuerName:: 'linkerd-identity-issuer',
  webhooks:: webhooks.of(this),

  // Where it finds the API server: the control plane's own proxies let these pass, since they start before there is a mesh.
  apiServerPorts:: [443, 6443],

  // Namespaces that the injector is never asked about: what it needs itself must start while it is away.
  uninjectedNamespaces:: std.set(
    ['kube-system']
    + [this.cluster.get(name).namespace for name in ['argo-cd'] + this.needs + this.after if this.cluster.has(name)]
  ),

  // injected(pod) -> what the injector adds to a pod; proxy.libsonnet says of which form.
  injected:: (import 'proxy.libsonnet')(this).proxy,

  // Its pods bring their proxies with them: the injector is among them.
  mesh:: { injected: false },
  workloads:: {
    // The collector reaches their figures past their proxies, which let in whoever comes: no Server says who may.
    identity: { ports: { 'ident-grpc': 8080, 'ident-admin': 9990 }, apiAccess: true, mesh: { skipInbound: ['ident-admin'] } },
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
      mesh: { skipInbound: ['dest-admin', 'policy-admin', 'spval-admin'] },
    },
    'proxy-injector': { ports: { 'proxy-injector': 8443, 'injector-admin': 9995 }, apiAccess: true, mesh: { skipInbound: ['injector-admin'] } },
    [if this.heartbeat == true then 'heartbeat']: { apiAccess: true, replicated: false, mesh: { outside: 'The program has its own say: it does not use the proxy.' } },
  },

  // What every proxy asks: who it is, where others are, who may call it.
  entries:: {
    identity: { workload: 'identity', port: 'ident-grpc' },
    destination: { workload: 'destination', port: 'dest-grpc' },
    policy: { workload: 'destination', port: 'policy-grpc' },
  },

  needs:: ['cert-manager', 'trust-manager'],
  after:: ['linkerd-cni'],
  calls:: (import 'traffic.libsonnet')(this),
  scrape:: [
    { workload: 'destination', port: port }
    for port in ['dest-admin', 'policy-admin', 'spval-admin']
  ] + [
    { workload: 'identity', port: 'ident-admin' },
    { workload: 'proxy-injector', port: 'injector-admin' },
  ],
  // What the heartbeat asks for figures; it can't say a tenant.
  metrics:: if this.cluster.has('mimir') && !this.cluster.tenancy.enabled then this.cluster.get('mimir') else null,
  problems:: (import 'problems.libsonnet')(this),

  namespaceLabels:: {
    'config.linkerd.io/admission-webhooks': 'disabled',
    'linkerd.io/control-plane-ns': this.namespace,
    'linkerd.io/is-control-plane': 'true',
  },
  podSecurity:: if this.cni then { level: 'restricted', reason: null } else {
    level: 'privileged',
    reason: 'linkerd-init leads the traffic of its pod through the proxy, for which it may change the network of that pod (NET_ADMIN, NET_RAW)',
  },
  clusterKinds:: [
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    { group: 'cert-manager.io', kind: 'ClusterIssuer' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
    { group: 'trust.cert-manager.io', kind: 'Bundle' },
  ],
  // The anchors lie there.
  otherNamespaces:: [this.cluster.get('cert-manager').namespace],
  // cainjector writes the webhooks' CA into their registrations.
  ignoreDifferences:: [
    { group: 'admissionregistration.k8s.io', kind: kind, jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] }
    for kind in ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']
  ],

  // The app `cluster` reads this: a setting of the wrong type must not fail there.
  bringsGatewayAPI:: std.isObject(this.gatewayAPI) && std.get(this.gatewayAPI, 'install', false) == true,
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
    if !this.bringsGatewayAPI then [] else [
      std.parseJson(importstr 'crds/grpcroutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/httproutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/tcproutes.gateway.networking.k8s.io.json'),
      std.parseJson(importstr 'crds/tlsroutes.gateway.networking.k8s.io.json'),
    ]
  ),

  // ---- resources ----

  // What the injector is told: values of upstream's chart. An environment adds what there is no setting for with `values+:: { … }`.
  values:: config.values(this),

  resources+:: {
    access: (import 'access.libsonnet')(this),
    certificates: (import 'certificates.libsonnet')(this),
    config: config.resources(this),
    webhooks: webhooks.resources(this),
    workload: (import 'workload.libsonnet')(this),
    [if this.heartbeat then 'heartbeat']: (import 'heartbeat.libsonnet')(this),
  },
}
