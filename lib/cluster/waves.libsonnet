// In which order the apps are applied: an app comes after everything it needs.
//
// all(cluster) -> { app: number }. The app `cluster` is wave 0; Argo CD comes first among the components, since its
// health checks decide when the others are done; what has proxies comes after Linkerd, since a pod gets its proxy when it is
// made; what Contour publishes comes after Contour, unless Contour needs it.
local mesh = import '../component/mesh.libsonnet';

// What a component says it comes after.
local declared(cluster, name) =
  local component = cluster.enabled[name];
  [other for other in component.needs + component.after if cluster.has(other)];

// All that it comes after, directly or not; a circle is an error that shows its way round.
local closure(cluster, name, path=[]) =
  if std.member(path, name)
  then error '%s: components need each other in a circle: %s' % [cluster.name, std.join(' -> ', path[std.find(name, path)[0]:] + [name])]
  else
    local direct = declared(cluster, name);
    std.set(direct + std.flattenArrays([closure(cluster, other, path + [name]) for other in direct]));

local all(cluster) =
  local names = std.objectFields(cluster.enabled);
  local closures = { [name]: closure(cluster, name) for name in names };

  // A component that everybody else comes after, but for those that it needs itself.
  local first = 'argo-cd';
  local beforeAll = if cluster.has(first) then std.setUnion([first], closures[first]) else [];
  local view = mesh.view(cluster);
  local afterMesh(name) = name != 'linkerd' && view.proxied(cluster.enabled[name]) != [];
  local beforeContour =
    if !cluster.has('contour') then []
    else std.setUnion(
      std.setUnion(['contour'], closures.contour),
      if afterMesh('contour') then std.setUnion(std.setUnion(['linkerd'], closures.linkerd), beforeAll) else beforeAll
    );

  local implied(name) =
    (if cluster.has(first) && !std.setMember(name, beforeAll) then [first] else [])
    + (if afterMesh(name) then ['linkerd'] else [])
    + (if cluster.has('contour') && cluster.enabled[name].exposes != {} && !std.setMember(name, beforeContour) then ['contour'] else []);

  local waves = {
    [name]: std.foldl(std.max, [waves[other] + 1 for other in closures[name] + implied(name)], 1)
    for name in names
  };
  { cluster: 0 } + waves;

{
  all:: all,

  // before(cluster, name) -> the components that this one comes after, by what components say.
  before(cluster, name):: if cluster.has(name) then closure(cluster, name) else [],
}
