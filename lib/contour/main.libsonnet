// Contour: what reaches the cluster from outside. Contour turns HTTPProxies and Ingresses into the configuration of Envoy,
// which terminates TLS and passes requests on.
local component = import '../component/main.libsonnet';
local mesh = import '../component/mesh.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local publish = import 'publish.libsonnet';
local secrets = import 'secrets.libsonnet';

// Contour tells Envoy here what to do, over TLS of their own. Linkerd's guide to Contour leaves this port out of the mesh.
local xdsPort = 8001;

component + (import 'entry.libsonnet') + (import 'settings.libsonnet') {
  local this = self,

  name: 'contour',
  image:: versions.contour,
  envoyImage:: versions.envoy,

  // Upstream says nothing of requests. Contour keeps every Secret, Service and EndpointSlice of the cluster in memory;
  // Envoy needs memory by connections, and stops taking new ones before its limit (envoy.libsonnet).
  size: if this.highlyAvailable then {
    contour: { cpu: '100m', memory: '128Mi', memoryLimit: '512Mi' },
    envoy: { cpu: '200m', memory: '256Mi', memoryLimit: '1Gi' },
  } else {
    contour: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' },
    envoy: { cpu: '50m', memory: '96Mi', memoryLimit: '384Mi' },
  },

  // wiring
  workloads:: {
    contour: {
      name: this.prefix,
      ports: { xds: xdsPort, metrics: 8000 },
      apiAccess: true,
      dns: false,
      mesh: { skipInbound: ['xds'] },
    },
    envoy: {
      ports: { http: 8080, https: 8443, metrics: 8002 },
      replicated: this.envoyKind == 'deployment',
      mesh: {
        ingress: true,
        // Past a proxy Envoy would see the proxy's address instead of the client's. The kubelet asks the shutdown manager when a
        // pod ends, which is no probe.
        skipInbound: ['http', 'https', this.shutdownPort],
        skipOutbound: [xdsPort],
      },
    },
  },
  // Where the shutdown manager answers; only the kubelet of its node asks.
  shutdownPort:: 8090,
  inMesh:: mesh.hasProxy(this, 'envoy'),
  needs:: ['cert-manager'],
  certManager:: this.cluster.get('cert-manager'),

  // Components publish through the component `contour`; a further instance serves what names its class.
  publishes:: this.name == 'contour',
  published:: if this.publishes then publish.targets(this.cluster) else [],

  calls:: [
    { from: 'envoy', to: 'contour', port: 'xds' },
    { from: 'world', to: 'envoy', port: ['http', 'https'] },
  ] + [
    { from: 'envoy', to: { component: target.component, workload: target.workload }, port: target.port }
    for target in this.published
  ] + (if !this.publishes then [] else [
         { from: 'envoy', to: 'outside', port: port }
         for port in publish.keyServers(this.cluster)
       ] + (if this.cluster.has('cert-manager') && this.certManager.http01Enabled then [{ from: 'envoy', to: 'acme-solver' }] else [])),

  scrape:: [
    { workload: 'contour', port: 'metrics' },
    { workload: 'envoy', port: 'metrics', path: '/stats/prometheus' },
  ],

  // Where requests enter a node: for the port mapping of kind, and for firewalls. null: wherever the load balancer decides.
  entryPorts:: {
    'load-balancer': null,
    'node-port': this.service.nodePorts,
    'host-port': { http: 80, https: 443 },
  }[this.exposure],

  // What lib/cluster/exposure.libsonnet asks for.
  publish(other, name, exposed):: publish.publish(this, other, name, exposed),
  solverPolicies(other):: publish.solverPolicies(this, other),
  exposureProblems(other):: publish.problems(this, other),

  // contour.yaml; an environment adds what there is no setting for: `contour+: { config+:: { tracing: {…} } }`.
  config:: (import 'config.libsonnet')(this),

  podSecurity:: if this.exposure == 'host-port'
  then { level: 'privileged', reason: 'Envoy takes the ports 80 and 443 of the node, which "baseline" forbids.' }
  else super.podSecurity,
  crds:: [
    std.parseJson(importstr 'crds/contourconfigurations.projectcontour.io.json'),
    std.parseJson(importstr 'crds/contourdeployments.projectcontour.io.json'),
    std.parseJson(importstr 'crds/extensionservices.projectcontour.io.json'),
    std.parseJson(importstr 'crds/httpproxies.projectcontour.io.json'),
    std.parseJson(importstr 'crds/tlscertificatedelegations.projectcontour.io.json'),
  ],
  clusterKinds:: [
    { group: 'networking.k8s.io', kind: 'IngressClass' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  // The autoscaler writes the number of pods.
  ignoreDifferences:: if this.autoscaling == null then [] else [
    { group: 'apps', kind: 'Deployment', name: this.workloadName('envoy'), jsonPointers: ['/spec/replicas'] },
  ],
  secrets:: secrets.needed(this),
  problems:: (import 'problems.libsonnet')(this) + secrets.problems(this),

  resources+:: {
    access: (import 'access.libsonnet')(this),
    certificates: (import 'certificates.libsonnet')(this),
    config: { contour: k.configMap(this, this.name, { 'contour.yaml': k.toYAML(std.prune(this.config)) }) },
    workload: (import 'workload.libsonnet')(this),
    envoy: (import 'envoy.libsonnet')(this),
  },
}
