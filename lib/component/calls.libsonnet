// The calls of all components, each end resolved to { component, workload }, { component, workloads } or { peer }. Nothing in here fails on a wrong
// name: every component's policies read this list, and a mistake must fail the app of the one who made it.
local mesh = import 'mesh.libsonnet';

local end(component, value) =
  if std.type(value) == 'object' then value
  else if std.type(value) == 'array' then { component: component.name, workloads: value }
  else if std.objectHas(component.workloads, value) then { component: component.name, workload: value }
  else { peer: value };

// What the proxies of a component add: each asks Linkerd who it is, where others are and who may call it, by itself and so
// past the mesh (`direct`); and on its own ports it answers whoever collects its metrics or looks into its traffic.
local ofProxies(view, linkerd, all, component) =
  local roles = view.proxied(component);
  local these = { component: component.name, workloads: roles };
  if roles == [] then []
  else [
    linkerd.calledBy(these, purpose) { direct: true }
    for purpose in ['destination', 'identity', 'policy']
  ] + [
    { from: end(caller.component, caller.from), to: these, port: linkerd.proxyPorts[caller.port], direct: true }
    for caller in [{ component: other, from: other.collector, port: 'admin' } for other in all if other.collector != null]
                  + [said { component: other } for other in all for said in other.callsProxies]
  ];

// calls(cluster) -> [{ from, to, port?, direct? }] of its enabled components. direct: made by a proxy itself, or to a port of
// a proxy.
function(cluster)
  local components = cluster.enabled;
  local all = [components[name] for name in std.objectFields(components)];
  local collectors = [component for component in all if component.collector != null];
  local view = mesh.view(cluster);
  local declared = std.flattenArrays([
    [call { from: end(component, call.from), to: end(component, call.to) } for call in component.calls]
    + [
      { from: end(component, role), to: { peer: 'dns' } }
      for role in std.objectFields(component.workloads)
      // A proxy looks for Linkerd by name.
      if component.workload(role).dns || view.hasProxy(component, role)
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
  ]);
  if !view.isOn then declared
  else
    local linkerd = cluster.get('linkerd');
    declared + std.flatMap(function(component) ofProxies(view, linkerd, all, component), all)
