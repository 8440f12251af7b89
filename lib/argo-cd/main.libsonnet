// Argo CD: applies what is in Git, and itself.
local applications = import '../cluster/applications.libsonnet';
local component = import '../component/main.libsonnet';
local versions = import '../versions.json';
local credentials = import 'credentials.libsonnet';
local redis = import 'redis.libsonnet';

// The ports that upstream's programs listen on.
local ports = {
  'application-controller': { metrics: 8082 },
  'applicationset-controller': { health: 8081, metrics: 8080, webhook: 7000 },
  'dex-server': { grpc: 5557, http: 5556, metrics: 5558 },
  'notifications-controller': { metrics: 9001 },
  'repo-server': { grpc: 8081, metrics: 8084 },
  server: { http: 8080, metrics: 8083 },
};

// Upstream asks for nothing. The controller keeps every object of the cluster in memory (npm run e2e: 524 MiB at its peak, with
// these components); the repo-server needs memory for each environment that it evaluates.
local sizes(highlyAvailable) = if highlyAvailable then {
  'application-controller': { cpu: '250m', memory: '768Mi', memoryLimit: '2Gi' },
  'applicationset-controller': { cpu: '50m', memory: '96Mi', memoryLimit: '512Mi' },
  'dex-server': { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' },
  'notifications-controller': { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' },
  redis: { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
  'redis-ha': { cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' },
  'repo-server': { cpu: '150m', memory: '256Mi', memoryLimit: '2Gi' },
  server: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' },
} else {
  'application-controller': { cpu: '100m', memory: '512Mi', memoryLimit: '1Gi' },
  'applicationset-controller': { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
  'dex-server': { cpu: '5m', memory: '48Mi', memoryLimit: '128Mi' },
  'notifications-controller': { cpu: '5m', memory: '48Mi', memoryLimit: '128Mi' },
  redis: { cpu: '10m', memory: '32Mi', memoryLimit: '96Mi' },
  'redis-ha': { cpu: '10m', memory: '32Mi', memoryLimit: '96Mi' },
  'repo-server': { cpu: '75m', memory: '192Mi', memoryLimit: '1Gi' },
  server: { cpu: '20m', memory: '96Mi', memoryLimit: '256Mi' },
};

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'argo-cd',
  // The names of its objects are fixed in the program, so that a further instance needs a namespace of its own.
  namespace: if this.name == 'argo-cd' then 'argocd' else this.name,
  prefix:: 'argocd',
  // The label by which it finds its settings.
  partOf:: 'argocd',
  images:: { argoCD: versions['argo-cd'], dex: versions['argo-cd-dex'], redis: versions['argo-cd-redis'] },

  // A second controller would take a second cluster; Dex, notifications and a single Redis can't share their work.
  replicas: {
    [role]: if role == 'redis-ha' then 3
    else if this.highlyAvailable && std.member(['applicationset-controller', 'repo-server', 'server'], role) then 2
    else 1
    for role in std.objectFields(this.workloads)
  },
  size: { [role]: sizes(this.highlyAvailable)[role] for role in std.objectFields(this.workloads) },

  // ---- wiring ----

  // runs(role) -> does this program run?
  runs(role):: std.objectHas(this.run, role) && this.run[role],
  redisRole:: redis.role(this),
  isRoot:: this.name == 'argo-cd',
  url:: 'https://' + this.host,

  workloads:: {
    [role]: { ports: ports[role], apiAccess: role != 'repo-server' }
    for role in std.objectFields(ports)
    if this.runs(role)
  } + redis.workloads(this),
  // Without it there is nothing to read.
  needs:: if this.cluster.has('git-server') then ['git-server'] else [],
  mesh:: { outside: 'It is there before Linkerd, and must be able to mend it.' },
  calls:: (import 'traffic.libsonnet')(this),
  // Redis has no metrics of its own.
  scrape:: [{ workload: role, port: 'metrics' } for role in std.objectFields(ports) if this.runs(role)],
  exposes:: if !this.runs('server') then {} else {
    server: {
      host: this.host,
      workload: 'server',
      port: 'http',
      servicePort: 80,
      // The UI and `argocd` follow what happens for as long as they are open.
      timeout: { response: 'infinity', idle: '10m' },
      routes: [
        // Exactly this type: gRPC-Web, which browsers and `argocd --grpc-web` speak, is HTTP/1.1 to the server.
        { path: '/', conditions: [{ header: { name: 'content-type', exact: 'application/grpc' } }], protocol: 'h2c' },
        { path: '/' },
      ],
    },
  },
  secrets:: credentials.secrets(this),
  problems:: (import 'problems.libsonnet')(this),
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  crds:: [
    std.parseJson(importstr 'crds/applications.argoproj.io.json'),
    std.parseJson(importstr 'crds/applicationsets.argoproj.io.json'),
    std.parseJson(importstr 'crds/appprojects.argoproj.io.json'),
  ],

  // metadata of what must outlive a mistake: neither pruned nor deleted with the app.
  keep:: { metadata+: { annotations+: { 'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false' } } },

  // ---- resources ----

  config:: (import 'config.libsonnet')(this),

  resources+:: {
    access: (import 'access.libsonnet')(this),
    config: this.config.objects,
    workload: (import 'workload.libsonnet')(this) + (import 'optional.libsonnet')(this),
    redis: (import 'redis-workload.libsonnet')(this),
    [if this.isRoot then 'root']: applications.root(this.cluster),
  },
}
