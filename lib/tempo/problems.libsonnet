// Mistakes that have the right type.
local api = import '../component/api.libsonnet';
local targets = import '../component/targets.libsonnet';
local k = import '../kubernetes/main.libsonnet';

function(this)
  local when(condition, problem) = if condition then [problem] else [];
  local kafka = this.kafka;

  when(!this.isMonolithic && kafka == null, 'kafka: mode "microservices" of Tempo 3 keeps traces in Kafka until they are stored; set its address and topic, or leave mode at "monolithic"')
  + when(this.isMonolithic && kafka != null, 'kafka: mode "monolithic" has no use for it; set mode to "microservices", or kafka to null')
  + when(kafka != null && std.length(std.split(kafka.address, ':')) != 2, 'kafka.address: expected host:port, found "%s"' % (if kafka == null then '' else kafka.address))
  + when(kafka != null && this.partitions == 0, 'kafka.partitions: a topic has one at least')
  + when(this.isMonolithic && this.replicas.tempo != 1, 'replicas.tempo: one, never more: two would both schedule what is deleted; mode "microservices" has more')
  + [
    'replicas.%s: %d pods for %d partitions; leave it to kafka.partitions' % [role, this.replicas[role], this.partitions]
    for role in std.objectFields(this.targets)
    if (role == 'block-builder' || this.targets[role].zone != null) && this.replicas[role] != this.partitions
  ]
  + when(!this.isMonolithic && this.replicas['backend-scheduler'] != 1, 'replicas.backend-scheduler: one, never more: two would both schedule what is deleted')
  // It looks for new blocks every five minutes: what is deleted sooner could still be asked for.
  + when(k.quantity.seconds(this.retention) < 3600, 'retention: %s is below 1h: queries may still read a block that is gone' % this.retention)
  + when(!this.isMonolithic && std.length(this.cluster.zones) == 1, 'mode: "microservices" keeps the newest traces in two zones; the cluster names one')
  + [
    'overrides.%s: the cluster has no tenants; set tenancy.enabled, or write the limit into limits' % tenant
    for tenant in std.objectFields(this.overrides)
    if !this.cluster.tenancy.enabled && tenant != 'single-tenant'
  ]
  + targets.problems('limits', this.limits)
  + api.problems(this)
  + this.storage.problemsOf(this.name)
