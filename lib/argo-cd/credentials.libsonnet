// Credentials that others put into Secrets, and what must be in these: never a value, except what is no secret.
local doc = import '../doc/main.libsonnet';

local login = {
  none: {},
  https: { username: 'User name; anything but empty where the password is a token.', password: 'Password or token that may read.' },
  ssh: { sshPrivateKey: 'Private key, in the format of OpenSSH.' },
  'github-app': {
    githubAppID: 'Number of the GitHub App.',
    githubAppInstallationID: 'Number of its installation.',
    githubAppPrivateKey: 'Its private key (PEM).',
  },
};

// argocd-secret holds the secrets of webhooks, beside what Argo CD itself keeps there (util/settings/settings.go).
local webhooks = {
  'azure-devops': {
    'webhook.azuredevops.username': 'User name that Azure DevOps sends.',
    'webhook.azuredevops.password': 'Password that Azure DevOps sends.',
  },
  bitbucket: { 'webhook.bitbucket.uuid': 'UUID of the webhook of Bitbucket Cloud.' },
  'bitbucket-server': { 'webhook.bitbucketserver.secret': 'Secret of the webhook of Bitbucket Server.' },
  github: { 'webhook.github.secret': 'Secret of the webhook of GitHub.' },
  gitlab: { 'webhook.gitlab.secret': 'Secret token of the webhook of GitLab.' },
  gogs: { 'webhook.gogs.secret': 'Secret of the webhook of Gogs or Gitea.' },
};

local contents(said) =
  if said.kind == 'cluster' then {
    keys: {
      name: 'Name of the cluster.',
      config: 'How to sign in, as JSON: bearerToken or a client certificate, and tlsClientConfig.caData.',
    },
    values: { server: said.url },
  }
  else {
    keys: login[if std.objectHas(said, 'login') then said.login else 'none'],
    values: { type: 'git', url: said.url },
  };

// Argo CD finds its Secrets by label.
local argoCD = { 'app.kubernetes.io/part-of': 'argocd' };

// Every string in a value, however deep.
local strings(value) =
  if std.type(value) == 'string' then [value]
  else if std.type(value) == 'array' then std.flattenArrays([strings(item) for item in value])
  else if std.type(value) == 'object' then std.flattenArrays([strings(value[field]) for field in std.objectFields(value)])
  else [];

// ['$name:key'] -> { name: { key: help } }
local named(texts, help) = std.foldl(
  function(all, text)
    local parts = std.splitLimit(text[1:], ':', 1);
    all { [parts[0]]+: { [parts[1]]: help } },
  [text for text in texts if std.startsWith(text, '$') && std.length(std.findSubstr(':', text)) > 0],
  {},
);

// 'token: $slack-token' -> ['slack-token']
local words = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
local variables(text) =
  local parts = std.split(text, '$');
  [
    part[:std.length(part) - std.length(std.lstripChars(part, words))]
    for part in parts[1:]
    if part != std.lstripChars(part, words)
  ];

{
  // The twin of one entry of the setting `credentials`.
  node:: doc.shape({
    kind: doc.required(doc.enum(['repository', 'repo-creds', 'cluster'], 'Kind.'), 'One repository; every repository whose URL begins so; or a cluster.'),
    url: doc.required('string', 'URL of the repository or of the API server.'),
    login: doc.enum(std.objectFields(login), 'How Git signs in; `none` when it is left out.'),
  }),

  webhooks:: webhooks,

  // strings(value) -> every string in it, however deep.
  strings:: strings,

  // secrets(this) -> the Secrets that must exist for these settings.
  secrets(this)::
    local secret(said, labels=argoCD) = { keys: said, labels: labels };
    local references =
      named(strings(this.connectors), 'Used by a Dex connector.')
      + (if this.signInSecret == null then {} else { [this.signInSecret.name]+: { [this.signInSecret.key]: 'Client secret of the client that `signIn` names.' } });
    { [name]: secret(references[name]) for name in std.objectFields(references) }
    + {
      [name]: contents(this.credentials[name]) { labels: { 'argocd.argoproj.io/secret-type': this.credentials[name].kind } }
      for name in std.objectFields(this.credentials)
    }
    + (if this.redis != 'external' then {} else {
         'argocd-redis': secret({ auth: 'Password of %s.' % this.redisAddress }, {}),
       })
    + (
      if this.webhook == null then {}
      else
        // Both sides must know it, so that it may as well be made here; a UUID is the other side's.
        local isMade(key) = !std.endsWith(key, '.username') && !std.endsWith(key, '.uuid');
        local known = webhooks[this.webhook];
        { 'argocd-secret': secret(known) {
          shared: true,
          generate: { [key]: { kind: 'password', length: 40 } for key in std.objectFields(known) if isMade(key) },
        } }
    )
    + (
      local services = [this.notifications[key] for key in std.objectFields(this.notifications) if std.startsWith(key, 'service.')];
      local used = std.set(std.flattenArrays([variables(text) for text in strings(services)]));
      if used == [] then {} else { 'argocd-notifications-secret': secret({ [key]: 'Used by a notification service.' for key in used }) { shared: true } }
    ),
}
