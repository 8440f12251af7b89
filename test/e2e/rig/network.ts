// The network of the rig: one namespace that plays all nodes, and one for each pod that a program stands behind. Pods are
// routed, not bridged, so that kube-proxy sees all of their traffic and source addresses stay what they are.
import { mkdirSync, writeFileSync } from 'node:fs';
import { run } from './run.ts';

/** Addresses of the rig. They exist in its namespace only, so that any number of rigs run side by side. */
export const addresses = {
  services: '10.96.0.0/16',
  /** ClusterIP of `kubernetes.default.svc`: the first of the range. */
  apiService: '10.96.0.1',
  /** ClusterIP of the name server, as kubeadm and kind choose it. */
  dnsService: '10.96.0.10',
  pods: '10.244.0.0/16',
  /** Where the control plane listens. */
  controlPlane: '172.18.0.2',
  /** What load balancers are given, one after the other. */
  loadBalancers: '203.0.113.',
} as const;

/** InternalIP of the n-th node, from 0. */
export function nodeAddress(index: number): string {
  return `172.18.0.${10 + index}`;
}

/** Makes this process's namespace ready: call it once, as its first act. `nodes`: how many nodes it plays. */
export async function setUpNetwork(nodes: number): Promise<void> {
  mkdirSync('/run/netns', { recursive: true });
  await run('mount', ['-t', 'tmpfs', 'tmpfs', '/run/netns']);
  const local = [addresses.controlPlane, ...Array.from({ length: nodes }, (_, index) => nodeAddress(index))];
  await ip([
    'link set lo up',
    // A way out that leads nowhere: ClusterIPs need a route before they are translated.
    'link add node0 type veth peer name nowhere',
    ...local.map((address) => `address add ${address}/32 dev node0`),
    // What pods take for their gateway.
    `address add ${gateway}/32 dev lo`,
    'link set node0 up',
    'link set nowhere up',
    `route add default dev node0 src ${addresses.controlPlane}`,
    // A pod without a program refuses at once instead of after minutes.
    `route add unreachable ${addresses.pods}`,
  ]);
  // For pods that come back to themselves through a Service: kube-proxy sees to it for those of its own node only.
  await run('nft', ['add table ip rekindle; add chain ip rekindle back { type nat hook postrouting priority 90; }']);
  for (const [name, value] of Object.entries({ ip_forward: 1, ip_unprivileged_port_start: 0, tcp_retries2: 5 })) {
    writeFileSync(`/proc/sys/net/ipv4/${name}`, `${value}`);
  }
}

const gateway = '169.254.1.1';

/** A pod's own network namespace. */
export interface PodNetwork {
  address: string;
  /** Path of the namespace, for nsenter. */
  path: string;
  /** What to put before a command so that it runs in there. */
  enter: readonly string[];
}

let pods = 0;

/**
 * A network namespace with an address of its own, reachable from every other and through Services. Default: the next
 * free address of 10.244.200.0/21, which no node hands out.
 */
export async function addPodNetwork(
  address = `10.244.${200 + Math.floor((pods + 1) / 250)}.${((pods + 1) % 250) + 1}`,
): Promise<PodNetwork> {
  const name = `pod${++pods}`;
  const path = `/run/netns/${name}`;
  await ip([`netns add ${name}`, `link add ${name} type veth peer name eth0 netns ${name}`]);
  await ip(
    [
      'link set lo up',
      'link set eth0 up',
      `address add ${address}/32 dev eth0`,
      `route add ${gateway} dev eth0 scope link`,
      `route add default via ${gateway}`,
    ],
    ['-n', name],
  );
  await ip([`link set ${name} up`, `route add ${address}/32 dev ${name}`]);
  await run('nft', [`add rule ip rekindle back ip saddr ${address} ip daddr ${address} masquerade`]);
  const enter = ['nsenter', `--net=${path}`, '--'];
  // A container may listen on port 443 without being root, as it may under containerd.
  await run(enter[0]!, [...enter.slice(1), 'sh', '-c', 'echo 0 > /proc/sys/net/ipv4/ip_unprivileged_port_start']);
  return { address, path, enter };
}

async function ip(lines: readonly string[], options: readonly string[] = []): Promise<void> {
  await run('ip', [...options, '-batch', '-'], { input: `${lines.join('\n')}\n` });
}
