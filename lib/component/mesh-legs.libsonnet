// A call of several workloads on several ports, taken apart by the way that its packets go: from proxy to proxy, where they
// arrive on the port of the proxy, or as without a mesh.
local mesh = import 'mesh.libsonnet';

local rolesOf(end) = if std.objectHas(end, 'workloads') then end.workloads else [end.workload];

// An end with only these of its workloads, in the form that it has.
local only(end, roles) = if std.objectHas(end, 'workloads') then end { workloads: roles } else end;

// Workloads that the mesh treats alike: [[role]].
local alike(roles, keyOf) =
  local keyed = [{ key: keyOf(role), role: role } for role in roles];
  [
    [one.role for one in keyed if one.key == key]
    for key in std.set([one.key for one in keyed])
  ];

// A call whose names are wrong stays as it is: network-policies.libsonnet says what is wrong, in the app of the one who made it.
local legs(cluster, call) =
  local isOf(end) =
    std.objectHas(end, 'component') && cluster.has(end.component)
    && std.length([role for role in rolesOf(end) if !std.objectHas(cluster.enabled[end.component].workloads, role)]) == 0;
  if !isOf(call.from) || !isOf(call.to) then [call]
  else
    local caller = cluster.enabled[call.from.component];
    local callee = cluster.enabled[call.to.component];
    local ports = if std.type(call.port) == 'array' then call.port else [call.port];
    local known = [port for port in ports if std.objectHas(callee.workload(rolesOf(call.to)[0]).ports, port)];
    local whoCalls(role) = std.toString([mesh.hasProxy(caller, role), mesh.of(caller, role).skipOutbound]);
    local whoAnswers(role) = std.toString([mesh.hasProxy(callee, role), mesh.of(callee, role).skipInbound]);
    if std.length(known) < std.length(ports) then [call]
    else std.flattenArrays([
      local pair = call { from: only(call.from, from), to: only(call.to, to) };
      local proxied = [
        port
        for port in ports
        if std.objectHas(callee.workload(to[0]).ports, port)
        if mesh.passes({ component: caller, role: from[0] }, { component: callee, role: to[0] }, port)
      ];
      local others = [port for port in ports if !std.member(proxied, port)];
      (if proxied == [] then [] else [pair { port: proxied, proxied: true }])
      + (if others == [] then [] else [pair { port: others }])
      for from in alike(rolesOf(call.from), whoCalls)
      for to in alike(rolesOf(call.to), whoAnswers)
    ]);

{
  // of(cluster, call) -> [call], each of them with `proxied: true` where it goes from proxy to proxy.
  of(cluster, call):: if mesh.isOn(cluster) && !std.objectHas(call, 'direct') then legs(cluster, call) else [call],

  // at(this) -> those of all calls that have this component at one of their ends.
  at(this)::
    local isOurs(end) = std.objectHas(end, 'component') && end.component == this.name;
    std.flattenArrays([$.of(this.cluster, call) for call in this.cluster.calls if isOurs(call.from) || isOurs(call.to)]),
}
