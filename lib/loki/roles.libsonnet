// What runs in each mode. Termination grace: upstream's chart.
local targets = import '../component/targets.libsonnet';

{
  ports:: { gossip: 7946, grpc: 9095, http: 3100 },

  targets(this):: {
    monolithic: {
      loki: { target: 'all', kind: 'statefulSet', grace: 300, volume: this.volumeSize },
    },
    distributed: {
      compactor: { kind: 'statefulSet', grace: 60, volume: '2Gi' },
      distributor: { grace: 60 },
      'index-gateway': { kind: 'statefulSet', grace: 300, volume: '2Gi' },
      querier: { grace: 60 },
      'query-frontend': { grace: 60 },
      // Queriers and frontends connect to every one of them.
      'query-scheduler': { grace: 60, headless: true },
      ruler: { kind: 'statefulSet', grace: 300, volume: '1Gi' },
    } + {
      ['ingester-' + zone]: { target: 'ingester', kind: 'statefulSet', grace: 300, volume: this.volumeSize, zone: zone, group: 'ingester' }
      for zone in targets.zones
    },
  }[this.mode],

  // Requests of a personal cluster: some GiB of logs a day.
  size:: {
    loki: { cpu: '75m', memory: '320Mi', memoryLimit: '1Gi' },
    compactor: { cpu: '20m', memory: '96Mi', memoryLimit: '768Mi' },
    distributor: { cpu: '50m', memory: '96Mi', memoryLimit: '384Mi' },
    'index-gateway': { cpu: '20m', memory: '96Mi', memoryLimit: '384Mi' },
    ingester: { cpu: '75m', memory: '320Mi', memoryLimit: '1Gi' },
    querier: { cpu: '75m', memory: '192Mi', memoryLimit: '1Gi' },
    'query-frontend': { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' },
    'query-scheduler': { cpu: '10m', memory: '48Mi', memoryLimit: '128Mi' },
    ruler: { cpu: '20m', memory: '96Mi', memoryLimit: '512Mi' },
  },

  replicas(target, role):: if target.zone != null || std.member(['compactor', 'loki'], role) then 1 else 2,
}
