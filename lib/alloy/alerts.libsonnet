// Whether anything is watching: rules about the collection itself. Those about what is collected are the components' own.
local alert(name, expression, after, severity, summary) = {
  alert: name,
  expr: expression,
  'for': after,
  labels: { severity: severity },
  annotations: { summary: summary },
};

function(this) {
  metrics: [
    {
      name: 'collection',
      rules: [
        // It always fires. What receives alerts should miss it when it ends.
        alert('Watchdog', 'vector(1)', '0m', 'none', 'Alerts are evaluated and sent.'),
        alert('TargetDown', 'up == 0', '15m', 'warning', '{{ $labels.job }}: {{ $labels.instance }} gives no metrics.'),
        alert(
          'MetricsNotStored',
          'sum by (cluster, job) (rate(prometheus_remote_storage_samples_failed_total[5m])) > 0',
          '15m',
          'critical',
          'Metrics of {{ $labels.job }} are lost: Mimir refuses them.'
        ),
        alert(
          'MetricsLate',
          |||
            max by (cluster, job, pod) (
              prometheus_remote_storage_highest_timestamp_in_seconds
              - ignoring (url, remote_name) group_right () prometheus_remote_storage_queue_highest_sent_timestamp_seconds
            ) > 300
          |||,
          '15m',
          'warning',
          'Metrics of {{ $labels.pod }} are more than five minutes behind.'
        ),
        alert(
          'LogsNotStored',
          'sum by (cluster, job) (rate(loki_write_dropped_entries_total[5m])) > 0',
          '15m',
          'critical',
          'Logs of {{ $labels.job }} are lost: Loki refuses them.'
        ),
        alert(
          'CollectorUnhealthy',
          'sum by (cluster, job, pod) (alloy_component_controller_running_components{health_type!="healthy"}) > 0',
          '15m',
          'warning',
          'A part of the configuration of {{ $labels.pod }} does not work.'
        ),
      ],
    },
  ],
  logs: [],
}
