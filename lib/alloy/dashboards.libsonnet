// The cluster at a glance: what its nodes have, who uses it, and what does not run.
local grafana = import '../grafana/dashboard.libsonnet';

function(this) if this.stores.mimir == null then {} else {
  Cluster: {
    overview: grafana.dashboard('cluster-overview', 'Overview', [
      grafana.row('Now', [
        grafana.stat('Nodes', 'none', 'sum(kube_node_status_condition{cluster="$cluster", condition="Ready", status="true"})'),
        grafana.stat('Pods that run', 'none', 'sum(kube_pod_status_phase{cluster="$cluster", phase="Running"})'),
        grafana.stat('Pods that wait or failed', 'none', 'sum(kube_pod_status_phase{cluster="$cluster", phase=~"Pending|Failed|Unknown"})'),
        grafana.stat('Restarts in an hour', 'none', 'sum(increase(kube_pod_container_status_restarts_total{cluster="$cluster"}[1h]))'),
        grafana.stat('Targets without metrics', 'none', 'count(up{cluster="$cluster"} == 0) or vector(0)'),
        grafana.stat('Alerts', 'none', 'count(ALERTS{cluster="$cluster", alertstate="firing", alertname!="Watchdog"}) or vector(0)'),
      ], height=4),
      grafana.row('Nodes', [
        grafana.timeseries('CPU', 'percentunit', [{
          query: '1 - avg by (instance) (rate(node_cpu_seconds_total{cluster="$cluster", mode="idle"}[$__rate_interval]))',
          legend: '{{instance}}',
        }]),
        grafana.timeseries('Memory', 'percentunit', [{
          query: '1 - node_memory_MemAvailable_bytes{cluster="$cluster"} / node_memory_MemTotal_bytes{cluster="$cluster"}',
          legend: '{{instance}}',
        }]),
        grafana.timeseries('File systems', 'percentunit', [{
          query: '1 - node_filesystem_avail_bytes{cluster="$cluster", fstype!="tmpfs"} / node_filesystem_size_bytes{cluster="$cluster", fstype!="tmpfs"}',
          legend: '{{instance}} {{mountpoint}}',
        }]),
        grafana.timeseries('Network', 'Bps', [
          {
            query: 'sum by (instance) (rate(node_network_receive_bytes_total{cluster="$cluster"}[$__rate_interval]))',
            legend: '{{instance}} in',
          },
          {
            query: '-sum by (instance) (rate(node_network_transmit_bytes_total{cluster="$cluster"}[$__rate_interval]))',
            legend: '{{instance}} out',
          },
        ]),
      ]),
      grafana.row('Requested of what the nodes can give', [
        grafana.timeseries('CPU', 'percentunit', [{
          query: 'sum(kube_pod_container_resource_requests{cluster="$cluster", resource="cpu"}) / sum(kube_node_status_allocatable{cluster="$cluster", resource="cpu"})',
          legend: 'requested',
        }]),
        grafana.timeseries('Memory', 'percentunit', [{
          query: 'sum(kube_pod_container_resource_requests{cluster="$cluster", resource="memory"}) / sum(kube_node_status_allocatable{cluster="$cluster", resource="memory"})',
          legend: 'requested',
        }]),
      ], height=6),
      grafana.row('By namespace', [
        grafana.timeseries('CPU', 'short', [{
          query: 'sum by (namespace) (rate(container_cpu_usage_seconds_total{cluster="$cluster", container!=""}[$__rate_interval]))',
          legend: '{{namespace}}',
        }]),
        grafana.timeseries('Memory', 'bytes', [{
          query: 'sum by (namespace) (container_memory_working_set_bytes{cluster="$cluster", container!=""})',
          legend: '{{namespace}}',
        }]),
        grafana.timeseries('Metrics (series)', 'short', [{
          query: 'sum by (job) (scrape_samples_post_metric_relabeling{cluster="$cluster"})',
          legend: '{{job}}',
        }]),
      ]),
    ]),
  },
}
