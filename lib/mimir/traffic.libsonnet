// Who calls whom. gRPC goes from pod to pod by the addresses in the rings.
local targets = import '../component/targets.libsonnet';

function(this)
  local zonesOf(group) = targets.inGroup(this.targets, group);
  local grpc(from, to) = [{ from: from, to: to, port: 'grpc' }];
  local stores(list) = [this.storage.calledBy(list, 's3')];
  local cached(list, purposes) =
    local caches = [this.cacheRole(purpose) for purpose in purposes if this.caches[purpose] != null];
    if caches == [] then [] else [{ from: list, to: caches, port: 'memcached' }];
  local notifies(role) = if this.notificationPorts == [] then [] else [{ from: role, to: 'outside', port: this.notificationPorts }];

  if this.isMonolithic then
    [{ from: 'mimir', to: 'mimir', port: ['gossip', 'grpc', 'http'] }]
    + stores(['mimir'])
    + cached(['mimir'], ['chunks', 'index', 'metadata', 'results'])
    + notifies('mimir')
  else
    local ingesters = zonesOf('ingester');
    local gateways = zonesOf('store-gateway');
    targets.gossipCalls(this.parts.members)
    + grpc(['distributor', 'querier', 'ruler'], ingesters)
    + grpc(['querier', 'ruler'], gateways)
    + grpc(['querier', 'query-frontend'], ['query-scheduler'])
    // The querier sends the answer to the frontend that asked; the scheduler tells it when a query waited for too long.
    + grpc(['querier', 'query-scheduler'], ['query-frontend'])
    + grpc(['ruler'], ['ruler'])
    + grpc(['alertmanager'], ['alertmanager'])
    + [{ from: 'ruler', to: 'alertmanager', port: 'http' }]
    + notifies('alertmanager')
    + stores(['alertmanager', 'compactor', 'querier', 'ruler'] + ingesters + gateways)
    + cached(['querier', 'ruler'] + gateways, ['chunks', 'index', 'metadata'])
    + cached(['query-frontend'], ['results'])
