// The target `minikube`: another way to a cluster on one's own machine, with the ports and folders of the target `kind`.
local k = import '../kubernetes/main.libsonnet';
local versions = import '../versions.json';
local kindConfig = import 'kind-config.libsonnet';
local kubeconfigFile = import 'kubeconfig-file.libsonnet';
local pools = import 'pools.libsonnet';
local text = import 'text.libsonnet';

local mebibytes(quantity) = '%dmb' % std.floor(k.quantity.bytes(quantity) / 1048576);

function(cluster)
  local said = cluster.infrastructure.minikube;
  local all = pools(cluster);
  // Where requests enter and where the data lies is as with kind: on the node that pods run on.
  local node = local nodes = kindConfig(cluster, text.path).nodes; nodes[std.length(nodes) - 1];
  local front = local nodes = kindConfig(cluster).nodes; [port for one in nodes for port in std.get(one, 'extraPortMappings', [])];
  local mounts = std.get(node, 'extraMounts', []);
  {
    providers: ['local', 'minikube'],
    content: {
      provider: { minikube: { kubernetes_version: versions['kind-node-' + std.strReplace(cluster.kubernetes, '.', '-')].tag } },
      resource: {
        minikube_cluster: { cluster: {
          cluster_name: cluster.name,
          driver: said.driver,
          cni: said.cni,
          container_runtime: 'containerd',
          nodes: std.foldl(function(sum, pool) sum + pool.count, all, 0),
          cpus: '%d' % std.floor(k.quantity.milli(all[0].cpu) / 1000),
          memory: mebibytes(all[0].memory),
          service_cluster_ip_range: cluster.infrastructure.serviceCIDR,
          [if cluster.network.podCIDRs != [] then 'extra_config']: ['kubeadm.pod-network-cidr=' + cluster.network.podCIDRs[0]],
          [if front != [] then 'ports']: ['%s:%d:%d' % [port.listenAddress, port.hostPort, port.containerPort] for port in front],
          [if mounts != [] then 'mount_string']: '${%s}:%s' % [mounts[0].hostPath, text.literal(mounts[0].containerPath)],
          wait: ['all'],
          // As in lib/terraform/kind.libsonnet: a repository that was moved is no reason for another cluster.
          [if mounts != [] then 'lifecycle']: [{ ignore_changes: ['mount_string'] }],
        } },
      } + kubeconfigFile('${yamlencode(local.kubeconfig)}'),
      locals+: {
        kubeconfig: {
          apiVersion: 'v1',
          kind: 'Config',
          'current-context': cluster.name,
          clusters: [{ name: cluster.name, cluster: {
            server: '${minikube_cluster.cluster.host}',
            'certificate-authority-data': '${base64encode(minikube_cluster.cluster.cluster_ca_certificate)}',
          } }],
          contexts: [{ name: cluster.name, context: { cluster: cluster.name, user: cluster.name } }],
          users: [{ name: cluster.name, user: {
            'client-certificate-data': '${base64encode(minikube_cluster.cluster.client_certificate)}',
            'client-key-data': '${base64encode(minikube_cluster.cluster.client_key)}',
          } }],
        },
      },
    },
    outputs: {
      context: { value: cluster.name, depends_on: ['local_sensitive_file.kubeconfig'] },
      endpoint: { value: '${minikube_cluster.cluster.host}' },
      kubeconfig: { value: '${local_sensitive_file.kubeconfig.filename}' },
    },
  }
