// Alerts and the dashboard. Names of metrics: cmd/ghalistener/metrics and controllers/actions.github.com/metrics of
// gha-runner-scale-set 0.14.2.
local grafana = import '../grafana/dashboard.libsonnet';

local alert(name, expression, after, severity, summary) = {
  alert: name,
  expr: expression,
  'for': after,
  labels: { severity: severity },
  annotations: { summary: summary },
};

{
  alerts:: [{
    name: 'actions-runners',
    rules: [
      alert(
        'ActionsListenerGone',
        'sum by (cluster, name) (gha_controller_running_listeners) == 0',
        '15m',
        'critical',
        'Nobody listens for jobs of the scale set {{ $labels.name }}: they stay queued. The log of the controller says why.'
      ),
      alert(
        'ActionsRunnersFail',
        'sum by (cluster, name) (gha_controller_failed_ephemeral_runners) > 0',
        '15m',
        'warning',
        'Runners of the scale set {{ $labels.name }} could not start.'
      ),
      alert(
        'ActionsRunnersWait',
        'sum by (cluster, name) (gha_controller_pending_ephemeral_runners) > 0',
        '30m',
        'warning',
        'Runners of the scale set {{ $labels.name }} find no room: see the quota, and events of their namespace.'
      ),
      alert(
        'ActionsRunnersFull',
        'sum by (cluster, name) (gha_assigned_jobs) > sum by (cluster, name) (gha_max_runners)',
        '1h',
        'info',
        'Jobs have waited for a runner of {{ $labels.name }} for an hour: raise maxRunners and runners.quota.'
      ),
    ],
  }],

  local set = '{cluster="$cluster"}',
  dashboard:: grafana.dashboard('actions-runners', 'GitHub Actions runners', [
    grafana.row('Runners', [
      grafana.stat('Jobs assigned', 'none', 'sum(gha_assigned_jobs%s)' % set),
      grafana.stat('Runners busy', 'none', 'sum(gha_busy_runners%s)' % set),
      grafana.timeseries('By scale set', 'none', [
        { query: 'sum by (name) (gha_registered_runners%s)' % set, legend: '{{name}} registered' },
        { query: 'sum by (name) (gha_max_runners%s)' % set, legend: '{{name}} at most' },
      ]),
    ]),
    grafana.row('Jobs', [
      grafana.timeseries('Completed, by result', 'cpm', [{ query: 'sum by (job_result) (rate(gha_completed_jobs_total%s[$__rate_interval])) * 60' % set, legend: '{{job_result}}' }]),
      grafana.timeseries('Time until a job starts', 's', [{ query: 'histogram_quantile(0.9, sum by (le) (rate(gha_job_startup_duration_seconds_bucket%s[$__rate_interval])))' % set, legend: '0.9' }]),
      grafana.timeseries('Duration of a job', 's', [{ query: 'histogram_quantile(0.9, sum by (le) (rate(gha_job_execution_duration_seconds_bucket%s[$__rate_interval])))' % set, legend: '0.9' }]),
    ]),
    grafana.row('Controller', [
      grafana.timeseries('Runners as the controller sees them', 'none', [
        { query: 'sum(gha_controller_%s_ephemeral_runners%s)' % [state, set], legend: state }
        for state in ['pending', 'running', 'failed']
      ]),
    ]),
  ]),
}
