// What is secret: variables from Secrets that somebody else creates, never a value.

// Keys of the Secret `secretName`, with the variable that each becomes, and how those are made that concern nobody else.
local own(this) =
  (if this.signIn != null then {
     'client-secret': { variable: 'GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET', help: 'Secret of the client that `signIn` of the cluster names.' },
   } else {
     'admin-user': { variable: 'GF_SECURITY_ADMIN_USER', help: 'Name of the administrator.', generate: { kind: 'text', text: 'admin' } },
     'admin-password': { variable: 'GF_SECURITY_ADMIN_PASSWORD', help: 'Password of the administrator.', generate: { kind: 'password', length: 32 } },
   })
  + {
    'secret-key': {
      variable: 'GF_SECURITY_SECRET_KEY',
      help: 'Random text with which Grafana encrypts credentials in its database; with another it can read none of them.',
      generate: { kind: 'password', length: 32 },
    },
  }
  + (if this.database == null then {} else {
       'database-password': { variable: 'GF_DATABASE_PASSWORD', help: 'Password of the user of the database.' },
     })
  + (if this.smtp == null || !std.objectHas(this.smtp, 'user') then {} else {
       'smtp-password': { variable: 'GF_SMTP_PASSWORD', help: 'Password of the user of the server for e-mail.' },
     });

{
  // needed(this) -> what the component's `secrets` says.
  needed(this)::
    local keys = own(this);
    std.foldl(
      function(all, variable)
        local reference = this.credentials[variable];
        all { [reference.name]+: { keys+: { [reference.key]: 'Becomes the variable %s.' % variable } } },
      std.objectFields(this.credentials),
      { [this.secretName]: {
        keys: { [key]: keys[key].help for key in std.objectFields(keys) },
        generate: { [key]: keys[key].generate for key in std.objectFields(keys) if std.objectHas(keys[key], 'generate') },
      } },
    ),

  // variables(this) -> { NAME: { secret, key } } for k.env.
  variables(this)::
    local keys = own(this);
    {
      [keys[key].variable]: { secret: this.secretName, key: key }
      for key in std.objectFields(keys)
    } + {
      [name]: { secret: this.credentials[name].name, key: this.credentials[name].key }
      for name in std.objectFields(this.credentials)
    },
}
