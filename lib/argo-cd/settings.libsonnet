// What an environment decides for Argo CD.
local doc = import '../doc/main.libsonnet';
local parameters = std.parseJson(importstr 'files/parameters.json');
local credentials = import 'credentials.libsonnet';

// Programs that can be left out, each with what has to be there for it to be of use.
local optional = ['application-controller', 'applicationset-controller', 'dex-server', 'notifications-controller', 'repo-server', 'server'];

local known = std.set(std.flattenArrays([std.objectFields(parameters[role]) for role in std.objectFields(parameters)]));

{
  local this = self,
  local cluster = this.cluster,

  '#run':: doc.map('boolean', 'Which programs run. Dex runs when it has connectors, notifications when they have settings; `server` is the UI and the API.', keys=optional),
  run: {
    'application-controller': true,
    'applicationset-controller': false,
    'dex-server': this.connectors != [],
    'notifications-controller': this.notifications != {},
    'repo-server': true,
    server: true,
  },

  '#redis':: doc.enum(['single', 'replicated', 'external'], 'The cache: one pod; three pods that elect a master, on three nodes where there are as many; or a Redis that is there already. Nothing in it is needed again: without it everything is rendered anew.'),
  redis: if this.highlyAvailable then 'replicated' else 'single',

  '#redisAddress':: doc.optional('string', 'host:port of an external Redis. Its password is in the Secret `argocd-redis`.'),
  redisAddress: null,

  '#host':: doc.setting('host', 'Where people find it.'),
  host: 'argocd.' + cluster.domain,

  '#admin':: doc.setting('boolean', 'Whether the account `admin` may sign in. Its first password is made in the cluster and lies in the Secret `argocd-initial-admin-secret`.'),
  admin: cluster.signIn == null && this.connectors == [],

  '#signInSecret':: doc.optional(doc.secretKey('The client secret.'), 'Secret of the client that `signIn` of the cluster names; null for a public client, which signs in by PKCE. It needs the label `app.kubernetes.io/part-of: argocd`.'),
  signInSecret: null,

  '#connectors':: doc.list('any', "Dex connectors, as Dex' documentation has them, for people who come from GitHub, LDAP or SAML instead of OpenID Connect. Secrets are written `$name:key`, and their Secret needs the label `app.kubernetes.io/part-of: argocd`."),
  connectors: [],

  '#policy':: doc.list('string', 'Further lines of policy.csv: who may do what. The groups of `signIn` are in it already.'),
  policy: [],

  '#defaultRole':: doc.optional('string', 'Role of everybody who is signed in, such as `role:readonly`; null lets only those in whom a policy names.'),
  defaultRole: null,

  '#uiMayChange':: doc.setting('boolean', 'Whether the UI can restart, change and delete what runs; policies say who may. Without, it shows objects and logs.'),
  uiMayChange: true,

  '#credentials':: doc.map(credentials.node, 'Git repositories and clusters that need credentials, by the name of the Secret that holds them. The slice `secrets` says what must be in it.'),
  credentials: {},

  '#webhook':: doc.optional(doc.enum(std.objectFields(credentials.webhooks), 'Git host.'), 'The Git host that calls https://<host>/api/webhook at each push, so that nothing waits for `pollInterval`.'),
  webhook: null,

  '#sshKnownHosts':: doc.list('string', 'Lines of a known_hosts file, for Git servers other than GitHub, GitLab, Bitbucket and Azure DevOps.'),
  sshKnownHosts: [],

  '#tlsCertificates':: doc.map('string', 'Certificates (PEM) of Git servers that no public authority signed, by host.'),
  tlsCertificates: {},

  '#gpgKeys':: doc.map('string', 'Public GnuPG keys whose signatures AppProjects may ask for, by key id.'),
  gpgKeys: {},

  '#pollInterval':: doc.setting('go-duration', 'How often Argo CD looks at its apps, but for those that it has looked at since the last time: Git is asked for new commits after once or twice that time.'),
  pollInterval: '1m',

  '#patience':: doc.setting('go-duration', 'How long a wave waits for an app that is not healthy. Then the sync starts over with the newest commit, again and again, so that a commit mends it.'),
  patience: '2m',

  '#syncTimeout':: doc.setting('go-duration', 'When a sync that never ends is given up; 0s: never. Longer than anything that heals by itself: what is given up waits for the next commit, or for a person.'),
  syncTimeout: '12h',

  '#parallelism':: doc.setting('count', 'How many apps one repo-server renders at once. Each may take some hundred MiB.'),
  parallelism: if this.highlyAvailable then 4 else 2,

  '#tools':: doc.map('boolean', 'What may render apps beside plain manifests and Jsonnet.', keys=['helm', 'kustomize']),
  tools: { helm: false, kustomize: false },

  '#notifications':: doc.map('any', 'argocd-notifications-cm: services, templates, triggers and subscriptions, as text or as objects. Secrets are written `$key` and lie in the Secret `argocd-notifications-secret`.'),
  notifications: {},

  '#notificationPorts':: doc.list('port', 'Ports of the servers that are notified: 443 for webhooks, 587 for e-mail.'),
  notificationPorts: [443],

  '#logLevel':: doc.enum(['debug', 'info', 'warn', 'error'], 'How much all programs log.'),
  logLevel: 'info',

  '#parameters':: doc.map('string', 'Further keys of argocd-cmd-params-cm.', keys=known),
  parameters: {},

  '#options':: doc.map('any', 'Further keys of argocd-cm; what is not text becomes YAML.'),
  options: {},
}
