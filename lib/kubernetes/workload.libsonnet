// Workloads with hardened pods. Complete them with `spec+: { template+: { spec+: { containers: [...] } } }`.
local mesh = import '../component/mesh.libsonnet';

// Pods of one workload go to different zones and nodes where there are any; on one node they still all start.
local spread(selector) = [
  {
    maxSkew: 1,
    topologyKey: key,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selector },
  }
  for key in ['topology.kubernetes.io/zone', 'kubernetes.io/hostname']
];

local architectures(cluster) =
  if cluster.architectures == [] then {} else {
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{
      matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: cluster.architectures }],
    }] } } },
  };

{
  // podTemplate(this, role) -> { metadata, spec } of a hardened pod.
  podTemplate(this, role):: {
    local annotations = mesh.annotations(this, role),
    metadata: { labels: $.labels(this, role), [if annotations != {} then 'annotations']: annotations },
    spec: {
      automountServiceAccountToken: this.workload(role).apiAccess,
      // Service variables in the environment are a relic, and clash with the variables of some programs.
      enableServiceLinks: false,
      [if this.cluster.registry.pullSecrets != [] then 'imagePullSecrets']: [{ name: name } for name in this.cluster.registry.pullSecrets],
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      priorityClassName: this.priority,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      serviceAccountName: this.workloadName(role),
      [if this.highlyAvailable then 'topologySpreadConstraints']: spread($.selector(this, role)),
    } + architectures(this.cluster),
  },

  local workload(this, apiVersion, kind, role) = $.object(this, apiVersion, kind, this.workloadName(role), role) {
    spec: { template: $.podTemplate(this, role) },
  },

  // deployment(this, role) -> a Deployment with `replicas[role]` pods.
  deployment(this, role):: workload(this, 'apps/v1', 'Deployment', role) {
    spec+: {
      replicas: this.replicas[role],
      revisionHistoryLimit: 3,
      selector: { matchLabels: $.selector(this, role) },
    },
  },

  // statefulSet(this, role) -> a StatefulSet with `replicas[role]` pods; its headless Service has the workload's name.
  statefulSet(this, role):: workload(this, 'apps/v1', 'StatefulSet', role) {
    spec+: {
      replicas: this.replicas[role],
      revisionHistoryLimit: 3,
      selector: { matchLabels: $.selector(this, role) },
      serviceName: this.workloadName(role),
    },
  },

  // daemonSet(this, role) -> a DaemonSet.
  daemonSet(this, role):: workload(this, 'apps/v1', 'DaemonSet', role) {
    spec+: {
      revisionHistoryLimit: 3,
      selector: { matchLabels: $.selector(this, role) },
      // Every node has its pod already: spreading says nothing.
      template+: { spec+: { topologySpreadConstraints:: null } },
    },
  },

  // job(this, role) -> a Job. One that Argo CD should run at each sync is a hook: see hook().
  job(this, role):: workload(this, 'batch/v1', 'Job', role) {
    spec+: { backoffLimit: 3, template+: { spec+: { restartPolicy: 'OnFailure' } } },
  },

  // hook(phase) -> metadata of an Argo CD hook ('PreSync', 'Sync', 'PostSync'), replaced at each sync.
  hook(phase):: {
    metadata+: { annotations+: {
      'argocd.argoproj.io/hook': phase,
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    } },
  },

  // wave(number) -> metadata that orders an object inside its app; lower numbers come first, the default is 0.
  wave(number):: {
    metadata+: { annotations+: { 'argocd.argoproj.io/sync-wave': std.toString(number) } },
  },
}
