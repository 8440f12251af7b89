// What runs in each mode. Termination grace: upstream's Jsonnet library. Requests: those of a personal cluster.
local targets = import '../component/targets.libsonnet';

local ports = { gossip: 7946, grpc: 9095, http: 3200 };

// What holds traces ends within seconds. What answers queries may wait for ever once it is asked to end (grafana/tempo#7967), so a
// longer grace, upstream has 300, is only a longer outage; the volume stays.
local monolithic = targets.declare(ports, {
  tempo: { target: 'all', kind: 'statefulSet', grace: 60, volume: true, size: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' } },
});

// Two zones: each partition of the topic has an owner in both.
local zoned = targets.perZone('live-store', { grace: 1200, volume: true, size: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' } }, targets.zones[:2]);

local microservices = targets.declare(ports, zoned {
  'backend-scheduler': { kind: 'statefulSet', volume: '1Gi', gossip: false, size: { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' } },
  'backend-worker': { scratch: '768Mi', size: { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' } },
  'block-builder': { kind: 'statefulSet', scratch: '768Mi', size: { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' } },
  distributor: { replicas: 2, size: { cpu: '50m', memory: '128Mi', memoryLimit: '384Mi' } },
  'metrics-generator': { kind: 'statefulSet', grace: 120, volume: '2Gi', size: { cpu: '50m', memory: '128Mi', memoryLimit: '512Mi' } },
  querier: { replicas: 2, size: { cpu: '50m', memory: '192Mi', memoryLimit: '1Gi' } },
  // Queriers connect to every one of them.
  'query-frontend': { replicas: 2, headless: true, gossip: false, size: { cpu: '20m', memory: '64Mi', memoryLimit: '384Mi' } },
});

{
  ports:: ports,
  // Locals of the file are computed once, fields at each access.
  monolithic:: monolithic,
  microservices:: microservices,

  // A pod for each partition of the topic, found by its number; the component says how many that is.
  perPartition:: ['block-builder'] + std.objectFields(zoned),

  // receiverPorts(this) -> ports of what receives traces.
  receiverPorts(this)::
    { 'otlp-grpc': 4317, 'otlp-http': 4318 }
    + (if this.receivers.jaeger then { 'jaeger-grpc': 14250, 'jaeger-http': 14268 } else {})
    + (if this.receivers.zipkin then { zipkin: 9411 } else {}),
}
