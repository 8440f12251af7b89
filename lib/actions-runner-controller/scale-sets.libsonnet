// The AutoscalingRunnerSets: what a runner is, and what listens to GitHub for it.
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local modes = import 'container-modes.libsonnet';

local caFolder = '/usr/local/share/ca-certificates';

// A pod that others make, as `k` makes ours, without what only a Deployment's has. Runners must not push others aside.
local podOf(this, role) = k.podTemplate(this, role) { spec+: { topologySpreadConstraints:: null } };

local runnerTemplate(this, set) =
  local image = std.get(set, 'image', this.runners.image);
  local mode = modes.of(this, set, image);
  local sudo = std.get(set, 'allowSudo', false);
  local ca = std.get(set, 'certificateAuthority');
  local caFile = if ca == null then null else '%s/%s' % [caFolder, ca.key];
  local environment = mode.environment
                      + (if ca == null then {} else { NODE_EXTRA_CA_CERTS: caFile, RUNNER_UPDATE_CA_CERTS: '1' })
                      + std.get(set, 'environment', {});
  local pod = podOf(this, mode.role);
  {
    // The labels of the scale set are kept away from its pods (--exclude-label-propagation-prefix), so these are all.
    metadata: { labels: k.selector(this, mode.role) },
    spec: pod.spec {
      priorityClassName:: null,
      nodeSelector: this.runners.nodeSelector,
      [if this.runners.tolerations != [] then 'tolerations']: this.runners.tolerations,
      restartPolicy: 'Never',
      // It tells GitHub that its job is cancelled.
      terminationGracePeriodSeconds: 60,
      securityContext+: { runAsUser: modes.runner, runAsGroup: modes.runner } + mode.securityContext,
      [if mode.initContainers != [] then 'initContainers']: mode.initContainers,
      containers: [{
        name: 'runner',
        image: image,
        imagePullPolicy: 'IfNotPresent',
        command: ['/home/runner/run.sh'],
        [if environment != {} then 'env']: k.env(environment),
        resources: modes.bounded(this)(std.get(set, 'size', this.runners.size)),
        // It unpacks itself into its own folder, so the root file system stays writable.
        securityContext: if sudo then { allowPrivilegeEscalation: true } else { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true },
        terminationMessagePolicy: 'FallbackToLogsOnError',
        [if mode.mounts != [] || ca != null then 'volumeMounts']: mode.mounts + (if ca == null then [] else [{ name: 'ca', mountPath: caFile, subPath: ca.key, readOnly: true }]),
      }],
      [if mode.volumes != [] || ca != null then 'volumes']: mode.volumes + (if ca == null then [] else [{ name: 'ca', configMap: { name: ca.name, items: [{ key: ca.key, path: ca.key }] } }]),
    },
  };

// The controller makes the listener's pod, with its ServiceAccount, from this.
local listenerTemplate(this) =
  local pod = podOf(this, 'listener');
  {
    metadata: { labels: k.selector(this, 'listener') },
    spec: {
      [field]: pod.spec[field]
      for field in std.objectFields(pod.spec)
      if !std.member(['automountServiceAccountToken', 'serviceAccountName'], field)
    } + {
      securityContext+: { runAsUser: 65532, runAsGroup: 65532 },
      terminationGracePeriodSeconds: 60,
      containers: [{
        name: 'listener',
        env: k.env({ GOMEMLIMIT: k.goMemoryLimit(this.size.listener) }),
        imagePullPolicy: 'IfNotPresent',
        resources: k.resources(this.size.listener),
        securityContext: k.hardened,
        terminationMessagePolicy: 'FallbackToLogsOnError',
      }],
    },
  };

local scaleSet(this, name) =
  local set = this.scaleSets[name];
  local optional(field, value) = if value == null then {} else { [field]: value };
  local spec = {
                 githubConfigUrl: set.url,
                 githubConfigSecret: set.credentials.secretName,
                 runnerScaleSetName: name,
                 minRunners: std.get(set, 'minRunners', 0),
                 maxRunners: std.get(set, 'maxRunners', 3),
                 listenerTemplate: listenerTemplate(this),
                 template: runnerTemplate(this, set),
               }
               + optional('runnerGroup', std.get(set, 'runnerGroup'))
               // It answers to its own name only where that is among them.
               + optional('runnerScaleSetLabels', if std.get(set, 'labels', []) == [] then null else [name] + set.labels)
               + optional('proxy', std.get(set, 'proxy'))
               + optional('githubServerTLS', if std.objectHas(set, 'certificateAuthority') then { certificateFrom: { configMapKeyRef: set.certificateAuthority } } else null);
  // After the roles and the controller, and so before them when the app goes: README.md, "Deleting".
  k.object(this, 'actions.github.com/v1alpha1', 'AutoscalingRunnerSet', name) + k.wave(1) {
    metadata+: {
      namespace: this.runners.namespace,
      // The controller deletes a scale set of another minor version than its own.
      labels+: { 'app.kubernetes.io/version': versions['actions-runner-controller'].tag },
    },
    spec: std.mergePatch(spec, std.get(set, 'spec', {})),
  };

{
  manifests(this):: { [name]: scaleSet(this, name) for name in std.objectFields(this.scaleSets) },

  // startedPods(this) -> the pods that are always there, for `capacity`.
  startedPods(this):: std.flattenArrays([
    local set = this.scaleSets[name];
    [
      { workload: this.workloadName('listener'), pods: 1, spec: listenerTemplate(this).spec },
      { workload: name, pods: std.get(set, 'minRunners', 0), spec: runnerTemplate(this, set).spec },
    ]
    for name in std.objectFields(this.scaleSets)
  ]),
}
