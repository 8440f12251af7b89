// What is wrong with an environment, found before anything is rendered from it.
local doc = import '../doc/main.libsonnet';
local exposure = import 'exposure.libsonnet';

// What `npm run render` writes beside the components.
local reserved = ['applications', 'cluster', 'kind', 'terraform'];
// Names in the setting `mesh` of what is not there: somebody believes it outside.
local ofMesh(cluster) =
  local outside = cluster.mesh.outside;
  local components = std.objectFields(cluster.wired);
  local namespaces = std.set([cluster.enabled[name].namespace for name in std.objectFields(cluster.enabled)]);
  [
    '%s.mesh.outside: there is no component "%s"; %s' % [cluster.name, name, doc.nearest.hint(name, components)]
    for name in std.objectFields(outside)
    if !std.member(components, name)
  ] + [
    '%s.mesh.outside.%s: %s has no workload "%s"; %s' % [
      cluster.name,
      name,
      name,
      role,
      doc.nearest.hint(role, std.objectFields(cluster.enabled[name].workloads)),
    ]
    for name in std.objectFields(outside)
    if cluster.has(name)
    for role in std.objectFields(outside[name])
    if !std.objectHas(cluster.enabled[name].workloads, role)
  ] + (
    if cluster.mesh.namespaces == null then []
    else [
      '%s.mesh.namespaces: no component is in "%s"; %s' % [cluster.name, name, doc.nearest.hint(name, namespaces)]
      for name in cluster.mesh.namespaces
      if !std.member(namespaces, name)
    ]
  );

{
  // orElse(problems, value) -> the value, or one error that lists all problems.
  orElse(problems, value)::
    if problems == [] then value
    else error std.join('\n', [if std.length(problems) == 1 then problems[0] else '%d mistakes:' % std.length(problems)]
                              + (if std.length(problems) == 1 then [] else ['- ' + problem for problem in problems])),

  // Mistakes that concern everybody: they fail every app, the root included, so that nothing in the cluster moves.
  ofCluster(cluster)::
    local known = std.objectFields(import 'components.libsonnet');
    local mistyped = doc.check(cluster.name, cluster);
    mistyped + (if mistyped == [] then ofMesh(cluster) else []) + [
      '%s: components.%s: rendered/%s/%s is where other files lie; give the component another name' % [cluster.name, name, cluster.name, name]
      for name in reserved
      if std.objectHas(cluster.components, name)
    ] + [
      '%s: components.%s is no component: it lacks what lib/component gives; %s' % [cluster.name, name, doc.nearest.hint(name, known)]
      for name in std.objectFields(cluster.components)
      if !std.objectHasAll(cluster.components[name], 'workloads') || !std.objectHasAll(cluster.components[name], 'resources')
    ],

  // Mistakes of one component, which fail its app alone.
  ofComponent(cluster, component)::
    local where = '%s: components.%s' % [cluster.name, component.name];
    local keys = [name for name in std.objectFields(cluster.wired) if cluster.wired[name].name == component.name];
    local mistyped = doc.check(where, component);
    mistyped
    // A component may rely on the types of its settings when it looks further.
    + (if mistyped == [] then ['%s.%s' % [where, problem] for problem in component.problems + exposure.problems(cluster, component)] else [])
    + (if std.length(keys) == 1 && keys[0] == component.name then []
       else ['%s: components.%s has the name "%s"; set its name to its field' % [cluster.name, std.join(' and components.', keys), component.name]])
    + [
      '%s: %s needs "%s", which is %s' % [
        cluster.name,
        component.name,
        need,
        if std.objectHas(cluster.wired, need) then 'off; set components.%s.enabled, or turn %s off too' % [need, component.name]
        else 'no component; ' + doc.nearest.hint(need, std.objectFields(cluster.wired)),
      ]
      for need in component.needs
      if !cluster.has(need)
    ]
    + (
      if component.podSecurity.level != 'restricted' && component.podSecurity.reason == null
      then ['%s: podSecurity.level is "%s": set podSecurity.reason, why its pods need more than "restricted" allows' % [where, component.podSecurity.level]]
      else []
    )
    + [
      '%s: namespaces.%s.podSecurity.level is "%s": set its reason, why the pods there need more than "restricted" allows' % [where, name, component.namespaces[name].podSecurity.level]
      for name in std.objectFields(component.namespaces)
      if std.objectHas(component.namespaces[name], 'podSecurity')
      if component.namespaces[name].podSecurity.level != 'restricted' && std.get(component.namespaces[name].podSecurity, 'reason') == null
    ],
}
