// Checks an object of settings against its doc twins.
local nearest = import 'nearest.libsonnet';
local types = import 'types.libsonnet';

// The names that an unknown setting may have meant: settings and wiring alike, since an environment may patch both.
local namesIn(object) = [f for f in std.objectFieldsAll(object) if !std.startsWith(f, '#') && !std.objectHas(object, f) || std.objectHasAll(object, '#' + f)];

// What was found, short enough for a message.
local found(value) =
  local json = std.toString(value);
  if std.type(value) == 'function' then 'a function'
  else if std.length(json) > 60 then json[:57] + '...' else json;

local wrongType(path, expected, value) = ['%s: expected %s, found %s' % [path, expected, found(value)]];

local checkNode(path, node, value) =
  if std.objectHas(node, 'nullable') then
    if value == null then [] else checkNode(path, node.nullable, value)
  else if std.objectHas(node, 'type') then
    local expected = types[node.type].check(value);
    if expected == null then [] else wrongType(path, expected, value)
  else if std.objectHas(node, 'enum') then
    if std.member(node.enum, value) then []
    else if std.type(value) != 'string' then wrongType(path, 'one of ' + std.join(', ', node.enum), value)
    else ['%s: expected one of %s, found "%s"; %s' % [path, std.join(', ', node.enum), value, nearest.hint(value, node.enum)]]
  else if std.objectHas(node, 'list') then
    if std.type(value) != 'array' then wrongType(path, 'a list', value)
    else std.flattenArrays(std.mapWithIndex(function(i, item) checkNode('%s[%d]' % [path, i], node.list, item), value))
  else if std.type(value) != 'object' then wrongType(path, 'an object', value)
  else if std.objectHas(node, 'map') then
    std.flattenArrays([
      if node.keys != null && !std.member(node.keys, key)
      then ['%s: unknown key "%s"; %s' % [path, key, nearest.hint(key, node.keys)]]
      else checkNode(path + '.' + key, node.map, value[key])
      for key in std.objectFields(value)
    ])
  else  // a shape
    std.flattenArrays([
      if std.objectHas(node.shape, key) then checkNode(path + '.' + key, node.shape[key].node, value[key])
      else ['%s: unknown field "%s"; %s' % [path, key, nearest.hint(key, std.objectFields(node.shape))]]
      for key in std.objectFields(value)
    ]) + [
      '%s: set %s, %s' % [path, key, node.shape[key].help]
      for key in std.objectFields(node.shape)
      if node.shape[key].required && !std.objectHas(value, key)
    ];

{
  // check(path, object) -> the mistakes in its visible fields, as sentences that begin with their path; [] when there are none.
  check(path, object)::
    std.flattenArrays([
      if std.objectHasAll(object, '#' + field)
      then
        local twin = object['#' + field];
        local at = path + '.' + field;
        if std.objectHas(twin.node, 'object') then
          if std.type(object[field]) != 'object' then wrongType(at, 'an object', object[field])
          // Twins live in the object: one without them replaced it.
          else if [f for f in std.objectFieldsAll(object[field]) if std.startsWith(f, '#')] == [] then ['%s: this replaces all its settings; write %s+: { … } to set some of them' % [at, field]]
          else self.check(at, object[field])
        else checkNode(at, twin.node, object[field])
      else ['%s: unknown setting "%s"; %s' % [path, field, nearest.hint(field, namesIn(object))]]
      for field in std.objectFields(object)
    ]),
}
