// Credentials of the provider: from Secrets into variables and files of the program that needs them.
local providers = import 'providers.libsonnet';

local known(this) = providers.of(this.provider);

// The credentials that are variables, and those that are files.
local variables(this) = [name for name in std.objectFields(this.credentials) if std.objectHas(known(this).variables, name) || this.provider == 'webhook'];
local files(this) = [name for name in std.objectFields(this.credentials) if std.objectHas(known(this).files, name)];

local folder(path) = std.join('/', std.slice(std.split(path, '/'), 0, std.length(std.split(path, '/')) - 1, 1));
local volumeName(file) = std.strReplace(file, '.', '-');

// [{ secret, key, help }] of all that it reads.
local references(this) =
  [
    { secret: this.credentials[name].name, key: this.credentials[name].key, help: help }
    for name in std.objectFields(this.credentials)
    for help in [
      if std.objectHas(known(this).variables, name) then known(this).variables[name]
      else if std.objectHas(known(this).files, name) then known(this).files[name].help
      else 'Becomes the variable %s of the program for the provider.' % name,
    ]
  ] + (
    if this.registry.encryptionKey == null then []
    else [{ secret: this.registry.encryptionKey.name, key: this.registry.encryptionKey.key, help: 'Key of 32 bytes, plain or base64, that encrypts the TXT records.' }]
  );

{
  // variables(this) -> { NAME: { secret, key } } for k.env.
  variables(this):: {
    [name]: { secret: this.credentials[name].name, key: this.credentials[name].key }
    for name in variables(this)
  } + {
    [known(this).files[name].variable]: known(this).files[name].path
    for name in files(this)
    if std.objectHas(known(this).files[name], 'variable')
  },

  // flags(this) -> flags that name the files.
  flags(this):: {
    [known(this).files[name].flag]: known(this).files[name].path
    for name in files(this)
    if std.objectHas(known(this).files[name], 'flag')
  },

  volumes(this):: [
    { name: volumeName(name), secret: { secretName: this.credentials[name].name, items: [{ key: this.credentials[name].key, path: name }] } }
    for name in files(this)
  ],

  mounts(this):: [
    { name: volumeName(name), mountPath: folder(known(this).files[name].path), readOnly: true }
    for name in files(this)
  ],

  // secrets(this) -> the Secrets that must exist, for the component's `secrets`.
  secrets(this)::
    local all = references(this);
    local encryption = this.registry.encryptionKey;
    {
      [name]: {
        keys: { [reference.key]: reference.help for reference in all if reference.secret == name },
        [if encryption != null && encryption.name == name then 'generate']: { [encryption.key]: { kind: 'password', length: 32 } },
      }
      for name in std.set([reference.secret for reference in all])
    },
}
