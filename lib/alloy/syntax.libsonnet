// Alloy's configuration language, printed from objects, so that an environment can add to a configuration or change it:
//
//   print({ 'loki.write "loki"': { endpoint: { url: 'http://…' }, external_labels: map({ cluster: 'home' }) } })
//
// A key is what stands before the braces. In a body text, numbers, booleans and lists of these are arguments; an object is a
// block, a list of objects is a block that is repeated. A body may be a list of bodies, where the order of its blocks matters.

local isObject(value) = std.type(value) == 'object';
local isBlock(value) = isObject(value) && !std.objectHas(value, '$expression') && !std.objectHas(value, '$map');
local isRepeated(value) = std.type(value) == 'array' && value != [] && isBlock(value[0]);

local print(value) =
  if std.type(value) == 'string' then std.escapeStringJson(value)
  else if std.type(value) == 'array' then '[' + std.join(', ', [print(item) for item in value]) + ']'
  else if isObject(value) && std.objectHas(value, '$expression') then value['$expression']
  else if isObject(value) && std.objectHas(value, '$map')
  then '{ ' + std.join(', ', [std.escapeStringJson(key) + ' = ' + print(value['$map'][key]) for key in std.objectFields(value['$map'])]) + ' }'
  else if isObject(value) || value == null then error 'alloy: a block stands where a value is expected: %s; write map(…) around a map' % std.toString(value)
  else std.toString(value);

// lines(indent, body) -> [line]
local lines(indent, body) =
  if std.type(body) == 'array' then std.flattenArrays([lines(indent, part) for part in body])
  else std.flattenArrays([
    local value = body[key];
    if value == null then []
    else if isBlock(value) || isRepeated(value) then std.flattenArrays([
      local inner = lines(indent + '  ', part);
      if inner == [] then [indent + key + ' { }'] else [indent + key + ' {'] + inner + [indent + '}']
      for part in (if isRepeated(value) then value else [value])
    ])
    else [indent + key + ' = ' + print(value)]
    for key in std.objectFields(body)
  ]);

{
  // expression(text) -> a value that is computed or read from elsewhere: expression('discovery.kubernetes.pods.targets').
  expression(text):: { '$expression': text },

  // map({ key: value }) -> a value with keys, where an object alone would be a block.
  map(fields):: { '$map': fields },

  // identifier(text) -> the text as a label of a block: letters, digits and underscores.
  identifier(text):: std.join('', [
    if std.member('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_', c) then c else '_'
    for c in std.stringChars(text)
  ]),

  // print(blocks) -> the text of a file.
  print(blocks)::
    std.join('\n', std.flattenArrays([
      [header + ' {'] + lines('  ', blocks[header]) + ['}', '']
      for header in std.objectFields(blocks)
    ])),
}
