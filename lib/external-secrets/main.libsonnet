// The External Secrets operator: makes Secrets of what lies in a store elsewhere. It is on where `secretStore` of the cluster says
// that Secrets come from there; lib/cluster/external-secrets.libsonnet writes what it reads.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';

component {
  local this = self,

  name: 'external-secrets',
  image:: (import '../versions.json')['external-secrets'],

  enabled: this.cluster.secretStore.from == 'external-secrets',

  '#ports':: doc.list('port', 'Ports of the store and of whatever it asks to sign in.'),
  ports: [443],

  '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'How much it logs.'),
  logLevel: 'info',

  size: { controller: { cpu: '10m', memory: '128Mi', memoryLimit: '256Mi' } },

  // wiring
  workloads:: { controller: { name: this.name, ports: { metrics: 8080, health: 8082 }, apiAccess: true } },
  // The store may lie in the house.
  calls:: [{ from: 'controller', to: 'outside', port: this.ports }],
  scrape:: [{ workload: 'controller', port: 'metrics' }],
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],
  crds:: [
    import 'crds/clustersecretstores.external-secrets.io.json',
    import 'crds/externalsecrets.external-secrets.io.json',
    import 'crds/generatorstates.generators.external-secrets.io.json',
    import 'crds/secretstores.external-secrets.io.json',
  ],
  problems:: if this.cluster.registry.pullSecrets == [] then []
  else ['enabled: its own image needs the pull Secrets of the cluster, which it would have to fetch itself: leave registry.pullSecrets empty, and give the nodes the sign-in'],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
  },
}
