// Argo CD's ConfigMaps. Their names and labels are fixed in the program.
local k = import '../kubernetes/main.libsonnet';
local redis = import 'redis.libsonnet';
local resourceRules = import 'resource-rules.libsonnet';
local signIn = import 'sign-in.libsonnet';

local table = std.parseJson(importstr 'files/parameters.json');

// What the parameters of each program begin with.
local section = {
  'application-controller': 'controller',
  'applicationset-controller': 'applicationsetcontroller',
  'dex-server': 'dexserver',
  'notifications-controller': 'notificationscontroller',
  'repo-server': 'reposerver',
  server: 'server',
};

// Text as it is, everything else as YAML.
local texts(options) = {
  [key]: if std.type(options[key]) == 'string' then options[key] else k.toYAML(options[key])
  for key in std.objectFields(options)
};

// An empty `data` would not survive in the API server.
local configMap(this, name, data) = if data == {} then k.object(this, 'v1', 'ConfigMap', name) else k.configMap(this, name, data);

function(this)
  local people = signIn(this);

  // What the programs are started with.
  local parameters = {
    // Envoy terminates TLS; NetworkPolicies let nobody else in.
    'server.insecure': 'true',
    'controller.sync.timeout.seconds': std.toString(k.quantity.seconds(this.syncTimeout)),
    // Jsonnet is evaluated inside the repo-server, with no bound of its own.
    'reposerver.parallelism.limit': std.toString(this.parallelism),
    [if this.runs('applicationset-controller') && this.replicas['applicationset-controller'] > 1
    then 'applicationsetcontroller.enable.leader.election']: 'true',
  } + {
    [section[role] + '.log.level']: this.logLevel
    for role in std.objectFields(section)
    if this.runs(role)
  } + redis.parameters(this) + this.parameters;

  {
    local files = self,

    // keys(role) -> the parameters that a program reads and somebody has set.
    keys(role):: [key for key in std.objectFields(table[role]) if std.objectHas(parameters, key)],

    // environment(role) -> the variables that these become.
    environment(role):: {
      [table[role][key]]: { configMap: 'argocd-cmd-params-cm', key: key }
      for key in files.keys(role)
    },

    objects:: {
      settings: k.configMap(this, 'argocd-cm', {
        'timeout.reconciliation': this.pollInterval,
        'helm.enable': std.toString(this.tools.helm),
        'kustomize.enable': std.toString(this.tools.kustomize),
        // Else whoever may sync may also sync a commit that nobody reviewed.
        'application.sync.requireOverridePrivilegeForRevisionSync': 'true',
      } + people.options + resourceRules(this) + texts(this.options)),
      parameters: k.configMap(this, 'argocd-cmd-params-cm', parameters),
      policy: k.configMap(this, 'argocd-rbac-cm', people.policy),
      knownHosts: k.configMap(this, 'argocd-ssh-known-hosts-cm', {
        ssh_known_hosts: (importstr 'files/ssh-known-hosts') + std.join('', [line + '\n' for line in this.sshKnownHosts]),
      }),
      certificates: configMap(this, 'argocd-tls-certs-cm', this.tlsCertificates),
      gpgKeys: configMap(this, 'argocd-gpg-keys-cm', this.gpgKeys),
      // Argo CD fills it at its first start: the key of its sessions, the password of `admin`. Nothing of that is in Git, and
      // server-side apply leaves alone what Git does not name.
      secret: k.object(this, 'v1', 'Secret', 'argocd-secret') + this.keep { type: 'Opaque' },
      [if this.runs('notifications-controller') then 'notifications']: {
        settings: configMap(this, 'argocd-notifications-cm', texts(this.notifications)),
        secret: k.object(this, 'v1', 'Secret', 'argocd-notifications-secret') + this.keep { type: 'Opaque' },
      },
      redis: redis.configuration(this),
    },
  }
