// Who calls whom.
local peers = import '../component/peers.libsonnet';

function(this)
  local when(role, calls) = if this.runs(role) then [call { from: role } for call in calls] else [];
  local cache = if this.redisRole != null then [{
    to: this.redisRole,
    port: std.objectFields(this.workload(this.redisRole).ports),
  }] else [{ to: 'outside', port: peers.portOf('redis://' + this.redisAddress) }];
  local renderer = if this.runs('repo-server') then [{ to: 'repo-server', port: 'grpc' }] else [];

  // Ports of what the setting `credentials` names.
  local ports(isCluster) = std.set([
    peers.portOf(said.url)
    for said in std.objectValues(this.credentials)
    if (said.kind == 'cluster') == isCluster
  ]);
  local outside(numbers) = if numbers == [] then [] else [{ to: 'outside', port: numbers }];
  local signIn = this.cluster.signIn;

  // The repository, at a Git host or on this machine.
  local git = if this.cluster.has('git-server') then this.cluster.get('git-server').calledBy('repo-server', 'git') else { to: 'git' };

  when('application-controller', renderer + cache + outside(ports(true)))
  + when('repo-server', [git] + cache + outside(ports(false)))
  + when(
    'server',
    renderer + cache + outside(std.set(
      ports(true) + (if signIn == null then [] else [peers.portOf(signIn.issuer)])
    )) + (if this.runs('dex-server') then [{ to: 'dex-server', port: ['grpc', 'http'] }] else [])
  )
  // Whoever knows people, and whoever hosts Git or is notified, may lie in the house.
  + when('dex-server', [{ to: 'outside', port: 443 }])
  + when('applicationset-controller', renderer + [{ to: 'outside', port: 443 }])
  + when('notifications-controller', renderer + [{ to: 'outside', port: this.notificationPorts }])
  + (if this.redisRole == null then [] else [{ from: this.redisRole, to: 'api-server' }])
  + (if this.redis == 'replicated' then [{ from: 'redis-ha', to: 'redis-ha', port: ['redis', 'sentinel'] }] else [])
