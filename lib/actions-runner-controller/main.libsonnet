// Runners of GitHub Actions that come when there are jobs: the controller of runner scale sets, and the scale sets.
local component = import '../component/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local modes = import 'container-modes.libsonnet';
local scaleSets = import 'scale-sets.libsonnet';

component + (import 'settings.libsonnet') {
  local this = self,

  name: 'actions-runner-controller',
  image:: versions['actions-runner-controller'],
  runnerImage:: k.image(this, versions['actions-runner']),

  // Runners have no size here: `runners.size` is theirs.
  '#size'+:: { node+: { keys: ['controller', 'listener'] } },
  size: {
    controller: if this.highlyAvailable then { cpu: '20m', memory: '96Mi', memoryLimit: '512Mi' } else { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' },
    listener: { cpu: '5m', memory: '32Mi', memoryLimit: '128Mi' },
  },

  // ---- wiring ----

  runsPods:: modes.runsPods(this),

  // The controller makes all pods but its own, with the labels that policies know them by.
  local started = { replicated: false, mesh: { outside: 'Its pods come and go with the jobs, and none calls another.' } },
  local ofRunners = started { namespace: this.runners.namespace },
  workloads:: {
    controller: { name: this.prefix, ports: { metrics: 8080, probes: 8081 }, apiAccess: true },
    listener: started { ports: { metrics: 8080 }, apiAccess: true, serviceAccount: false },
    runner: ofRunners,
  } + (
    if !this.runsPods then {}
    else { 'kubernetes-runner': ofRunners { apiAccess: true }, workflow: ofRunners }
  ),

  calls:: [
    { from: role, to: place.peer, port: place.ports }
    for role in ['controller', 'listener']
    for place in this.reach
  ] + [
    { from: role, to: place.peer, port: place.ports }
    for role in std.objectFields(this.workloads)
    if !std.member(['controller', 'listener'], role)
    for place in this.runners.reach
  ],
  scrape:: [{ workload: role, port: 'metrics' } for role in ['controller', 'listener']],
  startedPods:: scaleSets.startedPods(this),
  secrets:: (import 'credentials.libsonnet')(this),
  problems:: (import 'problems.libsonnet')(this),

  namespaces:: {
    [this.runners.namespace]: {
      podSecurity: modes.podSecurity(this),
      quota: this.runners.quota,
      limits: [{
        type: 'Container',
        defaultRequest: { cpu: '50m', memory: '64Mi', 'ephemeral-storage': '10Mi' },
        default: { memory: '512Mi', 'ephemeral-storage': this.runners.storage },
        max: { 'ephemeral-storage': this.runners.storage },
      }],
    },
  },

  local monitoring = import 'monitoring.libsonnet',
  ruleGroups:: { logs: [], metrics: monitoring.alerts },
  dashboards:: { CI: { 'actions-runners': monitoring.dashboard } },

  crds:: [
    std.parseJson(importstr 'crds/autoscalinglisteners.actions.github.com.json'),
    std.parseJson(importstr 'crds/autoscalingrunnersets.actions.github.com.json'),
    std.parseJson(importstr 'crds/ephemeralrunners.actions.github.com.json'),
    std.parseJson(importstr 'crds/ephemeralrunnersets.actions.github.com.json'),
  ],
  clusterKinds:: if !this.watchAllNamespaces then [] else [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
    scaleSets: scaleSets.manifests(this),
    [if this.runsPods then 'podTemplate']: modes.podTemplate(this),
  },
}
