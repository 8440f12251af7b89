// The legacy controller of runners of GitHub Actions, with the kinds of actions.summerwind.dev: for those who have RunnerDeployments
// and move them over time. New runners belong into the component actions-runner-controller.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';
local runners = import 'runners.libsonnet';

component {
  local this = self,

  name: 'actions-runner-controller-legacy',
  image:: versions['actions-runner-controller-legacy'],

  '#enabled'+:: { help: 'Whether it runs. Upstream maintains it no longer, but for what its community sends.' },
  enabled: false,

  '#credentials':: doc.setting(doc.shape({
    secretName: doc.required('host', 'Secret in the namespace of the controller.'),
    kind: doc.required(doc.enum(['app', 'token'], 'Kind.'), 'What it holds: a GitHub App (`github_app_id`, `github_app_installation_id`, `github_app_private_key`), or a personal access token (`github_token`).'),
  }), 'By what GitHub knows it.'),
  credentials: { secretName: 'github', kind: 'app' },

  '#runnerDeployments':: doc.map(doc.shape({
    organization: doc.setting('string', 'Organization whose jobs it runs; this, `repository` or `enterprise`.'),
    repository: doc.setting('string', 'Repository, as owner/name.'),
    enterprise: doc.setting('string', 'Enterprise.'),
    labels: doc.list('string', 'Labels that `runs-on` asks for, beside self-hosted.'),
    group: doc.setting('string', 'Group of runners in GitHub.'),
    minReplicas: doc.setting('count', 'Runners at least; 1 when it is left out.'),
    maxReplicas: doc.setting('count', 'Runners at most; 3 when it is left out.'),
    docker: doc.setting('boolean', 'Whether it has a Docker of its own, in a privileged container.'),
    spec: doc.map('any', 'Further fields of `spec.template.spec` of its RunnerDeployment, merged into it.'),
  }), 'The runners, by name. Each gets a HorizontalRunnerAutoscaler that asks GitHub how many of its runners are busy.'),
  runnerDeployments: {},

  '#syncPeriod':: doc.setting('go-duration', 'How often it compares everything, and asks GitHub how many runners are busy.'),
  syncPeriod: '1m',

  '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'What is logged.'),
  logLevel: 'info',

  '#runners':: doc.object('The pods of the runners.'),
  runners: {
    '#namespace':: doc.setting('name', 'Where they are. The app `cluster` makes it, with its bounds. The controller looks at no other.'),
    namespace: 'actions-runners-legacy',
    '#size':: doc.setting(doc.shape({
      cpu: doc.required('quantity', 'CPU request.'),
      memory: doc.required('quantity', 'Memory request.'),
      memoryLimit: doc.required('quantity', 'Memory limit.'),
    }), 'What a runner asks for.'),
    size: { cpu: '250m', memory: '512Mi', memoryLimit: '2Gi' },
    '#quota':: doc.map('quantity', 'What all of them may have together, as a ResourceQuota says it.'),
    quota: { pods: '10', 'requests.cpu': '2', 'requests.memory': '3Gi', 'limits.memory': '10Gi', 'services.loadbalancers': '0', 'services.nodeports': '0' },
  },

  '#size'+:: { node+: { keys: ['controller'] } },
  size: { controller: { cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' } },

  // ---- wiring ----

  workloads:: {
    controller: { name: this.prefix, ports: { https: 9443, metrics: 8080 }, apiAccess: true },
    runner: { namespace: this.runners.namespace, replicated: false, mesh: { outside: 'It runs what others wrote.' } },
  },
  // Its webhooks need a certificate.
  needs:: ['cert-manager'],
  calls:: [
    { from: 'api-server', to: 'controller', port: 'https' },
    { from: 'controller', to: 'internet', port: 443 },
    { from: 'runner', to: 'internet', port: [22, 80, 443] },
  ],
  scrape:: [{ workload: 'controller', port: 'metrics' }],
  secrets:: {
    [this.credentials.secretName]: { keys: {
      app: {
        github_app_id: 'ID of the GitHub App',
        github_app_installation_id: 'ID of its installation',
        github_app_private_key: 'its private key, PEM',
      },
      token: { github_token: 'personal access token' },
    }[this.credentials.kind] },
  },
  problems:: runners.problems(this),

  namespaces:: {
    [this.runners.namespace]: {
      podSecurity: runners.podSecurity(this),
      quota: this.runners.quota,
      limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '64Mi' }, default: { memory: '512Mi' } }],
    },
  },

  certificateName:: this.name + '-tls',
  ignoreDifferences:: [
    { group: 'admissionregistration.k8s.io', kind: kind, jqPathExpressions: ['.webhooks[].clientConfig.caBundle'] }
    for kind in ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration']
  ],
  crds:: [
    std.parseJson(importstr 'crds/horizontalrunnerautoscalers.actions.summerwind.dev.json'),
    std.parseJson(importstr 'crds/runnerdeployments.actions.summerwind.dev.json'),
    std.parseJson(importstr 'crds/runnerreplicasets.actions.summerwind.dev.json'),
    std.parseJson(importstr 'crds/runners.actions.summerwind.dev.json'),
    std.parseJson(importstr 'crds/runnersets.actions.summerwind.dev.json'),
  ],
  clusterKinds:: [
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration' },
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],

  resources+:: {
    workload: (import 'workload.libsonnet')(this),
    access: (import 'access.libsonnet')(this),
    webhooks: (import 'webhooks.libsonnet')(this),
    certificate: this.cluster.get('cert-manager').selfSigned(this, this.certificateName, this.serviceNames('controller')),
    runners: runners.manifests(this),
  },
}
