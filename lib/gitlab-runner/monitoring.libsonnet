// Alerts and the dashboard. Names of metrics: commands/builds_helper.go, network/api_requests_collector.go,
// helpers/prometheus/failures_collector.go and commands/multi.go of gitlab-runner 19.3.
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
    name: 'gitlab-runner',
    rules: [
      alert(
        'GitLabRunnerRefused',
        'sum by (cluster, runner) (rate(gitlab_runner_api_request_statuses_total{endpoint="request_job", status=~"401|403"}[10m])) > 0',
        '15m',
        'critical',
        'GitLab refuses the token of the runner {{ $labels.runner }}: it gets no jobs.'
      ),
      alert(
        'GitLabUnreachable',
        // 201: a job, 204: none. What gets no answer at all is not counted.
        'sum by (cluster, runner) (rate(gitlab_runner_api_request_statuses_total{endpoint="request_job", status=~"201|204"}[10m])) == 0',
        '15m',
        'warning',
        'No request for jobs of the runner {{ $labels.runner }} succeeds.'
      ),
      alert(
        'GitLabJobsFailBySystem',
        'sum by (cluster, runner_name) (increase(gitlab_runner_failed_jobs_total{failure_reason=~"runner_system_failure|runner_configuration_error"}[1h])) > 2',
        '0m',
        'warning',
        'Jobs of the runner {{ $labels.runner_name }} fail for reasons that are not theirs: their log says which.'
      ),
      alert(
        'GitLabRunnerFull',
        'sum by (cluster) (gitlab_runner_jobs) >= sum by (cluster) (gitlab_runner_concurrent)',
        '1h',
        'info',
        'All places for jobs have been taken for an hour: others may be waiting. Raise concurrent and jobs.quota.'
      ),
    ],
  }],

  local jobs = '{cluster="$cluster"}',
  dashboard:: grafana.dashboard('gitlab-runner', 'GitLab Runner', [
    grafana.row('Jobs', [
      grafana.stat('Running', 'none', 'sum(gitlab_runner_jobs%s)' % jobs),
      grafana.stat('Places', 'none', 'sum(gitlab_runner_concurrent%s)' % jobs),
      grafana.timeseries('Running by runner', 'none', [{ query: 'sum by (runner_name) (gitlab_runner_jobs%s)' % jobs, legend: '{{runner_name}}' }]),
    ]),
    grafana.row('Outcome', [
      grafana.timeseries('Started', 'cpm', [{ query: 'sum by (runner_name) (rate(gitlab_runner_jobs_total%s[$__rate_interval])) * 60' % jobs, legend: '{{runner_name}}' }]),
      grafana.timeseries('Failed, by reason', 'cpm', [{ query: 'sum by (failure_reason) (rate(gitlab_runner_failed_jobs_total%s[$__rate_interval])) * 60' % jobs, legend: '{{failure_reason}}' }]),
    ]),
    grafana.row('Time', [
      grafana.timeseries('Duration of a job', 's', [
        { query: 'histogram_quantile(%s, sum by (le) (rate(gitlab_runner_job_duration_seconds_bucket%s[$__rate_interval])))' % [quantile, jobs], legend: quantile }
        for quantile in ['0.5', '0.9']
      ]),
      grafana.timeseries('Wait in the queue of GitLab', 's', [
        { query: 'histogram_quantile(0.9, sum by (le) (rate(gitlab_runner_job_queue_duration_seconds_bucket%s[$__rate_interval])))' % jobs, legend: '0.9' },
      ]),
      grafana.timeseries('Requests to GitLab by status', 'reqps', [{ query: 'sum by (status) (rate(gitlab_runner_api_request_statuses_total%s[$__rate_interval]))' % jobs, legend: '{{status}}' }]),
    ]),
  ]),
}
