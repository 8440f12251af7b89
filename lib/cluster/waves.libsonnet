// In which order the apps are applied: an app comes after everything it needs.
//
// waves(cluster) -> { app: number }. The app `cluster` is wave 0; Argo CD comes first among the components, since its
// health checks decide when the others are done; what Contour publishes comes after Contour, unless Contour needs it.

// Everything that `name` needs, directly or not, by what it declares; a cycle is an error that shows its way round.
local closure(cluster, name, path=[]) =
  if std.member(path, name)
  then error '%s: components need each other in a circle: %s' % [cluster.name, std.join(' -> ', path[std.find(name, path)[0]:] + [name])]
  else
    local direct = declared(cluster, name);
    std.set(direct + std.flattenArrays([closure(cluster, other, path + [name]) for other in direct])),

      declared(cluster, name) =
  local component = cluster.enabled[name];
  [other for other in component.needs + component.after if cluster.has(other)];

function(cluster)
  local names = std.objectFields(cluster.enabled);
  local needs = { [name]: closure(cluster, name) for name in names };
  local implied(name) =
    [
      'argo-cd'
      for _ in [null]
      if cluster.has('argo-cd') && name != 'argo-cd' && !std.setMember(name, needs['argo-cd'])
    ] + [
      'contour'
      for _ in [null]
      if cluster.has('contour') && name != 'contour' && cluster.enabled[name].exposes != {}
         && !std.setMember(name, needs.contour) && name != 'argo-cd'
    ];
  local waves = {
    [name]: std.foldl(
      std.max,
      [waves[other] + 1 for other in declared(cluster, name) + implied(name)],
      1,
    )
    for name in names
  };
  { cluster: 0 } + waves
