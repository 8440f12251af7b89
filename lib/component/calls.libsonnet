// The calls of all components, each end resolved to { component, workload }, { component, workloads } or { peer }. Nothing in here fails on a wrong
// name: every component's policies read this list, and a mistake must fail the app of the one who made it.

local end(component, value) =
  if std.type(value) == 'object' then value
  else if std.type(value) == 'array' then { component: component.name, workloads: value }
  else if std.objectHas(component.workloads, value) then { component: component.name, workload: value }
  else { peer: value };

// calls(components) -> [{ from, to, port? }] for a { name: component } of enabled components.
function(components)
  local all = [components[name] for name in std.objectFields(components)];
  local collectors = [component for component in all if component.collector != null];
  std.flattenArrays([
    [call { from: end(component, call.from), to: end(component, call.to) } for call in component.calls]
    + [
      { from: end(component, role), to: { peer: 'dns' } }
      for role in std.objectFields(component.workloads)
      if component.workload(role).dns
    ]
    + [
      { from: end(component, role), to: { peer: 'api-server' } }
      for role in std.objectFields(component.workloads)
      if component.workload(role).apiAccess
    ]
    + [
      { from: end(collector, collector.collector), to: end(component, target.workload), port: target.port }
      for collector in collectors
      for target in component.scrape
    ]
    for component in all
  ])
