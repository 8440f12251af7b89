// A job that tells the makers of Linkerd its version, once a day, with some figures that it asks Mimir for where there is one.
local k = import '../kubernetes/main.libsonnet';
local token = import 'token.libsonnet';

function(this)
  local mimir = this.metrics;
  local job = k.job(this, 'heartbeat') {
    spec+: {
      template+: { spec+: {
        automountServiceAccountToken: false,
        containers: [
          k.container(this, 'heartbeat', this.images.controller) {
            args: [
              'heartbeat',
              '-controller-namespace=' + this.namespace,
              '-log-level=' + this.logLevel,
              '-log-format=' + this.logFormat,
            ] + (if mimir == null then [] else ['-prometheus-url=' + mimir.queryURL]),
            env: k.env({ LINKERD_DISABLED: 'the heartbeat controller does not use the proxy' }),
            securityContext+: { runAsUser: 2103 },
            volumeMounts: [token.mount],
          },
        ],
        volumes: [token.volume],
      } },
    },
  };
  {
    cronJob: k.object(this, 'batch/v1', 'CronJob', this.workloadName('heartbeat'), 'heartbeat') {
      spec: {
        concurrencyPolicy: 'Replace',
        // The chart takes the minute of the installation; here it comes from Git.
        schedule: '37 4 * * *',
        timeZone: 'Etc/UTC',
        successfulJobsHistoryLimit: 0,
        jobTemplate: { spec: job.spec },
      },
    },
    access: k.roleWithBinding(this, this.workloadName('heartbeat'), 'heartbeat', [
      { apiGroups: [''], resources: ['configmaps'], resourceNames: [this.configName], verbs: ['get'] },
    ]) + k.clusterRoleWithBinding(this, this.workloadName('heartbeat'), 'heartbeat', [
      { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
      { apiGroups: ['linkerd.io'], resources: ['serviceprofiles'], verbs: ['list'] },
    ]),
  }
