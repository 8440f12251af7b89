// Mistakes that have the right type.
local api = import '../component/api.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';

// '2024-04-01' -> is it a day?
local isDay(text) =
  local parts = std.split(text, '-');
  local digits(part, count) = std.length(part) == count && std.lstripChars(part, '0123456789') == '';
  std.length(parts) == 3 && digits(parts[0], 4) && digits(parts[1], 2) && digits(parts[2], 2);

function(this)
  local when(condition, problem) = if condition then [problem] else [];
  local days = [entry.from for entry in this.schema];

  when(
    this.isMonolithic && std.member([0, 2], this.replicas.loki),
    'replicas.loki: 1, or 3 and more: of two neither is the majority that a write needs'
  )
  + when(!this.isMonolithic && std.length(this.cluster.zones) != 0 && std.length(this.cluster.zones) != 3, 'mode: "distributed" keeps copies in three zones; the cluster names %d: %s' % [std.length(this.cluster.zones), std.join(', ', this.cluster.zones)])
  + when(!this.isMonolithic && this.replicas.compactor != 1, 'replicas.compactor: one, never more: two would delete from the same index')
  // The index is cut by day: Loki deletes nothing sooner.
  + when(this.retention != null && k.quantity.seconds(this.retention) < 86400, 'retention: %s is below 24h: the index is cut by day' % this.retention)
  + when(this.schema == [], 'schema: without an entry Loki knows no place for its index')
  + ['schema: "%s" is no day; write it as 2024-04-01' % day for day in days if !isDay(day)]
  + when(std.sort(days) != days || std.set(days) != days, 'schema: its days must follow one another')
  + [
    'overrides.%s: the cluster has no tenants; set tenancy.enabled, or write the limit into limits' % tenant
    for tenant in std.objectFields(this.overrides)
    if !this.cluster.tenancy.enabled && tenant != 'fake'
  ]
  + when(std.objectHas(this.limits, 'retention_period'), 'limits.retention_period: set retention instead')
  + when(this.canary && !this.cluster.has('alloy-node'), 'canary: alloy-node is off, which collects its log; turn it on, or the canary off')
  + targets.problems('limits', this.limits)
  + api.problems(this)
  + this.storage.problemsOf(this.name)
