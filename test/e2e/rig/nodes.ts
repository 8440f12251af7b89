// The nodes of an environment, as kwok plays them.
import { slice } from '../../../scripts/core/slice.ts';
import type { Environment, Manifest } from '../../../scripts/core/types.ts';
import { nodeAddress } from './network.ts';

/** One entry of the setting `nodes`. */
export interface NodeGroup {
  count: number;
  cpu: string;
  memory: string;
}

/** What an environment says of its nodes. */
export async function nodeGroups(environment: Environment): Promise<NodeGroup[]> {
  const result = await slice(environment, 'settings');
  if ('diagnostics' in result) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return (result.value as { nodes: NodeGroup[] }).nodes;
}

/** Node objects: named, sized and spread over three zones. */
export function nodesOf(groups: readonly NodeGroup[]): Manifest[] {
  const sizes = groups.flatMap(({ count, ...size }) => Array.from({ length: count }, () => size));
  return sizes.map(({ cpu, memory }, index) => {
    const name = `node-${index + 1}`;
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        annotations: { 'kwok.x-k8s.io/node': 'fake', 'node.alpha.kubernetes.io/ttl': '0' },
        labels: {
          'kubernetes.io/arch': 'amd64',
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'topology.kubernetes.io/region': 'region-1',
          'topology.kubernetes.io/zone': `zone-${(index % 3) + 1}`,
        },
      },
      status: {
        addresses: [
          { type: 'InternalIP', address: nodeAddress(index) },
          { type: 'Hostname', address: name },
        ],
        allocatable: { cpu, memory, 'ephemeral-storage': '100Gi', pods: '110' },
        capacity: { cpu, memory, 'ephemeral-storage': '100Gi', pods: '110' },
        nodeInfo: {
          architecture: 'amd64',
          operatingSystem: 'linux',
          osImage: '',
          kernelVersion: '',
          kubeletVersion: 'v0.0.0-kwok',
          kubeProxyVersion: '',
          containerRuntimeVersion: '',
          machineID: '',
          bootID: '',
          systemUUID: '',
        },
        phase: 'Running',
      },
    };
  });
}
