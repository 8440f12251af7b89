// The settings of an environment with types, help and defaults: the settings reference and its JSON Schema are made from it.
local doc = import '../doc/main.libsonnet';

function(cluster)
  local names = std.objectFields(cluster.wired);
  {
    cluster: doc.reference.rows(cluster),
    components: { [name]: doc.reference.rows(cluster.wired[name]) for name in names },
    jsonSchema: doc.reference.schema(cluster) {
      '$schema': 'http://json-schema.org/draft-07/schema#',
      properties+: {
        components: {
          type: 'object',
          properties: { [name]: doc.reference.schema(cluster.wired[name]) for name in names },
        },
      },
    },
  }
