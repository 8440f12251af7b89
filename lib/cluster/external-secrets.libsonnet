// The Secrets of a cluster that takes their values from a store by the External Secrets operator: an ExternalSecret for each,
// in the app of the component that reads it, before anything that waits for it.
local k = import '../kubernetes/main.libsonnet';
local secrets = import 'secrets.libsonnet';

local apiVersion = 'external-secrets.io/v1';

// Values go through Go's text/template.
local verbatim(text) = std.strReplace(text, '{{', '{{ "{{" }}');

// One Secret of a namespace, whoever reads it there: [row] of one name -> a row with the keys of all.
local merged(rows) = std.foldl(
  function(all, row) all + row + {
    [field]: std.get(all, field, {}) + std.get(row, field, {})
    for field in ['keys', 'labels', 'values']
  },
  rows,
  {},
);

local externalSecret(component, row) =
  local store = component.cluster.secretStore;
  local shared = std.get(row, 'shared', false);
  local type = std.get(row, 'type', 'Opaque');
  local template = {
    [if type != 'Opaque' then 'type']: type,
    [if row.labels != {} then 'metadata']: { labels: row.labels },
    [if row.values != {} then 'data']: { [key]: verbatim(row.values[key]) for key in std.objectFields(row.values) },
  };
  if row.keys == {} then error '%s: secrets.%s: it has no value that a store could give; make it by hand' % [component.name, row.name]
  else
    k.object(component, apiVersion, 'ExternalSecret', row.name)
    // Of a Secret that the component itself brings only the keys are filled in, and it must be there for that.
    + (if shared then {} else k.wave(-1))
    + {
      metadata+: { namespace: row.namespace },
      spec: {
        refreshInterval: store.refreshInterval,
        secretStoreRef: { kind: if store.provider == null then 'ClusterSecretStore' else 'SecretStore', name: store.name },
        target: {
          name: row.name,
          // Neither a store that is out of reach nor an ExternalSecret that is gone may take what runs down with it.
          creationPolicy: if shared then 'Merge' else 'Orphan',
          deletionPolicy: 'Retain',
          [if template != {} then 'template']: template { mergePolicy: 'Merge' },
        },
        data: [
          { secretKey: key, remoteRef: { key: row.store.entry, property: key } }
          for key in std.objectFields(row.keys)
        ],
      },
    };

{
  // manifests(cluster, component) -> [SecretStore, ExternalSecret] that the app of the component applies: where several
  // components share a namespace, the first that reads a Secret applies it.
  manifests(cluster, component)::
    if cluster.secretStore.from != 'external-secrets' then []
    else
      // What else lies in the namespace; nothing of other components is looked at.
      local neighbours = [
        cluster.enabled[name]
        for name in std.objectFields(cluster.enabled)
        if cluster.enabled[name].namespace == component.namespace
      ];
      local rows = std.flattenArrays([secrets.of(neighbour) for neighbour in neighbours]);
      local isFirst(same) = same[0].component == component.name;
      local ofNamespace(namespace) = [row for row in rows if row.namespace == namespace];
      local store = cluster.secretStore;
      std.flattenArrays([
        local there = ofNamespace(namespace);
        (
          if store.provider == null || !isFirst(there) then []
          else [k.object(component, apiVersion, 'SecretStore', store.name) + k.wave(-2) + { metadata+: { namespace: namespace }, spec: { provider: store.provider } }]
        ) + [
          externalSecret(component, merged(same))
          for name in std.set([row.name for row in there])
          for same in [[row for row in there if row.name == name]]
          if isFirst(same)
        ]
        for namespace in std.set([row.namespace for row in rows])
      ]),
}
