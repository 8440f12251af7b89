// What runs in each mode. Termination grace: upstream's Jsonnet library, which says for each how long it may take to finish
// what it has begun (an ingester uploads what it holds, a query ends, a block is compacted).
local targets = import '../component/targets.libsonnet';

local perZone(name, declaration) = {
  ['%s-%s' % [name, zone]]: declaration { target: name, kind: 'statefulSet', zone: zone, group: name }
  for zone in targets.zones
};

local ports = { gossip: 7946, grpc: 9095, http: 8080 };

{
  ports:: ports,

  targets(this):: {
    monolithic: {
      // The Alertmanager and the exporter are no part of `all`.
      mimir: { target: 'all,alertmanager,overrides-exporter', kind: 'statefulSet', grace: 1200, volume: this.volumeSize },
    },
    microservices: {
                     alertmanager: { kind: 'statefulSet', grace: 900, volume: '1Gi' },
                     compactor: { kind: 'statefulSet', grace: 900, volume: this.volumeSize },
                     distributor: { grace: 100 },
                     'overrides-exporter': { gossip: false },
                     querier: { grace: 180 },
                     'query-frontend': { grace: 390 },
                     // Queriers and frontends connect to every one of them.
                     'query-scheduler': { grace: 180, headless: true },
                     ruler: { grace: 600 },
                   } + perZone('ingester', { grace: 1200, volume: this.volumeSize })
                   + perZone('store-gateway', { grace: 120, volume: this.volumeSize }),
  }[this.mode],

  // Requests of a personal cluster: some hundred thousand series at most. An ingester holds 10 to 15 KB for each series;
  // upstream's own numbers begin at 15 GiB.
  size:: {
    mimir: { cpu: '150m', memory: '768Mi', memoryLimit: '1536Mi' },
    alertmanager: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' },
    compactor: { cpu: '50m', memory: '256Mi', memoryLimit: '1536Mi' },
    distributor: { cpu: '100m', memory: '192Mi', memoryLimit: '512Mi' },
    ingester: { cpu: '150m', memory: '768Mi', memoryLimit: '2Gi' },
    'overrides-exporter': { cpu: '5m', memory: '32Mi', memoryLimit: '128Mi' },
    querier: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi' },
    'query-frontend': { cpu: '50m', memory: '96Mi', memoryLimit: '512Mi' },
    'query-scheduler': { cpu: '20m', memory: '48Mi', memoryLimit: '128Mi' },
    ruler: { cpu: '50m', memory: '192Mi', memoryLimit: '768Mi' },
    'store-gateway': { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' },
  },

  // Two of everything that answers; one per zone; one of what only works in the background.
  replicas(target, role, highlyAvailable)::
    if target.zone != null || std.member(['compactor', 'mimir', 'overrides-exporter'], role) then 1
    else if role == 'alertmanager' then 3
    else 2,
}
