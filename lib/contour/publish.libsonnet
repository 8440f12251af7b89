// What components expose (`exposes`), as certificates, HTTPProxies and policies.
local peers = import '../component/peers.libsonnet';
local doc = import '../doc/main.libsonnet';
local types = import '../doc/types.libsonnet';
local k = import '../kubernetes/main.libsonnet';
local proxy = import 'proxy.libsonnet';

local has(object, field) = std.type(object) == 'object' && std.objectHas(object, field);

local isPassthrough(exposed) = has(exposed, 'passthrough') && exposed.passthrough;

// The domain of a wildcard certificate that is good for this host, or null.
local wildcardOf(contour, host) =
  local parent = std.splitLimit(host, '.', 1);
  if std.length(parent) == 2 && std.member(contour.wildcardDomains, parent[1]) then parent[1] else null;

local wildcardName(domain) = 'wildcard.' + domain;

// Mistakes in one description whose fields and types are right.
local mistakes(contour, component, name, exposed) =
  local at = 'exposes.' + name;
  local unknown(path, field, value, known) =
    ['%s.%s: %s has no %s "%s"; %s' % [path, field, component.name, field, value, doc.nearest.hint(value, known)]];
  local ofTarget(path, said) =
    if has(said, 'redirect') || has(said, 'respond') then []
    else if !has(said, 'workload') then ['%s: set workload, which program serves it' % path]
    else if !std.objectHas(component.workloads, said.workload) then unknown(path, 'workload', said.workload, std.objectFields(component.workloads))
    else
      local ports = component.workload(said.workload).ports;
      if !has(said, 'port') then ['%s: set port, one of %s' % [path, std.join(', ', std.objectFields(ports))]]
      else if !std.objectHas(ports, said.port) then unknown(path, 'port', said.port, std.objectFields(ports))
      else [];
  local ofRoute(path, said) =
    local paths = [field for field in ['path', 'exact', 'regex'] if has(said, field)];
    ofTarget(path, said)
    + (if std.length(paths) > 1 then ['%s: choose one of %s' % [path, std.join(' and ', paths)]] else [])
    + (if has(said, 'rewrite') && paths != ['path'] && paths != [] then ['%s.rewrite: it replaces a path, and here is %s' % [path, paths[0]]] else [])
    + [
      '%s.%s: a path begins with /' % [path, field]
      for field in ['path', 'exact', 'rewrite']
      if has(said, field) && !std.startsWith(said[field], '/')
    ]
    + (if contour.disablePermitInsecure && has(said, 'permitInsecure') && said.permitInsecure
       then ['%s.permitInsecure: contour.disablePermitInsecure forbids it' % path] else [])
    + (if contour.inMesh && has(said, 'loadBalancing') && said.loadBalancing == 'Cookie'
       then ['%s.loadBalancing: in the mesh Linkerd chooses the pod, and knows no cookies; leave Envoy out (mesh.outside), or do without' % path] else [])
    + (if has(said, 'jwt') && !has(exposed, 'jwt') then ['%s.jwt: the host asks for no token' % path] else []);
  local fallback = has(exposed, 'fallback') && exposed.fallback;
  (if isPassthrough(exposed) then ofTarget(at, exposed)
   else std.flattenArrays(std.mapWithIndex(
     function(i, said) ofRoute(if has(exposed, 'routes') then '%s.routes[%d]' % [at, i] else at, said),
     proxy.routes(exposed),
   )))
  + [
    '%s.%s: with passthrough Envoy sees no requests' % [at, field]
    for field in ['clientCertificate', 'cors', 'fallback', 'jwt', 'routes']
    if isPassthrough(exposed) && has(exposed, field)
  ]
  + (if fallback && contour.fallbackCertificate == null then ['%s.fallback: set contour.fallbackCertificate' % at] else [])
  + [
    '%s.fallback: Contour allows no %s beside it' % [at, field]
    for field in ['clientCertificate', 'jwt']
    if fallback && has(exposed, field)
  ];

