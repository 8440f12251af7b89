// Doc twins as data: rows for the settings reference, and a JSON Schema.
local types = import 'types.libsonnet';

local isTwin(field) = std.startsWith(field, '#');
local settingsOf(object) = [f[1:] for f in std.objectFieldsAll(object) if isTwin(f)];

// A node in words: 'list of duration', 'one of a, b', 'object'.
local words(node) =
  if std.objectHas(node, 'nullable') then words(node.nullable) + ' or null'
  else if std.objectHas(node, 'type') then node.type
  else if std.objectHas(node, 'enum') then 'one of ' + std.join(', ', node.enum)
  else if std.objectHas(node, 'list') then 'list of ' + words(node.list)
  else if std.objectHas(node, 'map') then 'map of ' + words(node.map)
  else 'object';

// The shape inside a node, through lists, maps and null; null when there is none.
local shapeOf(node) =
  if std.objectHas(node, 'shape') then node.shape
  else if std.objectHas(node, 'nullable') then shapeOf(node.nullable)
  else if std.objectHas(node, 'list') then shapeOf(node.list)
  else if std.objectHas(node, 'map') then shapeOf(node.map)
  else null;

local pathInside(path, node) =
  if std.objectHas(node, 'nullable') then pathInside(path, node.nullable)
  else if std.objectHas(node, 'list') then pathInside(path + '[]', node.list)
  else if std.objectHas(node, 'map') then pathInside(path + '.*', node.map)
  else path;

local shapeRows(path, shape) = std.flattenArrays([
  local twin = shape[field];
  local at = path + '.' + field;
  local inner = shapeOf(twin.node);
  [{ path: at, type: words(twin.node), help: twin.help, required: twin.required }]
  + (if inner == null then [] else shapeRows(pathInside(at, twin.node), inner))
  for field in std.objectFields(shape)
]);

local schemaOf(node) =
  if std.objectHas(node, 'nullable') then { anyOf: [schemaOf(node.nullable), { type: 'null' }] }
  else if std.objectHas(node, 'type') then types[node.type].schema
  else if std.objectHas(node, 'enum') then { enum: node.enum }
  else if std.objectHas(node, 'list') then { type: 'array', items: schemaOf(node.list) }
  else if std.objectHas(node, 'map') then
    if node.keys == null then { type: 'object', additionalProperties: schemaOf(node.map) }
    else { type: 'object', additionalProperties: false, properties: { [key]: schemaOf(node.map) for key in node.keys } }
  else {
    type: 'object',
    additionalProperties: false,
    properties: { [f]: schemaOf(node.shape[f].node) { description: node.shape[f].help } for f in std.objectFields(node.shape) },
    required: [f for f in std.objectFields(node.shape) if node.shape[f].required],
  };

{
  // rows(object, prefix='') -> [{ path, type, help, required, default? }] in the order of their names.
  // A required setting has no default, and its value is not evaluated.
  rows(object, prefix=''):: std.flattenArrays([
    local twin = object['#' + field];
    local path = prefix + field;
    if std.objectHas(twin.node, 'object')
    then [{ path: path, type: 'object', help: twin.help, required: false }] + self.rows(object[field], path + '.')
    else
      local shape = shapeOf(twin.node);
      [{ path: path, type: words(twin.node), help: twin.help, required: twin.required }
       + (if twin.required then {} else { default: object[field] })]
      + (if shape == null then [] else shapeRows(pathInside(path, twin.node), shape))
    for field in settingsOf(object)
  ]),

  // schema(object) -> the JSON Schema of what an environment may say of it: every field optional, nothing else allowed.
  schema(object):: {
    type: 'object',
    additionalProperties: false,
    properties: {
      [field]:
        local twin = object['#' + field];
        (if std.objectHas(twin.node, 'object') then $.schema(object[field]) else schemaOf(twin.node))
        { description: twin.help }
      for field in settingsOf(object)
    },
  },
}
