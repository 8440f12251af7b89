// Compares what an environment declares (slice `traffic`) with what its policies let through: NetworkPolicies, and where there
// is a mesh, those of Linkerd, for packets as they go there.
import { admits, isProxied, meshPodOf, meshPoliciesOf, proxyPorts, type Caller, type MeshPod } from './mesh-policy.ts';
import { allows, type End, type NetworkPolicy, type Port } from './network-policy.ts';

interface Workload {
  component: string;
  workload: string;
  namespace: string;
  labels: Record<string, string>;
  ports: (Port & { name: string })[];
}

type TrafficEnd = { peer: string } | Omit<Workload, 'ports'>;

export interface Traffic {
  calls: { from: TrafficEnd; to: TrafficEnd; port?: unknown; ports?: Port[]; direct?: boolean }[];
  workloads: Workload[];
  outsideMesh: { component: string; workload: string; reason: string }[];
}

const nameOf = (end: TrafficEnd): string => ('peer' in end ? end.peer : `${end.component}/${end.workload}`);

const kubeDNS = { pod: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } } };

/** Where a peer is, on which ports it is called when the call names none, and by which protocols when it does. */
const peers: Record<string, { end: End; ports: Port[]; protocols?: string[] }> = {
  dns: {
    end: kubeDNS,
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
    // Other ports of the DNS are not for names.
    protocols: ['TCP'],
  },
  pods: { end: { pod: { namespace: 'anywhere', labels: {} } }, ports: [] },
  'api-server': { end: { address: 'private' }, ports: [443, 6443].map((port) => ({ port, protocol: 'TCP' })) },
  kubelet: { end: { address: 'private' }, ports: [{ port: 10250, protocol: 'TCP' }] },
  git: { end: { address: 'private' }, ports: [{ port: 443, protocol: 'TCP' }] },
  'object-storage': { end: { address: 'private' }, ports: [{ port: 443, protocol: 'TCP' }] },
  outside: { end: { address: 'private' }, ports: [] },
  'name-servers': {
    end: { address: 'private' },
    ports: [
      { port: 53, protocol: 'UDP' },
      { port: 53, protocol: 'TCP' },
    ],
  },
  'acme-solver': {
    end: { pod: { namespace: 'anywhere', labels: { 'acme.cert-manager.io/http01-solver': 'true' } } },
    ports: [{ port: 8089, protocol: 'TCP' }],
  },
  internet: { end: { address: 'public' }, ports: [{ port: 443, protocol: 'TCP' }] },
  world: { end: { address: 'public' }, ports: [] },
};

const endOf = (end: TrafficEnd): End => {
  if (!('peer' in end)) return { pod: { namespace: end.namespace, labels: end.labels } };
  const peer = peers[end.peer];
  if (peer === undefined) throw new Error(`peer ${end.peer}: teach the reachability test where it is`);
  return peer.end;
};

const portsOf = (call: Traffic['calls'][number]): Port[] => {
  if (call.ports !== undefined) return call.ports;
  const numbers = call.port === undefined ? [] : [call.port].flat();
  if (!('peer' in call.to)) throw new Error(`call to ${nameOf(call.to)} without a port`);
  const usual = peers[call.to.peer]?.ports ?? [];
  if (numbers.length === 0) return usual;
  const protocols = new Set(
    peers[call.to.peer]?.protocols ?? (usual.length > 0 ? usual.map(({ protocol }) => protocol) : ['TCP']),
  );
  return numbers.flatMap((port) => [...protocols].map((protocol) => ({ port: Number(port), protocol })));
};

const show = (from: string, to: string, port: Port): string => `${from} -> ${to}:${port.port}/${port.protocol}`;

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

/** The pods of each workload as the mesh sees them; none where nothing runs. */
const meshPods = (traffic: Traffic, manifests: any[]): Map<string, MeshPod> => {
  const pods = manifests.filter(({ kind }) => workloadKinds.has(kind)).map(meshPodOf);
  return new Map(
    traffic.workloads.flatMap((workload) => {
      const pod = pods.find(
        ({ namespace, labels }) =>
          namespace === workload.namespace &&
          Object.entries(workload.labels).every(([key, value]) => labels[key] === value),
      );
      return pod === undefined ? [] : [[nameOf(workload), pod] as const];
    }),
  );
};

