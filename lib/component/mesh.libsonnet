// The service mesh: which pods have a proxy beside them, and what of their traffic the proxy leaves alone. The mesh is there
// where the component linkerd is on.
//
// A workload says what it is to the mesh where it differs from these defaults, or its component does for all of them:
//
//   mesh:: { outside: 'It must be able to mend Linkerd.' },
//   workloads:: { envoy: { ports: …, mesh: { ingress: true, skipInbound: ['http', 'https'] } } },
local declaration = {
  outside: null,  // why its pods have no proxy; null for those that have one
  injected: true,  // false for pods that bring their proxy with them: Linkerd's own
  ingress: false,  // is the Service of a request in its header, instead of in the address? So with Envoy, which chooses pods by itself
  opaque: [],  // ports that carry no HTTP, and whose clients may be silent at first: their protocol is not looked for
  skipInbound: [],  // its ports that the proxy leaves alone: names, or numbers of what is no port of the workload
  skipOutbound: [],  // numbers of ports that it reaches past its proxy, wherever they are
};

local textOf(ports) = std.join(',', [std.toString(port) for port in ports]);

local of(component, role) = declaration + component.mesh + component.workload(role).mesh;

local numbers(component, role, ports) = [
  if std.isNumber(port) then port else component.workload(role).ports[port]
  for port in ports
];

// Locals are computed once, fields at each access: so what is the same for all workloads is computed once for whoever asks for many.
local view(cluster) =
  local isOn = cluster.has('linkerd');
  local said = cluster.mesh;
  local before = cluster.beforeMesh;
  local uninjected = cluster.get('linkerd').uninjectedNamespaces;

  local whyOutside(component, role) =
    local declared = of(component, role);
    if std.member(before, component.name) then 'Linkerd needs it, and so it is there first.'
    else if declared.outside != null then declared.outside
    else if !declared.injected then null
    else if std.objectHas(said.outside, component.name) && std.objectHas(said.outside[component.name], role)
    then said.outside[component.name][role]
    else if said.namespaces != null && !std.member(said.namespaces, component.namespace)
    then 'The environment leaves its namespace out.'
    else if std.member(uninjected, component.namespace)
    then 'Its namespace holds what must start without Linkerd, which is never asked about it.'
    else null;
  local hasProxy(component, role) = isOn && whyOutside(component, role) == null;

  {
    isOn:: isOn,
    whyOutside:: whyOutside,
    hasProxy:: hasProxy,

    // proxied(component) -> its workloads whose pods have a proxy; injected(component) -> those whose proxy the injector adds.
    proxied(component):: if !isOn then [] else [role for role in std.objectFields(component.workloads) if hasProxy(component, role)],
    injected(component):: [role for role in self.proxied(component) if of(component, role).injected],
  };

{
  // isOn(cluster) -> is there a mesh?
  isOn(cluster):: cluster.has('linkerd'),

  // of(component, role) -> the declaration of a workload, completed.
  of:: of,

  // numbers(component, role, ports) -> the numbers of ports that are named, or numbers already.
  numbers:: numbers,

  // view(cluster) -> who has a proxy:
  //   isOn                           is there a mesh?
  //   whyOutside(component, role)    why its pods have no proxy, or null where they have one; asks for a mesh
  //   hasProxy(component, role)      is there a proxy in its pods?
  //   proxied(component)             its workloads whose pods have one
  //   injected(component)            those whose proxy the injector adds
  view:: view,

  // hasProxy(component, role) -> the same for one workload.
  hasProxy(component, role):: view(component.cluster).hasProxy(component, role),

  // annotations(component, role) -> those of its pod template: for the injector, which reads them when a pod is made.
  //
  // On the pods and not on the namespace, so that what others start in the namespace, such as the pods by which cert-manager
  // proves hosts, has no proxy whose calls no policy allows; and so that pods restart when they enter or leave the mesh.
  annotations(component, role)::
    local said = of(component, role);
    if !$.hasProxy(component, role) || !said.injected then {}
    else
      local ports(list) = textOf(numbers(component, role, list));
      {
        'linkerd.io/inject': if said.ingress then 'ingress' else 'enabled',
        // Ports that nobody declared: all traffic between two pods arrives on one port, where NetworkPolicies tell none apart.
        'config.linkerd.io/default-inbound-policy': 'deny',
        [if said.opaque != [] then 'config.linkerd.io/opaque-ports']: ports(said.opaque),
        [if said.skipInbound != [] then 'config.linkerd.io/skip-inbound-ports']: ports(said.skipInbound),
        [if said.skipOutbound != [] then 'config.linkerd.io/skip-outbound-ports']: textOf(said.skipOutbound),
      },

  // podSecurity(component) -> what its namespace must allow for the sake of the mesh.
  podSecurity(component)::
    if view(component.cluster).injected(component) == [] || component.cluster.get('linkerd').cni then { level: 'restricted', reason: null }
    else {
      level: 'privileged',
      reason: 'The init container of Linkerd leads traffic to the proxy with NET_ADMIN and NET_RAW, which "baseline" forbids; with linkerd-cni no pod needs them.',
    },
}
