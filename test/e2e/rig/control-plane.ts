// The processes of the control plane and how each is started.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Api } from './api.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { addresses, nodeAddress } from './network.ts';
import { makeAuthority, makeCertificate, makeSigningKey } from './pki.ts';
import type { ProcessSpec } from './process.ts';
import { kwokConfiguration } from './kwok.ts';

/** Who the control plane knows by name, and the groups that they are in. */
const users = {
  admin: { name: 'admin', groups: 'system:masters' },
  'kube-controller-manager': { name: 'system:kube-controller-manager', groups: '' },
  'kube-scheduler': { name: 'system:kube-scheduler', groups: '' },
  'kube-proxy': { name: 'system:kube-proxy', groups: '' },
  kwok: { name: 'kwok', groups: 'system:masters' },
} as const;

/** Everything the processes are started with. */
export interface ControlPlane {
  folder: string;
  api: Api;
  /** Path of the kubeconfig of a user. */
  kubeconfig(user: keyof typeof users): string;
  processes: Record<ControlPlaneProcess, ProcessSpec>;
  auditLog: string;
}

export type ControlPlaneProcess =
  'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kube-proxy' | 'kwok';

export interface ControlPlaneOptions {
  folder: string;
  /** Path of a binary by its name. */
  binary: (name: string) => string;
  /** Minor of the API server, such as 1.36. */
  real: readonly string[];
}

