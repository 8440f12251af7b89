// What runs in each mode.
//
// Termination grace: upstream's Jsonnet library, which says for each how long it may take to finish what it has begun (an
// ingester uploads what it holds, a query ends, a block is compacted).
// Requests: those of a personal cluster, of some hundred thousand series at most. An ingester holds 10 to 15 KB for each series;
// upstream's own numbers begin at 15 GiB.
local targets = import '../component/targets.libsonnet';

local ports = { gossip: 7946, grpc: 9095, http: 8080 };

local monolithic = targets.declare(ports, {
  // The Alertmanager and the exporter are no part of `all`.
  mimir: {
    target: 'all,alertmanager,overrides-exporter',
    kind: 'statefulSet',
    grace: 1200,
    volume: true,
    size: { cpu: '150m', memory: '768Mi', memoryLimit: '1536Mi' },
  },
});

local zoned = targets.perZone('ingester', { grace: 1200, volume: true, size: { cpu: '150m', memory: '768Mi', memoryLimit: '2Gi' } })
              + targets.perZone('store-gateway', { grace: 120, volume: true, size: { cpu: '50m', memory: '256Mi', memoryLimit: '1Gi' } });

local microservices = targets.declare(ports, zoned {
  alertmanager: { kind: 'statefulSet', grace: 900, volume: '1Gi', replicas: 3, size: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' } },
  compactor: { kind: 'statefulSet', grace: 900, volume: true, size: { cpu: '50m', memory: '256Mi', memoryLimit: '1536Mi' } },
  distributor: { grace: 100, replicas: 2, size: { cpu: '100m', memory: '192Mi', memoryLimit: '512Mi' } },
  'overrides-exporter': { gossip: false, size: { cpu: '5m', memory: '32Mi', memoryLimit: '128Mi' } },
  querier: { grace: 180, replicas: 2, size: { cpu: '100m', memory: '256Mi', memoryLimit: '1Gi' } },
  'query-frontend': { grace: 390, replicas: 2, size: { cpu: '50m', memory: '96Mi', memoryLimit: '512Mi' } },
  // Queriers and frontends connect to every one of them.
  'query-scheduler': { grace: 180, replicas: 2, headless: true, size: { cpu: '20m', memory: '48Mi', memoryLimit: '128Mi' } },
  ruler: { grace: 600, replicas: 2, size: { cpu: '50m', memory: '192Mi', memoryLimit: '768Mi' } },
});

{
  ports:: ports,
  // Locals of the file are computed once, fields at each access.
  monolithic:: monolithic,
  microservices:: microservices,
}
