// GitLab Runner with its executor for Kubernetes: a manager that asks GitLab for jobs, and a pod for each job, in a namespace
// of their own.
local component = import '../component/main.libsonnet';
local peers = import '../component/peers.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local config = import 'config.libsonnet';
local security = import 'security.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'gitlab-runner',
  image:: versions['gitlab-runner'],
  jobImage:: k.image(this, versions['gitlab-runner-job']),

  // Pods of jobs have no size here: `jobs.size` is theirs.
  '#size'+:: { node+: { keys: ['manager'] } },
  size: { manager: if this.highlyAvailable then { cpu: '20m', memory: '96Mi', memoryLimit: '512Mi' } else { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' } },

  // ---- wiring ----

  workloads:: {
    manager: { name: this.prefix, ports: { metrics: 9252 }, apiAccess: true },
    // The manager makes these pods, with the labels that policies know them by.
    job: { namespace: this.jobs.namespace, replicated: false, mesh: { outside: 'It runs what others wrote, and is over when its containers are.' } },
  },

  urlPort:: peers.portOf(this.url),
  needs:: if this.cache.enabled then ['object-storage'] else [],
  storage:: this.cluster.get('object-storage'),
  buckets:: if this.cache.enabled then { cache: { holds: 'caches of jobs' } } else {},

  calls:: [{ from: 'manager', to: place.peer, port: place.ports } for place in this.reach]
          + [{ from: 'job', to: place.peer, port: place.ports } for place in this.jobs.reach]
          // The manager signs addresses for it; the job itself reads and writes.
          + (
            if !this.cache.enabled then []
            else if this.storage.server.enabled then [this.storage.calledBy('job', 's3')]
            else [{ from: 'job', to: this.cache.peer, port: peers.portOf((if this.storage.location.insecure then 'http://' else 'https://') + this.storage.location.endpoint) }]
          ),
  scrape:: [{ workload: 'manager', port: 'metrics' }],
  secrets:: config.secrets(this),
  problems:: (import 'problems.libsonnet')(this),

  namespaces:: {
    [this.jobs.namespace]: {
      podSecurity: security.of(this.jobs.security).podSecurity,
      quota: this.jobs.quota,
      limits: (import 'bounds.libsonnet')(this),
    },
  },

  local monitoring = import 'monitoring.libsonnet',
  ruleGroups:: { logs: [], metrics: monitoring.alerts },
  dashboards:: { CI: { 'gitlab-runner': monitoring.dashboard } },

  // config.toml; an environment adds what there is no setting for: `'gitlab-runner'+: { config+:: { sentry_dsn: … } }`.
  config:: config.of(this),

  resources+:: {
    config: { manager: k.configMap(this, this.prefix, { 'config.toml': std.manifestTomlEx(this.config, '  ') + '\n' }) },
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
  },
}
