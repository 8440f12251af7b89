// Who may call whom through the mesh, derived from `calls` as NetworkPolicies are: for each port of a workload with a proxy
//
//   Server                  the port: its proxy lets nobody in who is not allowed to
//   MeshTLSAuthentication   callers with a proxy, by the ServiceAccount that their certificate names
//   NetworkAuthentication   callers without one, by address: pods, or anybody where a peer calls
//   AuthorizationPolicy     lets one of these in, so that there may be two
//
// Linkerd lets kubelets probe by itself: GET on the paths of the pod's probes.
local k = import '../kubernetes/main.libsonnet';
local mesh = import 'mesh.libsonnet';

local api = 'policy.linkerd.io';

local everywhere = ['0.0.0.0/0', '::/0'];

local listOf(value) = if std.type(value) == 'array' then value else [value];
local rolesOf(end) = if std.objectHas(end, 'workloads') then end.workloads else [end.workload];

function(this)
  local cluster = this.cluster;
  local enabled = cluster.enabled;
  // Elements of arrays are computed once, fields at each access: [role, port, call] for each port of ours that is called.
  local inward = [
    [role, port, call]
    for call in this.ownCalls
    if std.objectHas(call.to, 'component') && call.to.component == this.name
    for port in listOf(call.port)
    for role in rolesOf(call.to)
  ];
  local callsOf(role, port) = [one[2] for one in inward if one[0] == role && one[1] == port];

  // The ServiceAccounts of those that call through the mesh.
  local identities(calls) = std.set([
    local caller = enabled[call.from.component];
    { kind: 'ServiceAccount', name: caller.workloadName(role), namespace: caller.namespace }
    for call in calls
    if std.objectHas(call.from, 'component')
    for role in rolesOf(call.from)
  ], function(ref) ref.namespace + '/' + ref.name);

  // Where those are that call without a proxy.
  local networks(calls) =
    if std.length([call for call in calls if std.objectHas(call.from, 'peer')]) > 0 then everywhere
    else if calls == [] then []
    else cluster.network.podCIDRs;

  local object(version, kind, name, role) = k.object(this, '%s/%s' % [api, version], kind, name, role);
  local authorization(name, role, server, kind) = object('v1alpha1', 'AuthorizationPolicy', name, role) {
    spec: {
      targetRef: { group: api, kind: 'Server', name: server },
      requiredAuthenticationRefs: [{ group: api, kind: kind, name: name }],
    },
  };

  // One port with those that may call it.
  local guarded(name, role, server, calls) =
    local through = [call for call in calls if std.objectHas(call, 'proxied') || std.objectHas(call, 'direct')];
    local past = [call for call in calls if !std.objectHas(call, 'proxied') && !std.objectHas(call, 'direct')];
    local outside = name + '-outside';
    {
      server: object('v1beta3', 'Server', name, role) {
        // As long as the mesh is not enforced, what would be refused is let in, and counted as such.
        spec: server { accessPolicy: if cluster.mesh.enforce then 'deny' else 'audit' },
      },
    } + (
      if through == [] then {} else {
        authentication: object('v1alpha1', 'MeshTLSAuthentication', name, role) { spec: { identityRefs: identities(through) } },
        authorization: authorization(name, role, name, 'MeshTLSAuthentication'),
      }
    ) + (
      if past == [] then {} else {
        outside: {
          authentication: object('v1alpha1', 'NetworkAuthentication', outside, role) {
            spec: { networks: [{ cidr: cidr } for cidr in networks(past)] },
          },
          authorization: authorization(outside, role, name, 'NetworkAuthentication'),
        },
      }
    );

  local ofRole(role) =
    local said = mesh.of(this, role);
    local declared = this.workload(role).ports;
    local skipped = mesh.numbers(this, role, said.skipInbound);
    {
      [port]: guarded('%s-%s' % [this.workloadName(role), port], role, {
        podSelector: { matchLabels: k.selector(this, role) },
        port: declared[port],
        proxyProtocol: if std.member(said.opaque, port) then 'opaque' else 'unknown',
      }, callsOf(role, port))
      for port in std.objectFields(declared)
      if this.portProtocol(role, port) == 'TCP' && !std.member(skipped, declared[port])
    };

  local injected = mesh.view(cluster).injected(this);
  {
    [role]: ofRole(role)
    for role in injected
  } + (
    // The metrics of the proxies themselves; the name of the port is the injector's.
    if injected == [] then {} else {
      'linkerd-admin': guarded(this.prefix + '-linkerd-admin', null, {
        podSelector: { matchLabels: { 'app.kubernetes.io/instance': this.name } },
        port: 'linkerd-admin',
        proxyProtocol: 'HTTP/1',
      }, callsOf(injected[0], cluster.get('linkerd').proxyPorts.admin)),
    }
  )
