// What components publish through Contour (`exposes`), and in whose app it is applied: in the component's own, which comes
// after Contour; but what Contour itself waits for (Argo CD, cert-manager) is published by Contour's app.
{
  local early(waves, component) = waves[component.name] < waves.contour,

  local published(cluster, component) =
    local contour = cluster.get('contour');
    std.flattenArrays([
      contour.publish(component, name, component.exposes[name])
      for name in std.objectFields(component.exposes)
    ]) + contour.solverPolicies(component),

  // problems(cluster, component) -> what is wrong with its `exposes`: its own app reports that, and Contour's app does without it.
  problems(cluster, component)::
    if component.exposes == {} || !cluster.has('contour') then []
    else cluster.get('contour').exposureProblems(component),

  // lent(cluster) -> the components whose publications are in Contour's app.
  lent(cluster)::
    local enabled = cluster.enabled;
    local waves = cluster.waves;
    [
      enabled[name]
      for name in std.objectFields(enabled)
      if name != 'contour' && enabled[name].exposes != {} && early(waves, enabled[name])
    ],

  // manifests(cluster, component) -> what is published in this component's app.
  manifests(cluster, component)::
    if !cluster.has('contour') then []
    else if component.name == 'contour' then
      std.flattenArrays([
        published(cluster, other)
        for other in [component] + $.lent(cluster)
        if $.problems(cluster, other) == []
      ])
    else if component.exposes == {} || early(cluster.waves, component) then []
    else published(cluster, component),
}
