// What NetworkPolicies allow, by the rules of the Kubernetes API: a pod that no policy selects is open; once selected, only
// what some policy lists passes; a connection needs the caller's egress and the callee's ingress.

export interface Pod {
  namespace: string;
  labels: Record<string, string>;
}

/** A pod, or an address outside the cluster. */
export type End = { pod: Pod } | { address: 'public' | 'private' };

export interface Port {
  port: number;
  protocol: string;
}

interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values: string[] }[];
}

interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
  ipBlock?: { cidr: string; except?: string[] };
}

interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port?: number | string; protocol?: string; endPort?: number }[];
}

export interface NetworkPolicy {
  metadata: { name: string; namespace: string };
  spec: { podSelector: Selector; policyTypes: string[]; ingress?: Rule[]; egress?: Rule[] };
}

const selects = (selector: Selector, labels: Record<string, string>): boolean => {
  const expressions = selector.matchExpressions ?? [];
  const unknown = expressions.find(({ operator }) => operator !== 'In');
  if (unknown !== undefined) throw new Error(`${unknown.operator}: teach the evaluator this operator first`);
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, values }) => values.includes(labels[key] ?? ''))
  );
};

const everywhere = new Set(['0.0.0.0/0', '::/0']);

const peerMatches = (peer: Peer, end: End, home: string): boolean => {
  if (peer.ipBlock !== undefined) {
    // Pods have addresses too: a block that is not cut out of the pods' range reaches them.
    const { cidr, except = [] } = peer.ipBlock;
    if (!everywhere.has(cidr)) throw new Error(`${cidr}: teach the evaluator this range first`);
    if ('pod' in end) return !except.includes('10.244.0.0/16') && cidr !== '::/0';
    return end.address === 'public' || !except.includes(cidr === '::/0' ? 'fc00::/7' : '10.0.0.0/8');
  }
  if (!('pod' in end)) return false;
  const namespaceMatches =
    peer.namespaceSelector === undefined
      ? end.pod.namespace === home
      : selects(peer.namespaceSelector, { 'kubernetes.io/metadata.name': end.pod.namespace });
  return namespaceMatches && (peer.podSelector === undefined || selects(peer.podSelector, end.pod.labels));
};

const ruleAllows = (rule: Rule, peers: Peer[] | undefined, end: End, port: Port, home: string): boolean => {
  const portMatches =
    rule.ports === undefined ||
    rule.ports.some((p) => {
      if (typeof p.port === 'string') throw new Error('named ports: our policies use numbers');
      return (p.protocol ?? 'TCP') === port.protocol && (p.port === undefined || p.port === port.port);
    });
  return portMatches && (peers === undefined || peers.some((peer) => peerMatches(peer, end, home)));
};

const side = (policies: NetworkPolicy[], type: 'Ingress' | 'Egress', pod: Pod, other: End, port: Port): boolean => {
  const selected = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace && spec.policyTypes.includes(type) && selects(spec.podSelector, pod.labels),
  );
  if (selected.length === 0) return true;
  return selected.some(({ metadata, spec }) =>
    type === 'Ingress'
      ? (spec.ingress ?? []).some((rule) => ruleAllows(rule, rule.from, other, port, metadata.namespace))
      : (spec.egress ?? []).some((rule) => ruleAllows(rule, rule.to, other, port, metadata.namespace)),
  );
};

/** Does this connection pass the policies of both sides? Addresses outside have no policy of their own. */
export const allows = (policies: NetworkPolicy[], from: End, to: End, port: Port): boolean =>
  (!('pod' in from) || side(policies, 'Egress', from.pod, to, port)) &&
  (!('pod' in to) || side(policies, 'Ingress', to.pod, from, port));
