// Who calls whom. gRPC goes from pod to pod by the addresses in the rings.
local peers = import '../component/peers.libsonnet';
local targets = import '../component/targets.libsonnet';

function(this)
  local grpc(from, to) = [{ from: from, to: to, port: 'grpc' }];
  local stores(list) = [this.storage.calledBy(list, 's3')];
  local cached(list) =
    local caches = [this.cacheRole(purpose) for purpose in this.cachePurposes];
    if caches == [] then [] else [{ from: list, to: caches, port: 'memcached' }];
  local remembers(role) = if this.mimir == null then [] else [this.mimir.calledBy(role, 'push')];
  local queues(list) =
    if this.kafka == null then []
    else if std.objectHas(this.kafka, 'service') then
      local service = this.kafka.service;
      [{ from: list, to: { component: service.component, workload: service.workload }, port: service.port }]
    else [{ from: list, to: 'outside', port: peers.portOf('kafka://' + this.kafka.address) }];

  if this.isMonolithic then
    [{ from: 'tempo', to: 'tempo', port: ['gossip', 'grpc'] }]
    + stores(['tempo'])
    + cached(['tempo'])
    + remembers('tempo')
  else
    local liveStores = [role for role in std.objectFields(this.targets) if this.targets[role].group == 'live-store'];
    local generators = if this.metrics == [] then [] else ['metrics-generator'];
    targets.gossipCalls(this.parts.members)
    + queues(['block-builder', 'distributor'] + liveStores + generators)
    + grpc(['querier'], ['query-frontend'])
    + grpc(['querier'], liveStores)
    + grpc(['backend-worker'], ['backend-scheduler'])
    + stores(['backend-scheduler', 'backend-worker', 'block-builder', 'querier', 'query-frontend'] + liveStores)
    + cached(['backend-worker', 'block-builder', 'querier', 'query-frontend'] + liveStores)
    + std.flatMap(remembers, generators)
