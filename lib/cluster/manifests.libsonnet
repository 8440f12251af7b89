// From a component's tree of resources to the array that Argo CD applies.
local doc = import '../doc/main.libsonnet';

local isManifest(node) = std.objectHas(node, 'kind') || std.objectHas(node, 'apiVersion');

// The leaves of a tree, with their paths. A leaf that is no complete manifest is usually a patch of a misspelt path.
local leaves(path, node, siblings) =
  if node == null then []
  else if std.type(node) == 'array' then
    std.flattenArrays(std.mapWithIndex(function(i, item) leaves('%s[%d]' % [path, i], item, []), node))
  else if std.type(node) != 'object' then error '%s: expected a manifest, found %s' % [path, std.toString(node)]
  else if isManifest(node) then
    local lacks = [
      field
      for field in ['apiVersion', 'kind', 'metadata']
      if !std.objectHas(node, field)
    ] + (if std.objectHas(node, 'metadata') && !std.objectHas(node.metadata, 'name') then ['metadata.name'] else []);
    if lacks == [] then [{ path: path, manifest: node }]
    else error '%s: half a manifest, it lacks %s' % [path, std.join(', ', lacks)]
  else
    local fields = std.objectFields(node);
    local strays = [field for field in fields if std.type(node[field]) != 'object' && std.type(node[field]) != 'array' && node[field] != null];
    if fields == [] then []
    else if strays != [] || std.member(['metadata', 'spec', 'data', 'rules', 'subjects'], fields[0])
    then error '%s: half a manifest, it has %s but no apiVersion and kind: a patch must name an existing resource; beside it: %s' % [path, std.join(', ', fields), std.join(', ', siblings)]
    else std.flattenArrays([leaves('%s.%s' % [path, field], node[field], [f for f in fields if f != field]) for field in fields]);

// Every manifest may be only where its app's project allows it.
local allowed(component, leaf) =
  local metadata = leaf.manifest.metadata;
  local group = local parts = std.split(leaf.manifest.apiVersion, '/'); if std.length(parts) == 2 then parts[0] else '';
  if std.objectHas(metadata, 'namespace') then
    if std.member([component.namespace] + component.otherNamespaces, metadata.namespace) then leaf.manifest
    else error '%s: its namespace is %s; add it to otherNamespaces of %s, or use %s' % [leaf.path, metadata.namespace, component.name, component.namespace]
  else if std.member(component.clusterKinds, { group: group, kind: leaf.manifest.kind }) then leaf.manifest
  else error '%s: %s without a namespace; add { group: "%s", kind: "%s" } to clusterKinds of %s, or set its namespace' % [leaf.path, leaf.manifest.kind, group, leaf.manifest.kind, component.name];

// manifests(cluster, component) -> [manifest]
function(cluster, component)
  [
    allowed(component, leaf)
    for leaf in leaves('%s: components.%s.resources' % [cluster.name, component.name], component.resources, [])
  ]
  + (import 'exposure.libsonnet').manifests(cluster, component)
