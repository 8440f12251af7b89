// Sign-in by the cluster's OpenID Connect provider. Grafana wants its endpoints said one by one.

// JMESPath: who is in one of these groups.
local inGroups(groups) = std.join(' || ', ["contains(groups[*], '%s')" % group for group in groups]);

local rolePath(signIn) =
  local groups(field) = if std.objectHas(signIn, field) then signIn[field] else [];
  local when(names, role) = if names == [] then [] else ["(%s) && '%s'" % [inGroups(names), role]];
  // Who is in no group gets no role, and is not let in.
  std.join(' || ', when(groups('adminGroups'), 'GrafanaAdmin') + when(groups('viewerGroups'), 'Viewer') + ["'None'"]);

function(this)
  if this.signIn == null then {} else {
    'auth.generic_oauth': {
      enabled: true,
      name: 'OpenID Connect',
      auto_login: true,
      allow_sign_up: true,
      client_id: this.cluster.signIn.clientID,
      scopes: std.join(' ', if std.objectHas(this.signIn, 'scopes') then this.signIn.scopes else ['openid', 'profile', 'email', 'groups']),
      auth_url: this.signIn.authURL,
      token_url: this.signIn.tokenURL,
      api_url: this.signIn.userInfoURL,
      use_pkce: true,
      role_attribute_path: if std.objectHas(this.signIn, 'rolePath') then this.signIn.rolePath else rolePath(this.cluster.signIn),
      role_attribute_strict: true,
      allow_assign_grafana_admin: true,
    },
  }
