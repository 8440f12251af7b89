// Mistyped keys of a program's configuration, found here instead of by the program: one refuses to start, another ignores them.
local doc = import '../doc/main.libsonnet';

// unknown(value, known, program, path) -> sentences that begin with the path, such as 'config.server.htp_port: …'.
// known: what may stand there, by key; null where anything may, a list of keys where none of them has keys of its own.
local unknown(value, known, program, path='config') =
  if known == null || std.type(value) != 'object' then []
  else
    local isList = std.type(known) == 'array';
    local keys = if isList then known else std.objectFields(known);
    std.flattenArrays([
      if !std.member(keys, key) then
        local near = doc.nearest.nearest(key, keys);
        ['%s.%s: %s knows no such key%s' % [path, key, program, if near == null then '' else '; did you mean "%s"?' % near]]
      else if isList then []
      else unknown(value[key], known[key], program, path + '.' + key)
      for key in std.objectFields(value)
    ]);

unknown
