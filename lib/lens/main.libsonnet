// What Lens, Freelens, k9s and Headlamp need from a cluster: somebody to be, and metrics. None of these programs runs here: the
// accounts are for people, and the one workload hands queries of metrics on to Mimir.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'lens',
  image:: versions.envoy,

  '#admin':: doc.setting('boolean', 'Whether there is an account that may do everything, beside the one that looks.'),
  admin: true,

  '#viewerPortForward':: doc.setting('boolean', 'Whether the viewer may open connections to pods. They pass by every NetworkPolicy: what asks nobody who they are, such as Mimir, could then be written to.'),
  viewerPortForward: false,

  '#groupPrefix':: doc.setting('string', 'What the API server puts before the names of groups of the OpenID Connect provider (`--oidc-groups-prefix`). The groups of `signIn` get the roles of the accounts.'),
  groupPrefix: 'oidc:',

  '#prometheus':: doc.setting('boolean', 'Whether there is a Service that Lens takes for a Prometheus.'),
  prometheus: this.cluster.has('mimir'),

  // Envoy 1.38 with one thread, measured: 13 MiB of its own, and up to 45 of pages of its program, which may come and go.
  size: if this.prometheus then { prometheus: { cpu: '5m', memory: '32Mi', memoryLimit: '96Mi' } } else {},

  // ---- wiring ----

  workloads:: if this.prometheus then { prometheus: { ports: { http: 9090 } } } else {},
  after:: ['mimir'],
  calls:: if !this.prometheus then [] else [
    // Lens asks through the API server: /api/v1/namespaces/<namespace>/services/<name>:9090/proxy.
    { from: 'api-server', to: 'prometheus', port: 'http' },
    this.cluster.get('mimir').calledBy('prometheus', 'query'),
  ],
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  problems:: if this.prometheus && !this.cluster.has('mimir')
  then ['prometheus: mimir is off, so that there is nothing to ask; set it to false, or turn mimir on']
  else [],

  // ---- resources ----

  resources+:: {
    accounts: (import 'accounts.libsonnet')(this),
    [if this.prometheus then 'prometheus']: (import 'prometheus.libsonnet')(this),
  },
}
