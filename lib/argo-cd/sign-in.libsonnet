// Who may sign in, and who may do what.
local k = import '../kubernetes/main.libsonnet';

function(this)
  local signIn = this.cluster.signIn;
  local groups(field) = if signIn != null && std.objectHas(signIn, field) then signIn[field] else [];
  {
    // Keys of argocd-cm.
    options: {
      url: this.url,
      'admin.enabled': std.toString(this.admin),
      [if signIn != null then 'oidc.config']: k.toYAML({
        name: 'OpenID Connect',
        issuer: signIn.issuer,
        clientID: signIn.clientID,
        requestedScopes: ['openid', 'profile', 'email', 'groups'],
        enablePKCEAuthentication: this.signInSecret == null,
        [if this.signInSecret != null then 'clientSecret']: '$%s:%s' % [this.signInSecret.name, this.signInSecret.key],
      }),
      [if this.connectors != [] then 'dex.config']: k.toYAML({ connectors: this.connectors }),
    },

    // argocd-rbac-cm. Without a default role, who is in no group sees nothing.
    policy: {
      'policy.csv': std.join('', [line + '\n' for line in (
        ['g, %s, role:admin' % group for group in groups('adminGroups')]
        + ['g, %s, role:readonly' % group for group in groups('viewerGroups')]
        + this.policy
      )]),
      'policy.default': if this.defaultRole == null then '' else this.defaultRole,
      scopes: '[groups]',
    },
  }
