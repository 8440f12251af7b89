// Doc twins: what a setting is, said once, right above it.
//
//   '#retention':: doc.setting('duration', 'How long traces are kept.'),
//   retention: '14d',
//
// A twin is the source of the setting's documentation, of its JSON Schema and of its check in Jsonnet (check.libsonnet).
// A visible field without a twin is an unknown setting.
local types = import 'types.libsonnet';

// A node says what values are allowed:
//   { type: 'duration' } | { enum: [...] } | { list: node } | { map: node, keys: [...]|null } | { shape: { field: twin } }
//   | { object: true } (its fields carry twins of their own) | { nullable: node }
// node(spec): spec is the name of a type, a node, or a twin.
local node(spec) =
  if std.type(spec) == 'string' then
    if std.objectHas(types, spec) then { type: spec }
    else error 'doc: unknown type "%s"; known: %s' % [spec, std.join(', ', std.objectFields(types))]
  else if std.objectHas(spec, 'node') then spec.node
  else spec;

local twin(spec, help) = { node: node(spec), help: help, required: false };

{
  // setting(type, help): a value of one of the types in types.libsonnet, or of a node made below.
  setting:: twin,

  // required(type, help): has no default. Its field is `error '<component>: set <field>, …'`.
  required(spec, help):: twin(spec, help) { required: true },

  // optional(type, help): null means that it is not set.
  optional(spec, help):: twin({ nullable: node(spec) }, help),

  // enum(values, help): one of these strings.
  enum(values, help):: twin({ enum: values }, help),

  // list(items, help): an array; items is a type, a twin or a shape.
  list(items, help):: twin({ list: node(items) }, help),

  // map(values, help, keys=null): an object with any keys, or only these.
  map(values, help, keys=null):: twin({ map: node(values), keys: keys }, help),

  // object(help): a nested object whose fields carry twins of their own.
  object(help):: twin({ object: true }, help),

  // shape(fields): the node of an object that an environment writes whole, such as one element of a list.
  // fields: { name: twin }. Fields whose twin is not `required` may be left out.
  shape(fields):: { shape: fields },

  // optionalShape(fields, help): such an object, or null.
  optionalShape(fields, help):: twin({ nullable: { shape: fields } }, help),

  // secretKey(help): one key of a Secret that somebody else creates, never its value.
  secretKey(help):: twin({ shape: {
    name: twin('host', 'Name of the Secret.') { required: true },
    key: twin('string', 'Key in the Secret.') { required: true },
  } }, help),

  check:: (import 'check.libsonnet').check,
  reference:: (import 'reference.libsonnet'),
  nearest:: (import 'nearest.libsonnet'),
}
