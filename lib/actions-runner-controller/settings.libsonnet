// What an environment may say of the runners of GitHub Actions.
local doc = import '../doc/main.libsonnet';

local size = doc.shape({
  cpu: doc.required('quantity', 'CPU request.'),
  memory: doc.required('quantity', 'Memory request.'),
  memoryLimit: doc.required('quantity', 'Memory limit.'),
});

local reach = doc.list(doc.shape({
  peer: doc.required(doc.enum(['internet', 'outside'], 'Where.'), 'Public addresses, or any address that is no pod.'),
  ports: doc.required(doc.list('port', 'Port.'), 'Ports.'),
}), 'Places.');

local proxy = doc.shape({
  url: doc.required('url', 'Its URL.'),
  credentialSecretRef: doc.setting('host', 'Secret in `runners.namespace` with `username` and `password`.'),
});

{
  local this = self,

  '#enabled'+:: { help: 'Whether it runs; by default where there are scale sets.' },
  enabled: this.scaleSets != {},

  '#scaleSets':: doc.map(doc.shape({
    url: doc.required('url', 'Whose jobs: https://github.com/<organization>, …/<owner>/<repository> or …/enterprises/<enterprise>.'),
    credentials: doc.required(doc.shape({
      secretName: doc.required('host', 'Secret in `runners.namespace`.'),
      kind: doc.required(doc.enum(['app', 'token'], 'Kind.'), 'What it holds: a GitHub App (`github_app_id`, `github_app_installation_id`, `github_app_private_key`), or a personal access token (`github_token`).'),
    }), 'By what GitHub knows it.'),
    labels: doc.list('string', 'Further names by which `runs-on` finds it, beside its own.'),
    runnerGroup: doc.setting('string', 'The group of runners in GitHub, which says who may use it; `default` when it is left out.'),
    minRunners: doc.setting('count', 'Runners that wait for jobs; 0 when it is left out.'),
    maxRunners: doc.setting('count', 'How many there may be at once; 3 when it is left out.'),
    containerMode: doc.enum(['none', 'dind', 'kubernetes', 'kubernetes-novolume'], 'How a job runs containers: not at all; by a Docker of its own, in a privileged container; as pods that share a volume with the runner; as pods without one. README.md says what each costs.'),
    allowSudo: doc.setting('boolean', 'Whether steps may become root in the container of the runner, as `sudo apt-get install` wants.'),
    image: doc.setting('string', 'Image of the runner.'),
    size: doc.setting(size, 'What a runner asks for, instead of `runners.size`.'),
    workVolume: doc.setting('quantity', "Size of the volume of containerMode `kubernetes`, of the cluster's StorageClass; 5Gi when it is left out."),
    environment: doc.map('string', 'Variables of the runner.'),
    certificateAuthority: doc.setting(doc.shape({
      name: doc.required('host', 'Name of the ConfigMap in `runners.namespace`.'),
      key: doc.required('string', 'Key in it.'),
    }), 'CA certificates of a GitHub Enterprise Server that no public CA vouches for.'),
    proxy: doc.setting(doc.shape({
      http: doc.setting(proxy, 'For http.'),
      https: doc.setting(proxy, 'For https.'),
      noProxy: doc.list('string', 'Hosts that are reached without.'),
    }), 'Proxy of controller, listener and runners.'),
    spec: doc.map('any', 'Further fields of its AutoscalingRunnerSet, merged into it: `{ template: { spec: { … } } }`.'),
  }), 'The runner scale sets, by the name that `runs-on` says, at most 45 characters.'),
  scaleSets: {},

  '#watchAllNamespaces':: doc.setting('boolean', 'Whether it looks after AutoscalingRunnerSets of every namespace, for those that somebody else applies; by default it may do nothing outside its own two.'),
  watchAllNamespaces: false,

  '#updateStrategy':: doc.enum(['eventual', 'immediate'], 'What a changed scale set does: wait until its runners have finished, or start the new ones beside them.'),
  updateStrategy: 'eventual',

  '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'What controller and listeners log.'),
  logLevel: 'info',

  '#reach':: reach { help: 'Where GitHub is, for controller and listeners.' },
  reach: [{ peer: 'internet', ports: [443] }],

  '#runners':: doc.object('The pods of the runners.'),
  runners: {
    '#namespace':: doc.setting('name', 'Where they are. The app `cluster` makes it, with its bounds.'),
    namespace: 'actions-runners',
    '#image':: doc.setting('string', 'Image of runners of which nothing else is said.'),
    image: this.runnerImage,
    '#size':: doc.setting(size, 'What a runner asks for.'),
    size: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' },
    '#containerSize':: doc.setting(size, 'What its Docker asks for in containerMode `dind`, and the container of the job in `kubernetes`.'),
    containerSize: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' },
    '#storage':: doc.setting('quantity', 'How much one container may write to the disk of its node.'),
    storage: '10Gi',
    '#quota':: doc.map('quantity', "What all of them may have together, as a ResourceQuota says it. Who runs the cluster applies it: the app's own project may not."),
    quota: (
      if this.highlyAvailable then { pods: '40', 'requests.cpu': '8', 'requests.memory': '16Gi', 'limits.memory': '48Gi' }
      else { pods: '10', 'requests.cpu': '2', 'requests.memory': '3Gi', 'limits.memory': '10Gi' }
    ) + { 'services.loadbalancers': '0', 'services.nodeports': '0' },
    '#nodeSelector':: doc.map('string', 'Labels of the nodes that they run on.'),
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    '#tolerations':: doc.list('any', 'Taints that they tolerate.'),
    tolerations: [],
    '#reach':: reach { help: 'What they may call beside DNS. Nobody calls them.' },
    reach: [{ peer: 'internet', ports: [22, 80, 443] }],
  },
}
