// NetworkPolicies, one per workload, derived from what components declare in `calls`:
//
//   calls:: [
//     { from: 'server', to: 'repo-server', port: 'grpc' },                                    // inside the component
//     { from: 'envoy', to: { component: 'argo-cd', workload: 'server' }, port: 'http' },      // to another component
//     { from: 'controller', to: 'internet', port: 443 },                                      // to a peer of peers.libsonnet
//     { from: 'api-server', to: 'webhook', port: 'https' },                                   // from a peer
//   ]
//
// A call opens the way out of the caller and the way into the callee, and nothing else. `port` is the name of the
// callee's port, or numbers where the callee is a peer. Every workload may ask DNS, unless it says `dns: false`.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local peers = import 'peers.libsonnet';

local listOf(value) = if std.type(value) == 'array' then value else [value];

// The selector that finds the pods of a workload from any namespace.
local pods(component, role) = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': component.namespace } },
  podSelector: { matchLabels: k.selector(component, role) },
};

local portsOf(component, role, names) = [
  { port: component.workload(role).ports[name], protocol: component.portProtocol(role, name) }
  for name in names
];

function(this)
  local cluster = this.cluster;
  local calls = cluster.calls;
  local where(call) = '%s: call %s' % [this.name, std.toString(call)];

  // The rule that lets one of our workloads reach the callee; mistakes in the call fail the caller's app.
  local egress(call) =
    local to = call.to;
    if std.objectHas(to, 'peer') then
      if !std.objectHas(peers.callees, to.peer)
      then error '%s: "%s" is neither a workload nor a peer; %s' % [where(call), to.peer, doc.nearest.hint(to.peer, std.objectFields(this.workloads) + std.objectFields(peers.callees))]
      else peers.callees[to.peer](cluster, if std.objectHas(call, 'port') then listOf(call.port) else null)
    else
      local callee = if to.component == this.name then this else cluster.get(to.component);
      if !std.objectHas(callee.workloads, to.workload)
      then error '%s: %s has no workload "%s"; %s' % [where(call), callee.name, to.workload, doc.nearest.hint(to.workload, std.objectFields(callee.workloads))]
      else
        local known = callee.workload(to.workload).ports;
        local unknown = [name for name in listOf(call.port) if !std.objectHas(known, name)];
        if unknown != []
        then error '%s: %s/%s has no port "%s"; %s' % [where(call), callee.name, to.workload, unknown[0], doc.nearest.hint(unknown[0], std.objectFields(known))]
        else { to: [pods(callee, to.workload)], ports: portsOf(callee, to.workload, listOf(call.port)) };

  // The rule that lets the caller reach one of our workloads. A caller's mistake is the caller's to report.
  local ingress(role, call) =
    local ports = portsOf(this, role, [name for name in listOf(call.port) if std.objectHas(this.workload(role).ports, name)]);
    if ports == [] then []
    else if std.objectHas(call.from, 'peer') then
      if std.member(peers.callers, call.from.peer) then [{ ports: ports }]
      else error '%s: "%s" is neither a workload nor a peer that calls; %s' % [where(call), call.from.peer, doc.nearest.hint(call.from.peer, std.objectFields(this.workloads) + peers.callers)]
    else [{ from: [pods(if call.from.component == this.name then this else cluster.get(call.from.component), call.from.workload)], ports: ports }];

  local isOurs(end, role) = std.objectHas(end, 'component') && end.component == this.name && end.workload == role;

  // The API server drops an empty list, and would see it as a change at every sync.
  local direction(name, rules) = if rules == [] then {} else { [name]: rules };

  {
    [role]: k.object(this, 'networking.k8s.io/v1', 'NetworkPolicy', this.workloadName(role), role) {
      spec: {
              podSelector: { matchLabels: k.selector(this, role) },
              policyTypes: ['Ingress', 'Egress'],
            }
            + direction('ingress', std.flattenArrays([ingress(role, call) for call in calls if isOurs(call.to, role)]))
            + direction('egress', [egress(call) for call in calls if isOurs(call.from, role)]),
    }
    for role in std.objectFields(this.workloads)
  }
