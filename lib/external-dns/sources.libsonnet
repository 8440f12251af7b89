// What external-dns 0.21 makes records from, and what it must read for each. Rules: the informers of source/*.go where those
// are the project's own kinds; for Istio and Traefik the chart's clusterrole.yaml of that version.
local read(group, resources) = { apiGroups: [group], resources: resources, verbs: ['get', 'list', 'watch'] };

local gatewayRoute(resource) = [
  read('gateway.networking.k8s.io', ['gateways', resource]),
  read('', ['namespaces']),
];

local istio(resources) = [
  read('networking.istio.io', resources),
  read('networking.k8s.io', ['ingresses']),
  read('', ['services']),
];

local rules(serviceTypes) = {
  // No types are all types.
  local hasTypes(types) = serviceTypes == [] || std.setInter(std.set(types), std.set(serviceTypes)) != [],

  'contour-httpproxy': [read('projectcontour.io', ['httpproxies'])],
  crd: [
    read('externaldns.k8s.io', ['dnsendpoints']),
    { apiGroups: ['externaldns.k8s.io'], resources: ['dnsendpoints/status'], verbs: ['update'] },
  ],
  'gateway-grpcroute': gatewayRoute('grpcroutes'),
  'gateway-httproute': gatewayRoute('httproutes'),
  'gateway-tcproute': gatewayRoute('tcproutes'),
  'gateway-tlsroute': gatewayRoute('tlsroutes'),
  'gateway-udproute': gatewayRoute('udproutes'),
  ingress: [read('networking.k8s.io', ['ingresses'])],
  'istio-gateway': istio(['gateways']),
  'istio-virtualservice': istio(['gateways', 'virtualservices']),
  node: [read('', ['nodes'])],
  pod: [read('', ['nodes', 'pods'])],
  service:
    [read('', ['services'])]
    + (if hasTypes(['ClusterIP', 'NodePort']) then [read('', ['pods']), read('discovery.k8s.io', ['endpointslices'])] else [])
    + (if hasTypes(['NodePort']) then [read('', ['nodes'])] else []),
  'traefik-proxy': [
    read(group, ['ingressroutes', 'ingressroutetcps', 'ingressrouteudps'])
    for group in ['traefik.containo.us', 'traefik.io']
  ],
};

local verbsOf(rule) = std.join(',', rule.verbs);

{
  names:: std.objectFields(rules([])),

  // rules(sources, serviceTypes) -> the rules of a role for these sources, each group and set of verbs once.
  rules(sources, serviceTypes)::
    local table = rules(serviceTypes);
    local all = std.flattenArrays([table[source] for source in std.set(sources)]);
    local key(rule) = rule.apiGroups[0] + ' ' + verbsOf(rule);
    [
      local same = [rule for rule in all if key(rule) == one];
      same[0] { resources: std.set(std.flattenArrays([rule.resources for rule in same])) }
      for one in std.set([key(rule) for rule in all])
    ],
}
