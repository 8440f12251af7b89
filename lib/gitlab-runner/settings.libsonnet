// What an environment may say of GitLab Runner. Sizes are those of the small profile unless they say otherwise.
local doc = import '../doc/main.libsonnet';

local size = doc.shape({
  cpu: doc.required('quantity', 'CPU request.'),
  memory: doc.required('quantity', 'Memory request.'),
  memoryLimit: doc.required('quantity', 'Memory limit.'),
});

{
  local this = self,

  '#url':: doc.setting('url', 'The GitLab that gives the jobs.'),
  url: 'https://gitlab.com',

  '#runners':: doc.map(doc.shape({
    tokenSecretRef: doc.required(doc.secretKey('Its token.'), 'The authentication token of the runner (glrt-…), which GitLab shows once when the runner is made there.'),
    url: doc.setting('url', 'Another GitLab than `url`.'),
    limit: doc.setting('count', 'How many jobs it runs at once, within `concurrent`.'),
    requestConcurrency: doc.setting('count', 'How many requests for a job it has under way at once.'),
    image: doc.setting('string', 'Image of jobs that name none, instead of `jobs.image`.'),
    environment: doc.map('string', 'Further variables of its jobs.'),
    kubernetes: doc.map('any', 'Further keys of its `[runners.kubernetes]`, as GitLab documents them.'),
    settings: doc.map('any', 'Further keys of its `[[runners]]`.'),
  }), 'The runners, by the name that metrics and labels show. Tags, and which projects may use it, are said in GitLab.'),
  runners: { [this.cluster.name]: { tokenSecretRef: { name: this.name, key: 'token' } } },

  '#concurrent':: doc.setting('count', 'How many jobs one pod of the manager runs at once, of all its runners.'),
  concurrent: if this.highlyAvailable then 5 else 2,

  '#checkInterval':: doc.setting('go-duration', 'How often it asks for jobs.'),
  checkInterval: '3s',

  '#logLevel':: doc.enum(['debug', 'info', 'warning', 'error'], 'What is logged.'),
  logLevel: 'info',

  '#shutdown':: doc.object('What happens to running jobs when the manager ends: at an upgrade, a changed setting, or when its node is drained.'),
  shutdown: {
    '#graceful':: doc.setting('go-duration', 'How long it takes no new jobs and waits for those that run. Upstream gives an hour.'),
    graceful: '1h',
    '#forced':: doc.setting('go-duration', 'How long it then has to abort the others and delete their pods.'),
    forced: '1m',
  },

  '#reach':: doc.list(doc.shape({
    peer: doc.required(doc.enum(['internet', 'outside'], 'Where.'), 'Public addresses, or any address that is no pod.'),
    ports: doc.required(doc.list('port', 'Port.'), 'Ports.'),
  }), 'Where GitLab is, for the NetworkPolicy of the manager.'),
  reach: [{ peer: 'internet', ports: [this.urlPort] }],

  '#certificateAuthority':: doc.optional(doc.secretKey('The CA.'), 'Key of a Secret with the CA certificates of a GitLab that no public CA vouches for.'),
  certificateAuthority: null,

  '#environment':: doc.map('string', 'Further variables of the manager, such as HTTPS_PROXY; nothing secret.'),
  environment: {},

  '#jobs':: doc.object('The pods of the jobs.'),
  jobs: {
    '#namespace':: doc.setting('name', 'Where they are. The app `cluster` makes it, with its bounds.'),
    namespace: this.name + '-jobs',
    '#image':: doc.setting('string', 'Image of jobs that name none.'),
    image: this.jobImage,
    '#security':: doc.enum(['restricted', 'baseline', 'rootless-builds', 'privileged'], 'What a job may do on its node: run as user 1000; be root in its container, without privileges; run as user 1000 and make user namespaces, as rootless BuildKit and Buildah need; anything, as Docker-in-Docker needs. README.md says what each costs.'),
    security: 'baseline',
    '#size':: doc.object('What the containers of one job ask for.'),
    size: {
      '#build':: doc.setting(size, 'The container of the script.'),
      build: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' },
      '#helper':: doc.setting(size, 'The container that clones, and moves caches and artifacts. GitLab advises 250 MiB where those are used.'),
      helper: { cpu: '50m', memory: '64Mi', memoryLimit: '512Mi' },
      '#service':: doc.setting(size, 'Each container of `services`.'),
      service: { cpu: '50m', memory: '128Mi', memoryLimit: '1Gi' },
      '#storage':: doc.setting('quantity', 'How much one container may write to the disk of its node.'),
      storage: '10Gi',
    },
    '#ceiling':: doc.object('What a job may ask for instead, by the variables KUBERNETES_CPU_REQUEST, KUBERNETES_MEMORY_LIMIT and their like.'),
    ceiling: {
      '#cpu':: doc.setting('quantity', 'CPU of a container.'),
      cpu: '2',
      '#memory':: doc.setting('quantity', 'Memory of a container.'),
      memory: '4Gi',
    },
    '#quota':: doc.map('quantity', "What all of them may have together, as a ResourceQuota says it. Who runs the cluster applies it: the app's own project may not."),
    quota: (
      if this.highlyAvailable then { pods: '40', 'requests.cpu': '8', 'requests.memory': '16Gi', 'limits.memory': '48Gi' }
      else { pods: '10', 'requests.cpu': '2', 'requests.memory': '3Gi', 'limits.memory': '10Gi' }
    ) + { 'services.loadbalancers': '0', 'services.nodeports': '0' },
    '#startTimeout':: doc.setting('go-duration', 'How long a job waits for its pod to start: for room in the quota, for its images.'),
    startTimeout: '10m',
    '#pullPolicy':: doc.enum(['always', 'if-not-present', 'never'], 'When images are pulled. With `if-not-present` a job may run an image that another job was allowed to pull.'),
    pullPolicy: 'always',
    '#allowedImages':: doc.list('string', 'Patterns of the images that jobs may name, such as `registry.example.org/**`; empty allows all.'),
    allowedImages: [],
    '#allowedServices':: doc.list('string', 'The same for `services`.'),
    allowedServices: [],
    '#environment':: doc.map('string', 'Further variables of every job, nothing secret.'),
    environment: {},
    '#nodeSelector':: doc.map('string', 'Labels of the nodes that they run on.'),
    nodeSelector: { 'kubernetes.io/os': 'linux' }
                  // The helper's image is chosen by this label, and by the architecture of the manager without it.
                  + (if std.length(this.cluster.architectures) == 1 then { 'kubernetes.io/arch': this.cluster.architectures[0] } else {}),
    '#tolerations':: doc.map('string', "Taints that they tolerate, as GitLab Runner writes them: { 'ci=true': 'NoSchedule' }."),
    tolerations: {},
    '#runtimeClass':: doc.optional('name', 'RuntimeClass of their pods, such as one of gVisor.'),
    runtimeClass: null,
    '#reach':: doc.list(doc.shape({
      peer: doc.required(doc.enum(['internet', 'outside'], 'Where.'), 'Public addresses, or any address that is no pod.'),
      ports: doc.required(doc.list('port', 'Port.'), 'Ports.'),
    }), 'What they may call beside DNS and the cache. Nobody calls them.'),
    reach: [{ peer: 'internet', ports: std.set([22, 80, 443, this.urlPort]) }],
  },

  '#cache':: doc.object('What `cache:` of a job keeps, in object storage.'),
  cache: {
    '#enabled':: doc.setting('boolean', 'Whether it is kept. Off, each job begins without one.'),
    enabled: this.cluster.has('object-storage'),
    '#peer':: doc.enum(['internet', 'outside'], "Where the object storage is: jobs, which anybody may write, shouldn't reach the house for it."),
    peer: 'internet',
    '#shared':: doc.setting('boolean', 'Whether runners share it, or each has its own.'),
    shared: true,
  },
}
