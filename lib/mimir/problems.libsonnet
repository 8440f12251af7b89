// Mistakes that have the right type.
local api = import '../component/api.libsonnet';
local targets = import '../component/targets.libsonnet';

function(this)
  local when(condition, problem) = if condition then [problem] else [];
  local tenancy = this.cluster.tenancy;

  when(
    this.isMonolithic && std.member([0, 2], this.replicas.mimir),
    'replicas.mimir: 1, or 3 and more: of two neither is the majority that a write needs'
  )
  + when(!this.isMonolithic && std.length(this.cluster.zones) != 0 && std.length(this.cluster.zones) != 3, 'mode: "microservices" keeps copies in three zones; the cluster names %d: %s' % [std.length(this.cluster.zones), std.join(', ', this.cluster.zones)])
  + when(!this.isMonolithic && this.replicas.compactor == 0, 'replicas.compactor: without one nothing is ever deleted, and queries do not learn of new blocks')
  + [
    'overrides.%s: the cluster has no tenants; set tenancy.enabled, or write the limit into limits' % tenant
    for tenant in std.objectFields(this.overrides)
    if !tenancy.enabled && tenant != 'anonymous'
  ]
  + [
    'limits.%s: set retention instead' % limit
    for limit in ['compactor_blocks_retention_period']
    if std.objectHas(this.limits, limit)
  ]
  + targets.problems('limits', this.limits)
  + api.problems(this)
  + this.storage.problemsOf(this.name)
