// The target `kind`: the same configuration that kind reads itself, in the words of the provider tehcyx/kind.
local kindConfig = import 'kind-config.libsonnet';
local text = import 'text.libsonnet';

local block(value) = [value];

local node(said) = {
  role: said.role,
  [if std.objectHas(said, 'labels') then 'labels']: { [name]: text.literal(said.labels[name]) for name in std.objectFields(said.labels) },
  [if std.objectHas(said, 'extraMounts') then 'extra_mounts']: [
    { host_path: mount.hostPath, container_path: mount.containerPath, [if std.objectHas(mount, 'readOnly') then 'read_only']: mount.readOnly }
    for mount in said.extraMounts
  ],
  [if std.objectHas(said, 'extraPortMappings') then 'extra_port_mappings']: [
    { container_port: port.containerPort, host_port: port.hostPort, listen_address: port.listenAddress, protocol: port.protocol }
    for port in said.extraPortMappings
  ],
  [if std.objectHas(said, 'kubeadmConfigPatches') then 'kubeadm_config_patches']: [text.literal(patch) for patch in said.kubeadmConfigPatches],
};

local networking(said) = {
  [if std.objectHas(said, 'ipFamily') then 'ip_family']: said.ipFamily,
  [if std.objectHas(said, 'podSubnet') then 'pod_subnet']: said.podSubnet,
  service_subnet: said.serviceSubnet,
  api_server_address: said.apiServerAddress,
  [if std.objectHas(said, 'apiServerPort') then 'api_server_port']: said.apiServerPort,
  disable_default_cni: said.disableDefaultCNI,
};

function(cluster)
  local config = kindConfig(cluster, function(path) text.template(text.path(path)));
  {
    providers: ['kind'],
    content: {
      resource: { kind_cluster: { cluster: {
        name: config.name,
        node_image: config.nodes[0].image,
        kubeconfig_path: '${local.kubeconfig_path}',
        // Without a network no node would ever be ready.
        wait_for_ready: !config.networking.disableDefaultCNI,
        kind_config: block({
          kind: config.kind,
          api_version: config.apiVersion,
          networking: block(networking(config.networking)),
          [if std.objectHas(config, 'featureGates') then 'feature_gates']: { [gate]: std.toString(config.featureGates[gate]) for gate in std.objectFields(config.featureGates) },
          [if std.objectHas(config, 'runtimeConfig') then 'runtime_config']: config.runtimeConfig,
          node: [node(said) for said in config.nodes],
        }),
        // A repository that was moved, or another path, is no reason for another cluster.
        lifecycle: block({ ignore_changes: ['kubeconfig_path'] }),
      } } },
    },
    outputs: {
      context: { value: 'kind-' + cluster.name, depends_on: ['kind_cluster.cluster'] },
      endpoint: { value: '${kind_cluster.cluster.endpoint}' },
      kubeconfig: { value: '${kind_cluster.cluster.kubeconfig_path}' },
    },
  }
