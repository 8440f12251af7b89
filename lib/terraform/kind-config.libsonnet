// kindConfig(cluster, hostPath) -> the cluster as kind's own configuration, kind.x-k8s.io/v1alpha4. hostPath: a function from
// a path in the settings to the path in the configuration.
//
// One node is a control plane that pods run on. Of several, as `nodes` lists them, pods run on all, and a control plane is
// added, as with a managed cluster: kind keeps pods off it.
local k = import '../kubernetes/main.libsonnet';
local nodeImages = import '../versions.json';
local pools = import 'pools.libsonnet';

// image(cluster) -> the image of the nodes, by the digest that kind publishes with it.
local image(cluster) = k.image({ cluster: cluster }, nodeImages['kind-node-' + std.strReplace(cluster.kubernetes, '.', '-')]);

// One entry for each node that pods run on: its labels, zones in turn.
local workers(cluster) =
  local labels = std.flattenArrays([std.makeArray(pool.count, function(_) pool.labels) for pool in pools(cluster)]);
  std.mapWithIndex(
    function(i, own)
      (if cluster.zones == [] then {} else { 'topology.kubernetes.io/zone': cluster.zones[i % std.length(cluster.zones)] }) + own,
    if labels == [] then [{}] else labels,
  );

local portMappings(cluster) =
  local said = cluster.infrastructure.kind;
  local entry = if cluster.has('contour') then cluster.get('contour').entryPorts else null;
  if entry == null then []
  else [
    { containerPort: entry[name], hostPort: said.hostPorts[name], listenAddress: said.listenAddress, protocol: 'TCP' }
    for name in ['http', 'https']
  ];

local mounts(cluster, hostPath) =
  local said = cluster.infrastructure.kind;
  local server = if cluster.has('object-storage') then cluster.get('object-storage').server else { enabled: false };
  (
    if !server.enabled || server.hostPath == null then []
    else [{ hostPath: hostPath(said.dataPath), containerPath: server.hostPath }]
  ) + (
    if !cluster.has('git-server') then []
    else [{ hostPath: hostPath(said.repositoryPath), containerPath: cluster.get('git-server').hostPath, readOnly: true }]
  );

// Flags of the API server, as kubeadm takes them: kind writes v1beta3 before Kubernetes 1.36 and v1beta4 from there on, whose
// list replaces kind's own, so that it has to say what kind says.
local patches(cluster) =
  local said = cluster.infrastructure.kind;
  local args = said.apiServer.extraArgs;
  local pairs(object) = std.join(',', ['%s=%s' % [key, object[key]] for key in std.objectFields(object)]);
  local all = { 'runtime-config': pairs(said.runtimeConfig) }
              + (if said.featureGates == {} then {} else { 'feature-gates': pairs(said.featureGates) })
              + args;
  local patch(version, extraArgs) = k.toYAML({ apiVersion: 'kubeadm.k8s.io/' + version, kind: 'ClusterConfiguration', apiServer: { extraArgs: extraArgs } });
  if args == {} then []
  else if std.member(['1.34', '1.35'], cluster.kubernetes) then [patch('v1beta3', args)]
  else [patch('v1beta4', [{ name: name, value: all[name] } for name in std.objectFields(all)])];

local families(cidrs) =
  local isV6(cidr) = std.member(cidr, ':');
  if std.length(std.set([isV6(cidr) for cidr in cidrs])) > 1 then 'dual'
  else if isV6(cidrs[0]) then 'ipv6' else 'ipv4';

function(cluster, hostPath=function(path) path)
  local said = cluster.infrastructure.kind;
  local podCIDRs = cluster.network.podCIDRs;
  local inFront = { [if portMappings(cluster) != [] then 'extraPortMappings']: portMappings(cluster) };
  local withData = { [if mounts(cluster, hostPath) != [] then 'extraMounts']: mounts(cluster, hostPath) };
  local control = { [if patches(cluster) != [] then 'kubeadmConfigPatches']: patches(cluster) };
  local labelled(labels) = if labels == {} then {} else { labels: labels };
  local all = workers(cluster);
  {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name: cluster.name,
    networking: {
      [if podCIDRs != [] then 'ipFamily']: families(podCIDRs),
      [if podCIDRs != [] then 'podSubnet']: std.join(',', podCIDRs),
      serviceSubnet: cluster.infrastructure.serviceCIDR,
      apiServerAddress: said.apiServer.address,
      [if said.apiServer.port != null then 'apiServerPort']: said.apiServer.port,
      disableDefaultCNI: !said.defaultCNI,
    },
    [if said.featureGates != {} then 'featureGates']: said.featureGates,
    [if said.runtimeConfig != {} then 'runtimeConfig']: said.runtimeConfig,
    nodes: [
      node { image: image(cluster) }
      for node in
        if std.length(all) == 1
        then [{ role: 'control-plane' } + labelled(all[0]) + inFront + withData + control]
        else [{ role: 'control-plane' } + control] + std.mapWithIndex(
          // Two nodes can't share the ports of the machine.
          function(i, labels) { role: 'worker' } + labelled(labels) + (if i == 0 then inFront else {}) + withData,
          all,
        )
    ],
  }
