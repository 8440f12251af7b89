// What the proxies of Linkerd do with a connection, as its sources have it (edge-26.1.1: endpoint_translator.go of destination,
// the index of the policy controller): pods have a proxy by annotation, or bring one; between proxies everything arrives on one
// port; on a port that a Server selects, a caller must satisfy an AuthorizationPolicy; on others the pod's default decides.
import type { Port } from './network-policy.ts';

/** The ports of a proxy: what arrives, its metrics, and where it lets itself be looked into. */
export const proxyPorts = { inbound: 4143, admin: 4191, control: 4190 };

export interface MeshPod {
  namespace: string;
  labels: Record<string, string>;
  hasProxy: boolean;
  /** `namespace/name`: whom its certificate names. */
  serviceAccount: string;
  defaultPolicy: string;
  skipInbound: Set<number>;
  skipOutbound: Set<number>;
  portNumbers: Record<string, number>;
}

const portsOf = (annotation: string | undefined): Set<number> =>
  new Set((annotation ?? '').split(',').filter(Boolean).map(Number));

/** The pods of a Deployment, StatefulSet, DaemonSet or Job, as the mesh sees them. */
export const meshPodOf = (manifest: any): MeshPod => {
  const { metadata, spec } = manifest.spec.template;
  const annotations: Record<string, string> = metadata.annotations ?? {};
  const containers: any[] = [...(spec.initContainers ?? []), ...spec.containers];
  const isInjected =
    ['enabled', 'ingress'].includes(annotations['linkerd.io/inject'] ?? '') && spec.hostNetwork !== true;
  return {
    namespace: manifest.metadata.namespace,
    labels: metadata.labels,
    hasProxy: isInjected || containers.some(({ name }) => name === 'linkerd-proxy'),
    serviceAccount: `${manifest.metadata.namespace}/${spec.serviceAccountName}`,
    defaultPolicy: annotations['config.linkerd.io/default-inbound-policy'] ?? 'all-unauthenticated',
    skipInbound: portsOf(annotations['config.linkerd.io/skip-inbound-ports']),
    skipOutbound: portsOf(annotations['config.linkerd.io/skip-outbound-ports']),
    portNumbers: {
      ...Object.fromEntries(
        containers.flatMap(({ ports }) => ports ?? []).map((p: any) => [p.name, p.containerPort] as const),
      ),
      ...(isInjected ? { 'linkerd-proxy': proxyPorts.inbound, 'linkerd-admin': proxyPorts.admin } : {}),
    },
  };
};

export interface Caller {
  /** Where its address is; `pod` says nothing of a proxy. */
  address: 'pod' | 'elsewhere';
  /** Whom its certificate names, where a proxy calls. */
  serviceAccount?: string;
}

/** Does a call of this port go from proxy to proxy? */
export const isProxied = (from: MeshPod | undefined, to: MeshPod | undefined, port: Port): boolean =>
  from !== undefined &&
  to !== undefined &&
  from.hasProxy &&
  to.hasProxy &&
  port.protocol === 'TCP' &&
  !to.skipInbound.has(port.port) &&
  !from.skipOutbound.has(port.port) &&
  port.port !== proxyPorts.admin &&
  port.port !== proxyPorts.control;

const selects = (selector: any, labels: Record<string, string>): boolean => {
  if (selector.matchExpressions !== undefined) throw new Error('matchExpressions: teach the evaluator these first');
  return Object.entries(selector.matchLabels).every(([key, value]) => labels[key] === value);
};

const networks: Record<string, Caller['address'][]> = {
  '0.0.0.0/0': ['pod', 'elsewhere'],
  '::/0': [],
  '10.244.0.0/16': ['pod'],
};

/** The objects of the mesh, where they are looked for. */
export interface MeshPolicies {
  servers: Map<string, any[]>;
  authorizations: Map<string, any[]>;
  authentications: Map<string, any>;
}

export const meshPoliciesOf = (manifests: any[]): MeshPolicies => {
  const byKey = (kind: string, keyOf: (manifest: any) => string): Map<string, any[]> => {
    const groups = new Map<string, any[]>();
    for (const manifest of manifests)
      if (manifest.kind === kind) groups.set(keyOf(manifest), [...(groups.get(keyOf(manifest)) ?? []), manifest]);
    return groups;
  };
  const authentications = manifests.filter(({ kind }) => /^(MeshTLS|Network)Authentication$/.test(kind));
  return {
    servers: byKey('Server', ({ metadata }) => metadata.namespace),
    authorizations: byKey('AuthorizationPolicy', ({ metadata, spec }) => {
      if (spec.targetRef.kind !== 'Server') throw new Error(`${spec.targetRef.kind}: teach the evaluator this target`);
      return `${metadata.namespace}/${spec.targetRef.name}`;
    }),
    authentications: new Map(
      authentications.map((m) => [`${m.kind} ${m.metadata.namespace}/${m.metadata.name}`, m] as const),
    ),
  };
};

const satisfies = (policies: MeshPolicies, namespace: string, ref: any, caller: Caller): boolean => {
  const found = policies.authentications.get(`${ref.kind} ${ref.namespace ?? namespace}/${ref.name}`);
  // A reference to nothing lets nobody in.
  if (found === undefined) return false;
  if (found.kind === 'MeshTLSAuthentication')
    return found.spec.identityRefs.some(
      (identity: any) => `${identity.namespace ?? namespace}/${identity.name}` === caller.serviceAccount,
    );
  return found.spec.networks.some(({ cidr }: any) => {
    if (networks[cidr] === undefined) throw new Error(`${cidr}: teach the evaluator this range first`);
    return networks[cidr].includes(caller.address);
  });
};

/** Does the proxy of this pod let the caller in on this port? A pod without a proxy lets everybody in. */
export const admits = (policies: MeshPolicies, caller: Caller, to: MeshPod | undefined, port: Port): boolean => {
  if (to === undefined || !to.hasProxy || port.protocol !== 'TCP' || to.skipInbound.has(port.port)) return true;
  const servers = (policies.servers.get(to.namespace) ?? []).filter(
    ({ spec }) =>
      (typeof spec.port === 'number' ? spec.port : to.portNumbers[spec.port]) === port.port &&
      selects(spec.podSelector, to.labels),
  );
  if (servers.length > 1)
    throw new Error(`port ${port.port}: ${servers.map((m) => m.metadata.name).join(' and ')} select the same pods`);
  const [server] = servers;
  if (server === undefined) return to.defaultPolicy !== 'deny';
  if (server.spec.accessPolicy === 'audit') return true;
  return (policies.authorizations.get(`${to.namespace}/${server.metadata.name}`) ?? []).some(({ spec }) =>
    spec.requiredAuthenticationRefs.every((ref: any) => satisfies(policies, to.namespace, ref, caller)),
  );
};
