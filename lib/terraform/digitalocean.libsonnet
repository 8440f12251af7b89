// The target `digitalocean`: a managed cluster with one pool of nodes for each entry of `nodes`. The token comes from
// DIGITALOCEAN_TOKEN.
local kubeconfigFile = import 'kubeconfig-file.libsonnet';
local pools = import 'pools.libsonnet';
local text = import 'text.libsonnet';

local pool(said) = {
  name: said.name,
  size: said.size,
  node_count: said.count,
  [if said.labels != {} then 'labels']: { [name]: text.literal(said.labels[name]) for name in std.objectFields(said.labels) },
};

function(cluster)
  local said = cluster.infrastructure.digitalocean;
  local all = pools(cluster);
  {
    providers: ['digitalocean', 'local'],
    content: {
      data: { digitalocean_kubernetes_versions: { minor: { version_prefix: cluster.kubernetes + '.' } } },
      resource: {
        digitalocean_kubernetes_cluster: { cluster: {
          name: cluster.name,
          region: said.region,
          // The newest patch when the plan is made: each apply brings the cluster there.
          version: '${data.digitalocean_kubernetes_versions.minor.latest_version}',
          ha: said.highlyAvailableControlPlane,
          // Both, or the addresses of pods are not known before there is a cluster; NetworkPolicies need them.
          [if cluster.network.podCIDRs != [] then 'cluster_subnet']: cluster.network.podCIDRs[0],
          [if cluster.network.podCIDRs != [] then 'service_subnet']: cluster.infrastructure.serviceCIDR,
          destroy_all_associated_resources: said.destroyAssociated,
          node_pool: [pool(all[0])],
        } },
        [if std.length(all) > 1 then 'digitalocean_kubernetes_node_pool']: {
          [other.name]: { cluster_id: '${digitalocean_kubernetes_cluster.cluster.id}' } + pool(other)
          for other in all[1:]
        },
      } + kubeconfigFile('${digitalocean_kubernetes_cluster.cluster.kube_config[0].raw_config}'),
    },
    outputs: {
      context: { value: 'do-%s-%s' % [said.region, cluster.name], depends_on: ['local_sensitive_file.kubeconfig'] },
      endpoint: { value: '${digitalocean_kubernetes_cluster.cluster.endpoint}' },
      kubeconfig: { value: '${local_sensitive_file.kubeconfig.filename}' },
    },
  }
