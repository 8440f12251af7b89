// What is secret: variables from Secrets that somebody else creates, never a value.

// Keys of the Secret `secretName`, with the variable that each becomes, and how those are made that concern nobody else.
local own(this) =
  (if this.signIn != null then {
     'client-secret': { variables: ['GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET'], help: 'Secret of the client that `signIn` of the cluster names.' },
   } else {
     'admin-user': { variables: ['GF_SECURITY_ADMIN_USER'], help: 'Name of the administrator.', generate: { kind: 'text', text: 'admin' } },
     'admin-password': { variables: ['GF_SECURITY_ADMIN_PASSWORD'], help: 'Password of the administrator.', generate: { kind: 'password', length: 32 } },
   })
  + {
    'secret-key': {
      // Two stores of secrets; each has a key of its own, which upstream publishes as its default.
      variables: ['GF_SECRETS_MANAGER_ENCRYPTION_SECRET_KEY_V1_SECRET_KEY', 'GF_SECURITY_SECRET_KEY'],
      help: 'Random text with which Grafana encrypts credentials in its database; with another it can read none of them.',
      generate: { kind: 'password', length: 32 },
    },
  }
  + (if this.database == null then {} else {
       'database-password': { variables: ['GF_DATABASE_PASSWORD'], help: 'Password of the user of the database.' },
     })
  + (if this.smtp == null || !std.objectHas(this.smtp, 'user') then {} else {
       'smtp-password': { variables: ['GF_SMTP_PASSWORD'], help: 'Password of the user of the server for e-mail.' },
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
      [variable]: { secret: this.secretName, key: key }
      for key in std.objectFields(keys)
      for variable in keys[key].variables
    } + {
      [name]: { secret: this.credentials[name].name, key: this.credentials[name].key }
      for name in std.objectFields(this.credentials)
    },
}
