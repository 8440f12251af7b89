// Who calls whom. gRPC goes from pod to pod by the addresses in the rings.
local targets = import '../component/targets.libsonnet';

function(this)
  local grpc(from, to) = [{ from: from, to: to, port: 'grpc' }];
  local stores(list) = [this.storage.calledBy(list, 's3')];
  local cached(list, purposes) =
    local caches = [this.cacheRole(purpose) for purpose in purposes if this.caches[purpose] != null];
    if caches == [] then [] else [{ from: list, to: caches, port: 'memcached' }];
  local rules(role) = if this.mimir == null then [] else [this.mimir.calledBy(role, 'push'), this.mimir.calledBy(role, 'alertmanager')];

  if this.isMonolithic then
    [{ from: 'loki', to: 'loki', port: ['gossip', 'grpc', 'http'] }]
    + stores(['loki'])
    + cached(['loki'], ['chunks', 'results'])
    + rules('loki')
  else
    local ingesters = targets.inGroup(this.targets, 'ingester');
    targets.gossipCalls(this.parts.members)
    + grpc(['distributor', 'querier', 'ruler'], ingesters)
    + grpc(['querier', 'ruler'], ['index-gateway'])
    // What was asked to be deleted is left out of answers before it is.
    + grpc(['querier', 'query-frontend', 'ruler'], ['compactor'])
    + grpc(['querier', 'query-frontend'], ['query-scheduler'])
    // The querier sends the answer to the frontend that asked; the scheduler tells it when a query waited for too long.
    + grpc(['querier', 'query-scheduler'], ['query-frontend'])
    + grpc(['ruler'], ['ruler'])
    // Following a log goes from the frontend to a querier directly.
    + [{ from: 'query-frontend', to: 'querier', port: 'http' }]
    + stores(['compactor', 'index-gateway', 'querier', 'ruler'] + ingesters)
    + cached(['querier', 'ruler'] + ingesters, ['chunks'])
    + cached(['query-frontend'], ['results'])
    + rules('ruler')
