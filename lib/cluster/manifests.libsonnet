// From a component's tree of resources to the array that Argo CD applies.
local exposure = import 'exposure.libsonnet';
local externalSecrets = import 'external-secrets.libsonnet';

local isManifest(node) = std.objectHas(node, 'kind') || std.objectHas(node, 'apiVersion');

local isTree(value) = std.member(['array', 'null', 'object'], std.type(value));

// Fields that only a manifest has: a branch with one of them is what a patch of a misspelt path leaves behind.
local ofManifests = ['data', 'metadata', 'roleRef', 'rules', 'spec', 'subjects'];

local half(path, why) = error path + ': half a manifest, ' + why;

local complete(path, node) =
  local lacks = [field for field in ['apiVersion', 'kind', 'metadata'] if !std.objectHas(node, field)];
  if lacks != [] then half(path, 'it lacks ' + std.join(', ', lacks))
  else if !std.objectHas(node.metadata, 'name') then half(path, 'it lacks metadata.name')
  else [{ path: path, manifest: node }];

// The leaves of a tree, with their paths. Values are taken from arrays, since libjsonnet computes a field at each access
// anew, but an element once.
local leaves(path, node, siblings) =
  if node == null then []
  else if std.type(node) == 'array' then
    std.flattenArrays([leaves(path + '[' + i + ']', node[i], []) for i in std.range(0, std.length(node) - 1)])
  else if std.type(node) != 'object' then error path + ': expected a manifest, found ' + node
  else if isManifest(node) then complete(path, node)
  else
    local fields = std.objectFields(node);
    local values = [node[field] for field in fields];
    if std.length([value for value in values if !isTree(value)]) > 0 || std.setInter(fields, ofManifests) != []
    then half(path, 'it has %s but no apiVersion and kind: a patch must name an existing resource; beside it: %s' % [std.join(', ', fields), std.join(', ', siblings)])
    else std.flattenArrays([
      leaves(path + '.' + fields[i], values[i], std.setDiff(fields, [fields[i]]))
      for i in std.range(0, std.length(fields) - 1)
    ]);

// Every manifest may be only where its app's project allows it.
local allowed(component, leaf) =
  local metadata = leaf.manifest.metadata;
  local group = local parts = std.split(leaf.manifest.apiVersion, '/'); if std.length(parts) == 2 then parts[0] else '';
  if std.objectHas(metadata, 'namespace') then
    if std.member([component.namespace] + component.otherNamespaces + std.objectFields(component.namespaces), metadata.namespace) then leaf.manifest
    else error '%s: its namespace is %s; add it to otherNamespaces of %s, or use %s' % [leaf.path, metadata.namespace, component.name, component.namespace]
  else if std.member(component.clusterKinds, { group: group, kind: leaf.manifest.kind }) then leaf.manifest
  else error '%s: %s without a namespace; add { group: "%s", kind: "%s" } to clusterKinds of %s, or set its namespace' % [leaf.path, leaf.manifest.kind, group, leaf.manifest.kind, component.name];

local resources(cluster, component) =
  leaves(cluster.name + ': components.' + component.name + '.resources', component.resources, []);

{
  // ofComponent(cluster, component) -> [manifest], all that its app applies.
  ofComponent(cluster, component)::
    [allowed(component, leaf) for leaf in resources(cluster, component)]
    + exposure.manifests(cluster, component)
    + externalSecrets.manifests(cluster, component),

  // resources(cluster, component) -> [manifest], without asking whether each is where it may be.
  resources(cluster, component):: [leaf.manifest for leaf in resources(cluster, component)],
}
