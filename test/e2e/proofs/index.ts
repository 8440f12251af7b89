// Every proof, in the order in which they run.

export interface Proof {
  /** What `--only` looks for, and the name of the proof's folder. */
  name: string;
  /** File in this folder: node:test tests about the environment of `readContext()`. */
  file: string;
  /** Binaries that it starts (see ../tools). */
  tools: readonly string[];
  /** Too long for every run: only with --all. */
  long?: boolean;
  /** Needs nothing but an API server, so that it runs against a kind cluster, too. */
  serverOnly?: boolean;
  /** Default: every environment. */
  environments?: readonly string[];
}

const server = ['etcd', 'kube-apiserver'];
/** What a rig of size `cluster` starts. */
export const cluster = [...server, 'kube-controller-manager', 'kube-scheduler', 'kube-proxy', 'kwok'];

const certManager = [
  'cert-manager-cainjector',
  'cert-manager-controller',
  'cert-manager-startupapicheck',
  'cert-manager-webhook',
];
const controllers = [...certManager, 'contour', 'envoy', 'external-dns'];
const argoCD = ['argo-cd', ...certManager, 'contour', 'linkerd-controller', 'trust-manager'];

export const proofs: readonly Proof[] = [
  { name: 'rig', file: 'rig.ts', tools: cluster },
  { name: 'api-server', file: 'api-server.ts', tools: server, serverOnly: true },
  {
    name: 'secrets',
    file: 'secrets.ts',
    tools: [...server, 'kubectl'],
    serverOnly: true,
    environments: ['home', 'kind'],
  },
  { name: 'tanka', file: 'tanka.ts', tools: [...server, 'kubectl'], serverOnly: true, environments: ['kind'] },
  { name: 'upgrade-in-place', file: 'upgrade-in-place.ts', tools: server },
  { name: 'lens', file: 'lens.ts', tools: [...cluster, 'envoy', 'kubectl'] },
  { name: 'argo-cd-parity', file: 'argo-cd-parity.ts', tools: ['argo-cd-manifests'] },
  { name: 'linkerd-injection', file: 'linkerd-injection.ts', tools: ['linkerd-inject'] },
  {
    name: 'linkerd',
    file: 'linkerd.ts',
    tools: [...cluster, ...certManager, 'trust-manager', 'linkerd-controller'],
    environments: ['kind'],
  },
  { name: 'argo-cd', file: 'argo-cd.ts', tools: [...cluster, ...argoCD] },
  { name: 'argo-cd-slow', file: 'argo-cd-slow.ts', tools: [...cluster, ...argoCD], long: true, environments: ['kind'] },
  { name: 'bootstrap', file: 'bootstrap.ts', tools: [...cluster, ...argoCD, 'kubectl'], environments: ['kind'] },
  {
    name: 'documents',
    file: 'documents.ts',
    tools: [...cluster, ...argoCD, 'kubectl'],
    long: true,
    environments: ['kind'],
  },
  { name: 'git-server', file: 'git-server.ts', tools: [...cluster, 'argo-cd'], environments: ['kind'] },
  { name: 'object-storage', file: 'object-storage.ts', tools: [...cluster, 'versitygw'], environments: ['kind'] },
  ...['loki', 'mimir', 'tempo'].map((store): Proof => ({
    name: `stores-${store}`,
    file: `stores-${store}.ts`,
    tools: [...cluster, 'versitygw', store],
    environments: ['kind'],
  })),
  {
    name: 'rebirth',
    file: 'rebirth.ts',
    tools: [...cluster, ...argoCD, 'kubectl', 'versitygw', 'loki'],
    environments: ['kind'],
  },
  {
    name: 'rebirth-stores',
    file: 'rebirth-stores.ts',
    tools: [...cluster, ...argoCD, 'kubectl', 'versitygw', 'loki', 'mimir', 'tempo'],
    long: true,
    environments: ['kind'],
  },
  // As production has them: more than a dozen pods each.
  ...['loki', 'mimir'].map((store): Proof => ({
    name: `stores-${store}-parts`,
    file: `stores-${store}-parts.ts`,
    tools: [...cluster, 'versitygw', store],
    environments: ['production'],
  })),
  { name: 'controllers', file: 'controllers.ts', tools: [...cluster, ...controllers] },
];
