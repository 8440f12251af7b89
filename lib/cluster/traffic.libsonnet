// Who calls whom, as data for the reachability test and for people: every end with the labels of its pods.
local mesh = import '../component/mesh.libsonnet';
local k = import '../kubernetes/main.libsonnet';

// A call between several workloads, as single ones.
local each(call) =
  local ends(end) = if std.objectHas(end, 'workloads') then [{ component: end.component, workload: role } for role in end.workloads] else [end];
  [call { from: from, to: to } for from in ends(call.from) for to in ends(call.to)];

function(cluster)
  local view = mesh.view(cluster);
  local resolve(end) =
    if std.objectHas(end, 'peer') then end
    else
      local component = cluster.get(end.component);
      end { namespace: component.namespace, labels: k.labels(component, end.workload) };
  {
    calls: [
      call { from: resolve(call.from), to: resolve(call.to) }
      + (
        if !std.objectHas(call, 'port') || std.objectHas(call.to, 'peer') then {}
        else
          local callee = cluster.get(call.to.component);
          local names = if std.type(call.port) == 'array' then call.port else [call.port];
          { ports: [
            // A number is a port of a proxy.
            if std.isNumber(name) then { port: name, protocol: 'TCP' }
            else { port: callee.workload(call.to.workload).ports[name], protocol: callee.portProtocol(call.to.workload, name) }
            for name in names
          ] }
      )
      for call in std.flatMap(each, cluster.calls)
    ],
    workloads: [
      resolve({ component: name, workload: role }) {
        ports: [
          { name: port, port: cluster.enabled[name].workload(role).ports[port], protocol: cluster.enabled[name].portProtocol(role, port) }
          for port in std.objectFields(cluster.enabled[name].workload(role).ports)
        ],
      }
      for name in std.objectFields(cluster.enabled)
      for role in std.objectFields(cluster.enabled[name].workloads)
    ],
    // Workloads without a proxy, where there is a mesh, with the reason.
    outsideMesh: if !view.isOn then [] else [
      { component: name, workload: role, reason: view.whyOutside(cluster.enabled[name], role) }
      for name in std.objectFields(cluster.enabled)
      for role in std.objectFields(cluster.enabled[name].workloads)
      if !view.hasProxy(cluster.enabled[name], role)
    ],
  }
