// Which Secrets must exist: what components declare, and what every namespace that pulls images needs. Never a value,
// except what is no secret.
//
// A declaration, in `secrets` of a component, by the name of the Secret:
//   keys       { key: help }: what somebody must give
//   generate   { key: how }: those of them for which a value can be made:
//              { kind: 'password', length } letters and digits; { kind: 'hex', bytes } random bytes; { kind: 'text', text } a proposal
//   values     { key: text }: what is known, and no secret
//   type       Opaque when it is left out
//   namespace  the component's own when it is left out
//   labels     by which its reader finds it
//   shared     true where a program keeps keys of its own in it: the Secret is filled in, not replaced
//
// A Secret of one name has the same values wherever it is read: each place gets the keys that are read there.
local doc = import '../doc/main.libsonnet';

local defaults = { keys: {}, generate: {}, values: {}, labels: {}, shared: false, type: 'Opaque' };
local fields = std.set(['namespace'] + std.objectFields(defaults));

local generated = { password: 'length', hex: 'bytes', text: 'text' };
local mistakeOf(said, how) =
  if !std.objectHas(said.keys, how.key) then 'generate.%s: keys has no "%s"; %s' % [how.key, how.key, doc.nearest.hint(how.key, std.objectFields(said.keys))]
  else if std.type(how.said) != 'object' || !std.objectHas(how.said, 'kind') || !std.objectHas(generated, how.said.kind) then 'generate.%s: set its kind, one of %s' % [how.key, std.join(', ', std.objectFields(generated))]
  else if std.objectFields(how.said) != std.set(['kind', generated[how.said.kind]]) then 'generate.%s: expected kind and %s' % [how.key, generated[how.said.kind]]
  else null;

// mistakes(said) -> [sentence]
local mistakes(said) =
  ['unknown field "%s"; %s' % [field, doc.nearest.hint(field, fields)] for field in std.objectFields(said) if !std.member(fields, field)]
  + [
    mistake
    for mistake in [
      mistakeOf(defaults + said, { key: key, said: said.generate[key] })
      for key in (if std.objectHas(said, 'generate') then std.objectFields(said.generate) else [])
    ]
    if mistake != null
  ];

local row(component, name, said) =
  local wrong = mistakes(said);
  if wrong != [] then error '%s: secrets.%s: %s' % [component.name, name, std.join('; ', wrong)]
  else
    local whole = defaults { namespace: component.namespace } + said;
    local store = component.cluster.secretStore;
    { component: component.name, namespace: whole.namespace, name: name, keys: whole.keys }
    // Where External Secrets finds it.
    + (if store.from == 'external-secrets' then { store: { name: store.name, entry: store.prefix + name } } else {})
    // What is as everywhere else is not said.
    + { [field]: whole[field] for field in ['generate', 'labels', 'shared', 'type', 'values'] if whole[field] != defaults[field] };

// Whoever runs pods needs what images are pulled with.
local pullSecret = {
  type: 'kubernetes.io/dockerconfigjson',
  keys: { '.dockerconfigjson': 'Sign-in to the registries, as JSON: { "auths": { "<registry>": { "auth": "<base64 of user:password>" } } }.' },
};

{
  // of(component) -> [row]: { component, namespace, name, keys, store?, … } of one component, by the name of the Secret.
  of(component)::
    [row(component, name, component.secrets[name]) for name in std.objectFields(component.secrets)]
    + [
      row(component, name, pullSecret { namespace: namespace })
      for name in component.cluster.registry.pullSecrets
      if component.workloads != {}
      for namespace in [component.namespace] + std.objectFields(component.namespaces)
    ],

  // all(cluster) -> [row] of every component that is on.
  all(cluster):: std.flattenArrays([self.of(cluster.enabled[name]) for name in std.objectFields(cluster.enabled)]),
}
