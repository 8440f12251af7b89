// Mistakes that have the right type.
function(this)
  local when(condition, problem) = if condition then [problem] else [];
  local signIn = this.cluster.signIn;
  local needed = [role for role in ['application-controller', 'repo-server'] if !this.runs(role)];

  when(needed != [] && this.name == 'argo-cd', 'run: without %s nothing in Git is applied any more, this setting included; turn the whole component off instead' % std.join(' and ', needed))
  + when(this.connectors != [] && signIn != null, 'connectors: the cluster signs people in at %s already; set its signIn to null, or leave the connectors out' % (if signIn == null then '' else signIn.issuer))
  + when(this.signInSecret != null && signIn == null, 'signInSecret: the cluster has no signIn that it could belong to')
  + when(!this.admin && signIn == null && this.connectors == [] && this.runs('server'), 'admin: nobody could sign in; set signIn of the cluster, or connectors, or leave admin on')
  + when(this.redis == 'external' && this.redisAddress == null, 'redisAddress: set it to host:port, since redis is "external"')
  + when(this.redisAddress != null && std.length(std.split(this.redisAddress, ':')) != 2, 'redisAddress: expected host:port, found "%s"' % this.redisAddress)
  + when(this.redis != 'external' && this.redisAddress != null, 'redisAddress: only an external Redis has one; set redis to "external"')
  + when(this.parallelism == 0, 'parallelism: 0 would allow any number at once; one environment that never ends would take the others with it')
  + when(this.redis == 'replicated' && (this.replicas['redis-ha'] < 3 || this.replicas['redis-ha'] % 2 == 0), 'replicas.redis-ha: an odd number, 3 or more, can elect a master')
  + [
    'replicas.%s: it keeps what it knows in memory, or would do everything twice; leave it at 1' % role
    for role in ['dex-server', 'notifications-controller', 'redis']
    if std.objectHas(this.replicas, role) && this.replicas[role] > 1
  ]
