// What runs in each mode. Termination grace: upstream's chart. Requests: those of a personal cluster, of some GiB of logs a day.
local targets = import '../component/targets.libsonnet';

local ports = { gossip: 7946, grpc: 9095, http: 3100 };

local monolithic = targets.declare(ports, {
  loki: { target: 'all', kind: 'statefulSet', grace: 300, volume: true, size: { cpu: '75m', memory: '320Mi', memoryLimit: '1Gi' } },
});

local zoned = targets.perZone('ingester', { grace: 300, volume: true, size: { cpu: '75m', memory: '320Mi', memoryLimit: '1Gi' } });

local distributed = targets.declare(ports, zoned {
  compactor: { kind: 'statefulSet', volume: '2Gi', size: { cpu: '20m', memory: '96Mi', memoryLimit: '768Mi' } },
  distributor: { replicas: 2, size: { cpu: '50m', memory: '96Mi', memoryLimit: '384Mi' } },
  'index-gateway': { kind: 'statefulSet', grace: 300, volume: '2Gi', replicas: 2, size: { cpu: '20m', memory: '96Mi', memoryLimit: '384Mi' } },
  querier: { replicas: 2, size: { cpu: '75m', memory: '192Mi', memoryLimit: '1Gi' } },
  'query-frontend': { replicas: 2, size: { cpu: '20m', memory: '64Mi', memoryLimit: '256Mi' } },
  // Queriers and frontends connect to every one of them.
  'query-scheduler': { replicas: 2, headless: true, size: { cpu: '10m', memory: '48Mi', memoryLimit: '128Mi' } },
  ruler: { kind: 'statefulSet', grace: 300, volume: '1Gi', replicas: 2, size: { cpu: '20m', memory: '96Mi', memoryLimit: '512Mi' } },
});

{
  ports:: ports,
  // Locals of the file are computed once, fields at each access.
  monolithic:: monolithic,
  distributed:: distributed,
}
