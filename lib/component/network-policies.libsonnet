// NetworkPolicies, one per workload, derived from what components declare in `calls`:
//
//   calls:: [
//     { from: 'server', to: 'repo-server', port: 'grpc' },                                    // inside the component
//     { from: 'envoy', to: { component: 'argo-cd', workload: 'server' }, port: 'http' },      // to another component
//     { from: 'controller', to: 'internet', port: 443 },                                      // to a peer of peers.libsonnet
//     { from: 'api-server', to: 'webhook', port: 'https' },                                   // from a peer
//     { from: ['a', 'b'], to: ['a', 'b', 'c'], port: 'gossip' },                              // each of these to each of those
//   ]
//
// A call opens the way out of the caller and the way into the callee, and nothing else. `port` is the name of the
// callee's port, or numbers where the callee is a peer. Every workload may ask DNS, unless it says `dns: false`.
//
// With a mesh, what goes from proxy to proxy arrives on the port of the callee's proxy, whatever port is called; which of the
// callee's ports that may be is for mesh-policies.libsonnet to say.
local doc = import '../doc/main.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local mesh = import 'mesh.libsonnet';
local peers = import 'peers.libsonnet';

local listOf(value) = if std.type(value) == 'array' then value else [value];

local rolesOf(end) = if std.objectHas(end, 'workloads') then end.workloads else [end.workload];

// The selector that finds the pods of these workloads of one namespace. Locals are computed once, fields at each access.
local podsIn(component, namespace, roles) =
  local names = [component.workloadName(role) for role in roles];
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    podSelector:
      if std.length(roles) == 1 then { matchLabels: { 'app.kubernetes.io/instance': component.name, 'app.kubernetes.io/name': names[0] } }
      else {
        matchLabels: { 'app.kubernetes.io/instance': component.name },
        matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: names }],
      },
  };

// The selectors that find the pods of these workloads from any namespace.
local pods(component, roles) = [
  podsIn(component, namespace, [role for role in roles if component.namespaceOf(role) == namespace])
  for namespace in std.set([component.namespaceOf(role) for role in roles])
];

local isProxied(call) = std.objectHas(call, 'proxied');

// Numbers are ports of a proxy.
local portsOf(component, role, names) =
  local numbers = component.workload(role).ports;
  [
    if std.isNumber(name) then { port: name, protocol: 'TCP' }
    else { port: numbers[name], protocol: component.portProtocol(role, name) }
    for name in names
  ];

// Several calls between the same workloads arrive on one port: the same rule once.
local distinct(rules) =
  std.foldl(function(kept, rule) if std.member(kept, rule) then kept else kept + [rule], rules, []);

function(this)
  local cluster = this.cluster;
  local calls = this.ownCalls;
  // Pods that have no proxy yet go on as before, as long as the mesh is not enforced.
  local arrivals(call, ports) =
    if !isProxied(call) then ports
    else [{ port: cluster.get('linkerd').proxyPorts.inbound, protocol: 'TCP' }] + (if cluster.mesh.enforce then [] else ports);
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
      local roles = rolesOf(to);
      local missing = [role for role in roles if !std.objectHas(callee.workloads, role)];
      if missing != []
      then error '%s: %s has no workload "%s"; %s' % [where(call), callee.name, missing[0], doc.nearest.hint(missing[0], std.objectFields(callee.workloads))]
      else
        local unknown = [
          { role: role, port: name }
          for role in roles
          for name in listOf(call.port)
          if !std.isNumber(name) && !std.objectHas(callee.workload(role).ports, name)
        ];
        if unknown != []
        then error '%s: %s/%s has no port "%s"; %s' % [where(call), callee.name, unknown[0].role, unknown[0].port, doc.nearest.hint(unknown[0].port, std.objectFields(callee.workload(unknown[0].role).ports))]
        else
          local ports = portsOf(callee, roles[0], listOf(call.port));
          local selected = pods(callee, roles);
          if std.length([role for role in roles[1:] if portsOf(callee, role, listOf(call.port)) != ports]) > 0
          then error '%s: the ports of that name differ; declare one call for each workload' % where(call)
          else { to: selected, ports: arrivals(call, ports) };

  // The rule that lets the caller reach one of our workloads. A caller's mistake is the caller's to report.
  local ingress(role, call) =
    local known = this.workload(role).ports;
    local ports = portsOf(this, role, [name for name in listOf(call.port) if std.isNumber(name) || std.objectHas(known, name)]);
    if ports == [] then []
    else if std.objectHas(call.from, 'peer') then
      if std.member(peers.callers, call.from.peer) then [{ ports: ports }]
      else error '%s: "%s" is neither a workload nor a peer that calls; %s' % [where(call), call.from.peer, doc.nearest.hint(call.from.peer, std.objectFields(this.workloads) + peers.callers)]
    else
      local from = pods(if call.from.component == this.name then this else cluster.get(call.from.component), rolesOf(call.from));
      [{ from: from, ports: arrivals(call, ports) }];

  local isOurs(end) = std.objectHas(end, 'component') && end.component == this.name;

  // Each call once for each of our workloads at one of its ends. A call between several has one rule for the way out of all of
  // them, computed once; calls of other components are left aside before anything is looked up.
  local outward = std.flattenArrays([
    local rule = egress(call);
    [
      if std.objectHas(this.workloads, role) then { role: role, rule: rule }
      else error '%s: %s has no workload "%s"; %s' % [where(call), this.name, role, doc.nearest.hint(role, std.objectFields(this.workloads))]
      for role in rolesOf(call.from)
    ]
    for call in calls
    if isOurs(call.from)
  ]);
  local inward = std.flattenArrays([
    [{ role: role, call: call } for role in rolesOf(call.to)]
    for call in calls
    if isOurs(call.to)
  ]);

  // The API server drops an empty list, and would see it as a change at every sync.
  local direction(name, rules) = if rules == [] then {} else { [name]: if mesh.isOn(cluster) then distinct(rules) else rules };

  {
    [role]:
      local policy = k.object(this, 'networking.k8s.io/v1', 'NetworkPolicy', this.workloadName(role), role);
      local rules = direction('ingress', std.flattenArrays([ingress(role, one.call) for one in inward if one.role == role]))
                    + direction('egress', [one.rule for one in outward if one.role == role]);
      policy {
        spec: {
          podSelector: { matchLabels: k.selector(this, role) },
          policyTypes: ['Ingress', 'Egress'],
        } + rules,
      }
    for role in std.objectFields(this.workloads)
  }
