// How the runners of a scale set run containers: what each mode adds to the runner's pod, and what Pod Security must allow.
// Fields and variables: templates/_helpers.tpl of the chart gha-runner-scale-set 0.14.2, packages/k8s of runner-container-hooks.
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';

local work = '/home/runner/_work';
local socket = '/var/run';
// The group `docker` of the runner's image.
local dockerGroup = '123';
// The user and group `runner` of that image.
local runner = 1001;

// What the hook adds to the pods that it makes for jobs: the labels that policies know them by, and no token.
local templateFile = { directory: '/home/runner/pod-template', name: 'template.yaml' };

local none = {
  role: 'runner',
  podSecurity: { level: 'restricted' },
  environment: {},
  mounts: [],
  volumes: [],
  initContainers: [],
  securityContext: {},
};

local bounded(this) = function(size) {
  requests: { cpu: size.cpu, memory: size.memory, 'ephemeral-storage': '10Mi' },
  limits: { memory: size.memoryLimit, 'ephemeral-storage': this.runners.storage },
};

// Jobs as pods. The runner asks the API server for them, so it has a token.
local hooked(this, folder, more) = none {
  role: 'kubernetes-runner',
  podSecurity: { level: 'baseline', reason: 'Images of the containers of jobs run as root.' },
  environment: {
    ACTIONS_RUNNER_CONTAINER_HOOKS: '/home/runner/%s/index.js' % folder,
    ACTIONS_RUNNER_CONTAINER_HOOK_TEMPLATE: '%s/%s' % [templateFile.directory, templateFile.name],
    ACTIONS_RUNNER_POD_NAME: { field: 'metadata.name' },
    // Steps of a job without a container would run beside the token.
    ACTIONS_RUNNER_REQUIRE_JOB_CONTAINER: 'true',
  },
  mounts: [{ name: 'pod-template', mountPath: templateFile.directory, readOnly: true }],
  volumes: [{ name: 'pod-template', configMap: { name: this.workloadName('workflow') } }],
  securityContext: { fsGroup: runner },
} + more;

local modes = {
  none(this, set, image): none,

  dind(this, set, image): none {
    podSecurity: { level: 'privileged', reason: 'Runners with containerMode dind run Docker in a privileged container.' },
    environment: { DOCKER_HOST: 'unix://%s/docker.sock' % socket, RUNNER_WAIT_FOR_DOCKER_IN_SECONDS: '120' },
    mounts: [{ name: 'work', mountPath: work }, { name: 'dind-sock', mountPath: socket }],
    volumes: [k.emptyDir(name, this.runners.storage) for name in ['dind-externals', 'work']]
             + [k.emptyDir('dind-sock', '10Mi'), k.emptyDir('docker', this.runners.storage)],
    initContainers: [
      // Docker mounts the runner's own programs into the containers of jobs, so they must be where it sees them.
      k.sidecar(this, 'init-dind-externals', versions['actions-runner']) {
        image: image,
        command: ['cp'],
        args: ['-r', '/home/runner/externals/.', '/home/runner/tmpDir/'],
        resources: bounded(this)({ cpu: '50m', memory: '64Mi', memoryLimit: '256Mi' }),
        volumeMounts: [{ name: 'dind-externals', mountPath: '/home/runner/tmpDir' }],
      },
      k.sidecar(this, 'dind', versions['actions-runner-docker']) {
        restartPolicy: 'Always',
        args: ['dockerd', '--host=unix://%s/docker.sock' % socket, '--group=$(DOCKER_GROUP_GID)'],
        env: k.env({ DOCKER_GROUP_GID: dockerGroup }),
        resources: bounded(this)(this.runners.containerSize),
        // Whoever may use it is root on the node.
        securityContext: { privileged: true, runAsNonRoot: false, runAsUser: 0 },
        startupProbe: { exec: { command: ['docker', 'info'] }, periodSeconds: 5, failureThreshold: 24 },
        volumeMounts: [
          { name: 'work', mountPath: work },
          { name: 'dind-sock', mountPath: socket },
          { name: 'dind-externals', mountPath: '/home/runner/externals' },
          { name: 'docker', mountPath: '/var/lib/docker' },
        ],
      },
    ],
  },

  kubernetes(this, set, image): hooked(this, 'k8s', {
    mounts+: [{ name: 'work', mountPath: work }],
    volumes+: [{
      name: 'work',
      ephemeral: { volumeClaimTemplate: { spec: {
        accessModes: ['ReadWriteOnce'],
        [if this.cluster.storageClass != null then 'storageClassName']: this.cluster.storageClass,
        resources: { requests: { storage: std.get(set, 'workVolume', '5Gi') } },
      } } },
    }],
  }),

  'kubernetes-novolume'(this, set, image): hooked(this, 'k8s-novolume', {
    environment+: { ACTIONS_RUNNER_IMAGE: image },
  }),
};

// The scale sets, and the mode of each. Other apps read what follows from these, so a value of the wrong type fails nothing
// here: the check of settings reports it, in this app.
local setsOf(this) =
  if std.type(this.scaleSets) != 'object' then []
  else std.filter(function(set) std.type(set) == 'object', std.objectValues(this.scaleSets));
local nameOf(set) =
  local said = std.get(set, 'containerMode', 'none');
  if std.type(said) == 'string' && std.objectHas(modes, said) then said else 'none';

{
  runner:: runner,
  bounded:: bounded,
  nameOf:: nameOf,
  of(this, set, image):: modes[nameOf(set)](this, set, image),

  // runsPods(this) -> is there a scale set whose jobs are pods?
  runsPods(this):: [set for set in setsOf(this) if $.of(this, set, '').role == 'kubernetes-runner'] != [],

  // podSecurity(this) -> the least strict of what the scale sets need: they share a namespace.
  podSecurity(this)::
    local sets = setsOf(this);
    local needed = [$.of(this, set, '').podSecurity for set in sets] + [
      { level: 'baseline', reason: 'Steps of jobs become root in the container of their runner (allowSudo).' }
      for set in sets
      if std.get(set, 'allowSudo', false) == true
    ];
    std.foldl(
      function(found, level) local at = [one for one in needed if one.level == level]; if at == [] then found else at[0],
      ['baseline', 'privileged'],
      { level: 'restricted' },
    ),

  // podTemplate(this) -> the ConfigMap that the hook reads.
  podTemplate(this):: k.configMap(this, this.workloadName('workflow'), {
    [templateFile.name]: k.toYAML({
      metadata: { labels: k.selector(this, 'workflow') },
      spec: {
        automountServiceAccountToken: false,
        serviceAccountName: this.workloadName('workflow'),
        nodeSelector: this.runners.nodeSelector,
        tolerations: this.runners.tolerations,
        securityContext: { fsGroup: runner, seccompProfile: { type: 'RuntimeDefault' } },
        // Its name stands for the container that the workflow asks for.
        containers: [{
          name: '$job',
          resources: bounded(this)(this.runners.containerSize),
          securityContext: { allowPrivilegeEscalation: false },
        }],
      },
    }),
  }) { metadata+: { namespace: this.runners.namespace } },
}
