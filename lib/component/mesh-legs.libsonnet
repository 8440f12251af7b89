// A call of several workloads on several ports, taken apart by the way that its packets go: from proxy to proxy, where they
// arrive on the port of the proxy, or as without a mesh.
local mesh = import 'mesh.libsonnet';

local rolesOf(end) = if std.objectHas(end, 'workloads') then end.workloads else [end.workload];

// An end with only these of its workloads, in the form that it has.
local only(end, roles) = if std.objectHas(end, 'workloads') then end { workloads: roles } else end;

// Workloads that the mesh treats alike: [{ key, roles }].
local alike(roles, keyOf) =
  local keyed = [{ role: role, key: keyOf(role) } for role in roles];
  [
    { key: one.key, roles: [other.role for other in keyed if other.key == one.key] }
    for one in std.uniq(std.sort(keyed, function(one) std.toString(one.key)), function(one) std.toString(one.key))
  ];

// Of a callee's ports those that its proxy takes in, when called by a proxy.
local takenIn(component, role) =
  local skipped = mesh.numbers(component, role, mesh.of(component, role).skipInbound);
  local ports = component.workload(role).ports;
  [port for port in std.objectFields(ports) if component.portProtocol(role, port) == 'TCP' && !std.member(skipped, ports[port])];

// A call whose names are wrong stays as it is: network-policies.libsonnet says what is wrong, in the app of the one who made it.
local legs(view, enabled, call) =
  local isKnown(end) =
    std.objectHas(end, 'component') && std.objectHas(enabled, end.component)
    && std.length([role for role in rolesOf(end) if !std.objectHas(enabled[end.component].workloads, role)]) == 0;
  if !isKnown(call.from) || !isKnown(call.to) then [call]
  else
    local caller = enabled[call.from.component];
    local callee = enabled[call.to.component];
    local ports = if std.type(call.port) == 'array' then call.port else [call.port];
    local passed(role) = if view.hasProxy(caller, role) then mesh.of(caller, role).skipOutbound else null;
    local taken(role) = if view.hasProxy(callee, role) then takenIn(callee, role) else [];
    std.flattenArrays([
      local pair = call { from: only(call.from, from.roles), to: only(call.to, to.roles) };
      local numbers = callee.workload(to.roles[0]).ports;
      local proxied = [
        port
        for port in ports
        if from.key != null && std.member(to.key, port) && !std.member(from.key, numbers[port])
      ];
      local others = [port for port in ports if !std.member(proxied, port)];
      (if proxied == [] then [] else [pair { port: proxied, proxied: true }])
      + (if others == [] then [] else [pair { port: others }])
      for from in alike(rolesOf(call.from), passed)
      for to in alike(rolesOf(call.to), taken)
    ]);

{
  // at(this) -> [call], of all calls those that have this component at one of their ends, with `proxied: true` where a call
  // goes from proxy to proxy.
  at(this)::
    local cluster = this.cluster;
    local view = mesh.view(cluster);
    local enabled = cluster.enabled;
    local isOurs(end) = std.objectHas(end, 'component') && end.component == this.name;
    local ours = [call for call in cluster.calls if isOurs(call.from) || isOurs(call.to)];
    if !view.isOn then ours
    else std.flattenArrays([
      if std.objectHas(call, 'direct') then [call] else legs(view, enabled, call)
      for call in ours
    ]),
}