export interface Comparison {
  declared: number;
  /** Declared calls that policies refuse. */
  refused: string[];
  /** Connections that policies allow though nobody declared them. */
  undeclared: string[];
  /** Declared calls that would go past the proxies, too. */
  bypassed: string[];
  /** How many calls go from proxy to proxy. */
  proxied: number;
  compared: number;
}

/** Ports beside those of a workload: those of its proxy, and those that the rules for outside open, where a range that forgot the pods would show. */
const extra = [443, 6443, 10250, 22, 53, ...Object.values(proxyPorts)].map((port) => ({ port, protocol: 'TCP' }));

/** Compares the declared calls with what NetworkPolicies and the policies of the mesh let through. */
export const compare = (traffic: Traffic, manifests: any[]): Comparison => {
  const policies: NetworkPolicy[] = manifests.filter((m) => m.kind === 'NetworkPolicy');
  const mesh = meshPoliciesOf(manifests);
  const pods = meshPods(traffic, manifests);
  const callerOf = (name: string, end: End, throughProxy: boolean): Caller => ({
    address: 'pod' in end ? 'pod' : 'elsewhere',
    ...(throughProxy ? { serviceAccount: pods.get(name)!.serviceAccount } : {}),
  });
  /** By the way that the caller's packets take when it just connects. */
  const passes = (from: string, fromEnd: End, to: string, toEnd: End, port: Port): boolean => {
    const [caller, callee] = [pods.get(from), pods.get(to)];
    const wire = isProxied(caller, callee, port) ? { port: proxyPorts.inbound, protocol: 'TCP' } : port;
    const hasIdentity = caller?.hasProxy === true && !caller.skipOutbound.has(port.port);
    return allows(policies, fromEnd, toEnd, wire) && admits(mesh, callerOf(from, fromEnd, hasIdentity), callee, port);
  };
  /** Past the proxy of the caller, as a program can that chooses its user. */
  const passesBare = (from: string, fromEnd: End, to: string, toEnd: End, port: Port): boolean =>
    allows(policies, fromEnd, toEnd, port) && admits(mesh, callerOf(from, fromEnd, false), pods.get(to), port);

  const declared = new Set<string>();
  const refused: string[] = [];
  const bypassed: string[] = [];
  const opened = new Set<string>();
  let proxied = 0;
  for (const call of traffic.calls) {
    const [from, to] = [nameOf(call.from), nameOf(call.to)];
    const [fromEnd, toEnd] = [endOf(call.from), endOf(call.to)];
    for (const port of portsOf(call)) {
      const line = show(from, to, port);
      declared.add(line);
      // A proxy calls Linkerd by itself: not through itself.
      const arrives =
        call.direct === true && port.port !== proxyPorts.admin
          ? allows(policies, fromEnd, toEnd, port)
          : passes(from, fromEnd, to, toEnd, port);
      if (!arrives) refused.push(line);
      if (call.direct !== true && from !== to && isProxied(pods.get(from), pods.get(to), port)) {
        proxied += 1;
        if (passesBare(from, fromEnd, to, toEnd, port)) bypassed.push(line);
      }
      if ('peer' in call.from) opened.add(`${to}:${port.port}/${port.protocol}`);
    }
  }
  const undeclared: string[] = [];
  let compared = 0;
  const strangers: [string, End][] = [
    ['a stranger', { pod: { namespace: 'stranger', labels: {} } }],
    ['the Internet', { address: 'public' }],
  ];
  for (const callee of traffic.workloads) {
    const to = nameOf(callee);
    const callers: [string, End][] = [
      ...traffic.workloads.map((w): [string, End] => [nameOf(w), endOf(w)]),
      ...strangers,
    ];
    for (const [from, end] of callers) {
      if (from === to) continue;
      for (const port of [...callee.ports, ...extra]) {
        compared += 1;
        const line = show(from, to, port);
        const isOpen = opened.has(`${to}:${port.port}/${port.protocol}`);
        const isStranger = strangers.some(([name]) => name === from);
        if (declared.has(line) || (isOpen && isStranger)) continue;
        // What is open to peers is open to whoever may call another port of the same proxy.
        if (isOpen && isProxied(pods.get(from), pods.get(to), port)) continue;
        // What arrives on the proxy's own port is for a port of the program, or for nothing.
        if (port.port === proxyPorts.inbound) continue;
        if (passes(from, end, to, endOf(callee), port)) undeclared.push(line);
        else if (passesBare(from, end, to, endOf(callee), port)) undeclared.push(`${line} past its proxy`);
      }
    }
  }
  return { declared: declared.size, refused, undeclared, bypassed, proxied, compared };
};