/** Makes keys, tokens and configuration files. Nothing runs yet. */
export async function planControlPlane({ folder, binary, real }: ControlPlaneOptions): Promise<ControlPlane> {
  const data = join(folder, 'control-plane');
  mkdirSync(data, { recursive: true });
  chmodSync(data, 0o700);
  const file = (name: string, text: string): string => {
    writeFileSync(join(data, name), text, { mode: 0o600 });
    return join(data, name);
  };

  const authority = await makeAuthority(data, 'kubernetes');
  const [serving, frontProxy, serviceAccounts] = await Promise.all([
    makeCertificate(data, authority, { name: 'apiserver', subject: '/CN=kube-apiserver', names: servingNames }),
    makeCertificate(data, authority, { name: 'front-proxy', subject: '/CN=front-proxy-client' }),
    makeSigningKey(data),
  ]);
  const tokens = new Map(Object.keys(users).map((user) => [user, randomBytes(24).toString('base64url')]));
  const tokenFile = Object.entries(users).map(
    ([user, { name, groups }]) => `${tokens.get(user)},${name},${name},"${groups}"\n`,
  );
  const ca = readFileSync(authority.certificate, 'utf8');
  const access = (user: string) => ({ server: `https://${addresses.controlPlane}:6443`, ca, token: tokens.get(user)! });
  const kubeconfig = (user: string): string => writeKubeconfig(join(data, `${user}.kubeconfig`), access(user));
  const api = new Api(access('admin'));
  const auditLog = join(folder, 'audit.log');
  const healthy = (port: number) => async (): Promise<void> => {
    await new Api({ ...access('admin'), server: `https://127.0.0.1:${port}` }).text('GET', '/healthz');
  };

  const processes: ControlPlane['processes'] = {
    etcd: {
      name: 'etcd',
      command: [
        binary('etcd'),
        `--data-dir=${join(data, 'etcd')}`,
        // What is lost with the machine is of no use afterwards.
        '--unsafe-no-fsync',
        '--log-level=warn',
      ],
      ready: async () => {
        const answer = await fetch('http://127.0.0.1:2379/health', { signal: AbortSignal.timeout(2000) });
        if (!answer.ok) throw new Error(`health: ${answer.status}`);
      },
    },
    'kube-apiserver': {
      name: 'kube-apiserver',
      command: [
        binary('kube-apiserver'),
        '--etcd-servers=http://127.0.0.1:2379',
        `--advertise-address=${addresses.controlPlane}`,
        `--tls-cert-file=${serving.certificate}`,
        `--tls-private-key-file=${serving.key}`,
        `--client-ca-file=${authority.certificate}`,
        `--requestheader-client-ca-file=${authority.certificate}`,
        '--requestheader-allowed-names=front-proxy-client',
        '--requestheader-username-headers=X-Remote-User',
        '--requestheader-group-headers=X-Remote-Group',
        '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        `--proxy-client-cert-file=${frontProxy.certificate}`,
        `--proxy-client-key-file=${frontProxy.key}`,
        `--token-auth-file=${file('tokens.csv', tokenFile.join(''))}`,
        '--authorization-mode=Node,RBAC',
        '--allow-privileged=true',
        `--service-cluster-ip-range=${addresses.services}`,
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        `--service-account-key-file=${serviceAccounts.publicKey}`,
        `--service-account-signing-key-file=${serviceAccounts.key}`,
        `--audit-policy-file=${file('audit-policy.json', JSON.stringify(auditPolicy))}`,
        `--audit-log-path=${auditLog}`,
      ],
      ready: () => api.text('GET', '/readyz', { seconds: 3 }),
      readySeconds: 180,
    },
    'kube-controller-manager': {
      name: 'kube-controller-manager',
      command: [
        binary('kube-controller-manager'),
        `--kubeconfig=${kubeconfig('kube-controller-manager')}`,
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${serviceAccounts.key}`,
        `--root-ca-file=${authority.certificate}`,
        '--allocate-node-cidrs=true',
        `--cluster-cidr=${addresses.pods}`,
        `--service-cluster-ip-range=${addresses.services}`,
        '--leader-elect=false',
        // On a busy machine kwok renews its leases late; nodes that flap would say nothing of the manifests.
        '--node-monitor-grace-period=10m',
        `--tls-cert-file=${serving.certificate}`,
        `--tls-private-key-file=${serving.key}`,
      ],
      ready: healthy(10257),
    },
    'kube-scheduler': {
      name: 'kube-scheduler',
      command: [
        binary('kube-scheduler'),
        `--kubeconfig=${kubeconfig('kube-scheduler')}`,
        '--leader-elect=false',
        `--tls-cert-file=${serving.certificate}`,
        `--tls-private-key-file=${serving.key}`,
      ],
      ready: healthy(10259),
    },
    'kube-proxy': {
      name: 'kube-proxy',
      command: [
        binary('kube-proxy'),
        `--kubeconfig=${kubeconfig('kube-proxy')}`,
        '--proxy-mode=nftables',
        '--hostname-override=node-1',
        `--cluster-cidr=${addresses.pods}`,
        // One process plays the proxies of all nodes.
        `--nodeport-addresses=${nodeAddress(0)}/28`,
        // Limits of connection tracking belong to the machine, not to this namespace.
        '--conntrack-max-per-core=0',
        '--conntrack-tcp-timeout-established=0',
        '--conntrack-tcp-timeout-close-wait=0',
      ],
      ready: async () => {
        const answer = await fetch('http://127.0.0.1:10256/healthz', { signal: AbortSignal.timeout(2000) });
        if (!answer.ok) throw new Error(`healthz: ${answer.status}`);
      },
    },
    kwok: {
      name: 'kwok',
      command: [
        binary('kwok'),
        `--kubeconfig=${kubeconfig('kwok')}`,
        `--config=${file('kwok.yaml', kwokConfiguration(real))}`,
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
        '--server-address=127.0.0.1:10247',
      ],
      ready: async () => {
        const answer = await fetch('http://127.0.0.1:10247/healthz', { signal: AbortSignal.timeout(2000) });
        if (!answer.ok) throw new Error(`healthz: ${answer.status}`);
      },
    },
  };
  return { folder: data, api, kubeconfig: (user) => kubeconfig(user), processes, auditLog };
}

const servingNames = [
  'DNS:localhost',
  'DNS:kubernetes',
  'DNS:kubernetes.default',
  'DNS:kubernetes.default.svc',
  'DNS:kubernetes.default.svc.cluster.local',
  'IP:127.0.0.1',
  `IP:${addresses.controlPlane}`,
  `IP:${addresses.apiService}`,
];

/** Who did what and how it was answered, without contents: that is how refused calls are found. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};