// Who else publishes a host of this component: Contour serves a host from one HTTPProxy and calls the others invalid.
local conflicts(cluster, component) =
  local enabled = cluster.enabled;
  [
    'exposes.%s.host: %s is also that of components.%s (exposes.%s), and Contour serves a host once; give one of them another host' % [
      name,
      component.exposes[name].host,
      other,
      theirs,
    ]
    for name in std.objectFields(component.exposes)
    for other in std.objectFields(enabled)
    for theirs in std.objectFields(enabled[other].exposes)
    if !(other == component.name && theirs == name)
    if has(enabled[other].exposes[theirs], 'host') && enabled[other].exposes[theirs].host == component.exposes[name].host
  ];

{
  wildcardName:: wildcardName,

  // problems(contour, component) -> what is wrong with its `exposes`, as sentences that begin with 'exposes'.
  problems(contour, component)::
    local mistyped = doc.check('', {
      '#exposes':: doc.map(doc.shape(proxy.exposure), 'What Contour publishes.'),
      exposes: component.exposes,
    });
    if mistyped != [] then [std.lstripChars(sentence, '.') for sentence in mistyped]
    else std.flattenArrays([
      mistakes(contour, component, name, component.exposes[name])
      for name in std.objectFields(component.exposes)
    ]) + conflicts(contour.cluster, component),

  // targets(cluster) -> [{ component, workload, port }]: what Envoy must reach. Only what is there: a mistake in what a
  // component exposes is its own to report, and must not stop Contour.
  targets(cluster)::
    local enabled = cluster.enabled;
    std.set([
      { component: name, workload: said.workload, port: said.port }
      for name in std.objectFields(enabled)
      for exposed in std.objectValues(enabled[name].exposes)
      if std.type(exposed) == 'object' && (!has(exposed, 'routes') || std.type(exposed.routes) == 'array')
      for said in proxy.routes(exposed)
      if has(said, 'workload') && std.objectHas(enabled[name].workloads, said.workload)
      if has(said, 'port') && std.objectHas(enabled[name].workload(said.workload).ports, said.port)
    ], std.toString),

  // keyServers(cluster) -> the ports on which Envoy fetches keys for tokens.
  keyServers(cluster)::
    local enabled = cluster.enabled;
    std.set([
      peers.portOf(exposed.jwt.jwks)
      for name in std.objectFields(enabled)
      for exposed in std.objectValues(enabled[name].exposes)
      if has(exposed, 'jwt') && has(exposed.jwt, 'jwks') && types.url.check(exposed.jwt.jwks) == null
    ]),

  // publish(contour, component, name, exposed) -> [Certificate, HTTPProxy]; no Certificate where a wildcard is good for the host.
  publish(contour, component, name, exposed)::
    local domain = wildcardOf(contour, exposed.host);
    local secretName = if isPassthrough(exposed) then null
    else if domain != null then '%s/%s' % [contour.namespace, wildcardName(domain)]
    else exposed.host;
    (
      if secretName == exposed.host
      // Named by its host, so that a list of certificates reads as a list of hosts.
      then [contour.certManager.certificate(component, exposed.host, [exposed.host])]
      else []
    ) + [
      proxy.httpProxy(component, name, exposed, secretName, contour.ingressClass.name),
    ],

  // solverPolicies(contour, component) -> lets Envoy reach the pods that prove by HTTP-01 that a host is ours: cert-manager
  // starts them in the namespace of the Certificate.
  solverPolicies(contour, component)::
    local own = [
      name
      for name in std.objectFields(component.exposes)
      if !isPassthrough(component.exposes[name]) && wildcardOf(contour, component.exposes[name].host) == null
    ];
    if own == [] || !contour.certManager.http01Enabled then []
    else [
      k.object(component, 'networking.k8s.io/v1', 'NetworkPolicy', component.name + '-acme-solver') {
        spec: {
          podSelector: { matchLabels: contour.certManager.solver.labels },
          policyTypes: ['Ingress', 'Egress'],
          ingress: [{
            from: [{
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': contour.namespace } },
              podSelector: { matchLabels: k.selector(contour, 'envoy') },
            }],
            ports: [{ port: contour.certManager.solver.port, protocol: 'TCP' }],
          }],
        },
      },
    ],
}
