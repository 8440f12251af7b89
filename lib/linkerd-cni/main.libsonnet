// linkerd-cni: leads the traffic of meshed pods to their proxies from the node, so that no pod needs an init container that may
// change its network: with it every meshed namespace can enforce Pod Security `restricted`.
local component = import '../component/main.libsonnet';
local doc = import '../doc/main.libsonnet';
local versions = import '../versions.json';

component {
  local this = self,

  name: 'linkerd-cni',
  image:: versions['linkerd-cni'],

  // It needs to know the nodes, and an error of its leaves new pods without network.
  enabled: false,

  '#binDir':: doc.setting('string', 'Folder of the nodes where CNI plugins lie.'),
  binDir: '/opt/cni/bin',

  '#configDir':: doc.setting('string', 'Folder of the nodes where the configuration of CNI plugins lies. It adds itself to the one that is there.'),
  configDir: '/etc/cni/net.d',

  '#logLevel':: doc.enum(['debug', 'error', 'info', 'warn'], 'How much is logged, by the plugin on the node as well.'),
  logLevel: 'info',

  size: {
    installer: { cpu: '5m', memory: '24Mi', memoryLimit: '64Mi' },
  },

  // ---- wiring ----

  workloads:: { installer: { name: this.name, ports: { 'repair-admin': 9990 }, apiAccess: true, replicated: false } },
  mesh:: { outside: 'Pods get their proxy only when it is there.' },
  problems:: [
    '%s: "%s" is no folder of a node; begin it with /' % [setting, this[setting]]
    for setting in ['binDir', 'configDir']
    if !std.startsWith(this[setting], '/')
  ],

  namespaceLabels:: { 'config.linkerd.io/admission-webhooks': 'disabled', 'linkerd.io/cni-resource': 'true' },
  podSecurity:: { level: 'privileged', reason: 'It puts a plugin and its configuration into folders of the node (hostPath), as root' },
  // What every node needs before it runs anything else.
  priority:: 'system-node-critical',
  clusterKinds:: [
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
  ],

  // ---- resources ----

  resources+:: {
    access: (import 'access.libsonnet')(this),
    workload: (import 'workload.libsonnet')(this),
  },
}
