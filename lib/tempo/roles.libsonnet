// What runs in each mode. Termination grace: upstream's Jsonnet library.
local targets = import '../component/targets.libsonnet';

local ports = { gossip: 7946, grpc: 9095, http: 3200 };

{
  ports:: ports,

  // receiverPorts(this) -> ports of what receives traces.
  receiverPorts(this)::
    { 'otlp-grpc': 4317, 'otlp-http': 4318 }
    + (if this.receivers.jaeger then { 'jaeger-grpc': 14250, 'jaeger-http': 14268 } else {})
    + (if this.receivers.zipkin then { zipkin: 9411 } else {}),

  targets(this):: {
    monolithic: {
      tempo: { target: 'all', kind: 'statefulSet', grace: 300, volume: this.volumeSize },
    },
    microservices: {
      'backend-scheduler': { kind: 'statefulSet', grace: 60, volume: '1Gi', gossip: false },
      'backend-worker': { grace: 60, scratch: '768Mi' },
      'block-builder': { kind: 'statefulSet', grace: 60, scratch: '768Mi' },
      distributor: { grace: 60 },
      querier: { grace: 60 },
      // Queriers connect to every one of them.
      'query-frontend': { grace: 60, headless: true, gossip: false },
      [if this.metrics != [] then 'metrics-generator']: { kind: 'statefulSet', grace: 120, volume: '2Gi' },
    } + {
      // Two: each partition of the topic has an owner in both.
      ['live-store-' + zone]: { target: 'live-store', kind: 'statefulSet', grace: 1200, volume: this.volumeSize, zone: zone, group: 'live-store' }
      for zone in targets.zones[:2]
    },
  }[this.mode],

  size:: {
    tempo: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' },
    'backend-scheduler': { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
    'backend-worker': { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' },
    'block-builder': { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' },
    distributor: { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi' },
    'live-store': { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' },
    'metrics-generator': { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' },
    querier: { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' },
    'query-frontend': { cpu: '20m', memory: '64Mi', memoryLimit: '384Mi' },
  },

  partitions:: function(this) if this.kafka != null && std.objectHas(this.kafka, 'partitions') then this.kafka.partitions else 1,

  replicas(this, target, role)::
    // A pod for each partition, found by its number.
    if target.zone != null || role == 'block-builder' then $.partitions(this)
    else if std.member(['backend-scheduler', 'backend-worker', 'metrics-generator', 'tempo'], role) then 1
    else 2,
}
