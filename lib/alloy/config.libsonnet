// The collector's configuration, by file. Names and arguments: the reference of Alloy 1.19.

function(this) {
  logging: { logging: { level: this.logLevel, format: 'json' } },
  stores: this.stores.blocks,
  components: if this.stores.mimir == null then {} else (import 'component-metrics.libsonnet')(this),
  kubernetes: if this.stores.mimir == null then {} else (import 'kubernetes-metrics.libsonnet')(this),
  mesh: if this.stores.mimir == null || !this.cluster.has('linkerd') then {} else (import 'mesh-metrics.libsonnet')(this),
  otlp: (import 'otlp.libsonnet')(this),
  rules: (import 'rules.libsonnet').blocks(this),
  events: if this.stores.loki == null || !this.events then {} else {
    'loki.source.kubernetes_events "events"': {
      job_name: this.jobs.events,
      log_format: 'logfmt',
      clustering: { enabled: true },
      forward_to: this.stores.logs,
    },
  },
  extra: this.extraConfig,
}
