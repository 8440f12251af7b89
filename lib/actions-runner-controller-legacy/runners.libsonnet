// RunnerDeployments and what scales them.
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';

local apiVersion = 'actions.summerwind.dev/v1alpha1';
local scopes = ['enterprise', 'organization', 'repository'];
local min(said) = std.get(said, 'minReplicas', 1);
local max(said) = std.get(said, 'maxReplicas', 3);
local ofAll(this) = [{ name: name, said: this.runnerDeployments[name] } for name in std.objectFields(this.runnerDeployments)];

local template(this, said) = {
  metadata: { labels: k.selector(this, 'runner') },
  spec: std.mergePatch({
    [field]: said[field]
    for field in scopes + ['group', 'labels']
    if std.objectHas(said, field)
  } + {
    image: k.image(this, versions['actions-runner-legacy']),
    dockerEnabled: std.get(said, 'docker', false),
    automountServiceAccountToken: false,
    serviceAccountName: this.workloadName('runner'),
    enableServiceLinks: false,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    resources: k.resources(this.runners.size) { limits+: { 'ephemeral-storage': '10Gi' } },
    securityContext: { fsGroup: 1001, seccompProfile: { type: 'RuntimeDefault' } },
  }, std.get(said, 'spec', {})),
};

// Scale sets are wave 1 for the same reason: lib/actions-runner-controller/README.md, "Deleting".
local inRunners(this) = k.wave(1) { metadata+: { namespace: this.runners.namespace } };

{
  manifests(this):: {
    [one.name]: {
      deployment: k.object(this, apiVersion, 'RunnerDeployment', one.name) + inRunners(this) + { spec: { template: template(this, one.said) } },
      autoscaler: k.object(this, apiVersion, 'HorizontalRunnerAutoscaler', one.name) + inRunners(this) + { spec: {
        scaleTargetRef: { kind: 'RunnerDeployment', name: one.name },
        minReplicas: min(one.said),
        maxReplicas: max(one.said),
        metrics: [{ type: 'PercentageRunnersBusy', scaleUpThreshold: '0.75', scaleDownThreshold: '0.3', scaleUpFactor: '1.4', scaleDownFactor: '0.7' }],
      } },
    }
    for one in ofAll(this)
  },

  podSecurity(this)::
    if [one for one in ofAll(this) if std.get(one.said, 'docker', false) == true] != []
    then { level: 'privileged', reason: 'Runners run Docker in a privileged container (docker).' }
    else { level: 'baseline', reason: 'The image of the legacy runner becomes root by sudo.' },

  problems(this):: std.flattenArrays([
    local said = [scope for scope in scopes if std.objectHas(one.said, scope)];
    (
      if std.length(said) == 1 then []
      else ['runnerDeployments.%s: set one of %s, whose jobs it runs' % [one.name, std.join(', ', scopes)]]
    )
    + (
      if min(one.said) <= max(one.said) then []
      else ['runnerDeployments.%s.minReplicas: %d is more than maxReplicas, %d' % [one.name, min(one.said), max(one.said)]]
    )
    for one in ofAll(this)
  ]) + (
    if this.runners.namespace == this.namespace
    then ['runners.namespace: "%s" is where the controller is, with its token: runners need a namespace of their own' % this.namespace]
    else []
  ),
}
