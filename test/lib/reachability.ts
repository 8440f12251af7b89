// Compares what an environment declares (slice `traffic`) with what its NetworkPolicies allow.
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
  calls: { from: TrafficEnd; to: TrafficEnd; port?: unknown; ports?: Port[] }[];
  workloads: Workload[];
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

/** Declared calls that the policies refuse, and connections between workloads that they allow though nobody declared them. */
export const compare = (
  traffic: Traffic,
  policies: NetworkPolicy[],
): { declared: number; refused: string[]; undeclared: string[]; compared: number } => {
  const declared = new Set<string>();
  const refused: string[] = [];
  const opened = new Set<string>();
  for (const call of traffic.calls) {
    for (const port of portsOf(call)) {
      const line = show(nameOf(call.from), nameOf(call.to), port);
      declared.add(line);
      if (!allows(policies, endOf(call.from), endOf(call.to), port)) refused.push(line);
      if ('peer' in call.from) opened.add(`${nameOf(call.to)}:${port.port}/${port.protocol}`);
    }
  }
  const undeclared: string[] = [];
  let compared = 0;
  const strangers: [string, End][] = [
    ['a stranger', { pod: { namespace: 'stranger', labels: {} } }],
    ['the Internet', { address: 'public' }],
  ];
  for (const callee of traffic.workloads) {
    const callers: [string, End][] = [
      ...traffic.workloads.map((w): [string, End] => [nameOf(w), endOf(w)]),
      ...strangers,
    ];
    for (const [caller, end] of callers) {
      if (caller === nameOf(callee)) continue;
      // Its own ports, and those that the rules for outside open: a range that forgot the pods would show here.
      const extra = [443, 6443, 10250, 22, 53].map((port) => ({ port, protocol: 'TCP' }));
      for (const port of [...callee.ports, ...extra]) {
        compared += 1;
        const line = show(caller, nameOf(callee), port);
        const isOpen = opened.has(`${nameOf(callee)}:${port.port}/${port.protocol}`);
        const isStranger = strangers.some(([name]) => name === caller);
        if (declared.has(line) || (isOpen && isStranger)) continue;
        if (allows(policies, end, endOf(callee), port)) undeclared.push(line);
      }
    }
  }
  return { declared: declared.size, refused, undeclared, compared };
};
