// The processes of the control plane, and how each is started.
import { join } from 'node:path';
import { Api } from './api.ts';
import { kwokConfiguration } from './kwok.ts';
import type { Materials } from './materials.ts';
import { addresses, nodeAddress } from './network.ts';
import type { ProcessSpec } from './process.ts';
import type { Forwarded } from './rig.ts';

export type ControlPlaneProcess =
  'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kube-proxy' | 'kwok';

export interface ControlPlaneOptions {
  materials: Materials;
  /** Path of a binary by its name. */
  binary: (name: string) => string;
  /** Where the API server writes down every call. */
  auditLog: string;
  /** See `RigOptions.real`. */
  real: readonly string[];
  /** See `RigOptions`. */
  ownEnd: readonly string[];
  forwarded: readonly Forwarded[];
}

/** Where kwok answers as the kubelet of every node. */
const kubeletPort = 10247;

/** Where etcd keeps everything that the API server knows. */
export const etcdFolder = (materials: Materials): string => join(materials.folder, 'etcd');

/** How each process is started. Every one listens in the rig's namespace only. */
export function controlPlane({
  materials,
  binary,
  auditLog,
  real,
  ownEnd,
  forwarded,
}: ControlPlaneOptions): Record<ControlPlaneProcess, () => ProcessSpec> {
  const { authority, serving, frontProxy, serviceAccounts, tokenFile, access, kubeconfig, file } = materials;
  const secure = (port: number) => async (): Promise<void> => {
    await new Api({ ...access('admin'), server: `https://127.0.0.1:${port}` }).text('GET', '/healthz', { seconds: 3 });
  };
  const plain = (url: string) => async (): Promise<void> => {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  };
  const servingFlags = [`--tls-cert-file=${serving.certificate}`, `--tls-private-key-file=${serving.key}`];
  return {
    etcd: () => ({
      name: 'etcd',
      command: [
        binary('etcd'),
        `--data-dir=${etcdFolder(materials)}`,
        // What is lost with the machine is of no use afterwards.
        '--unsafe-no-fsync',
        '--log-level=warn',
      ],
      ready: plain('http://127.0.0.1:2379/health'),
    }),
    'kube-apiserver': () => ({
      name: 'kube-apiserver',
      command: [
        binary('kube-apiserver'),
        '--etcd-servers=http://127.0.0.1:2379',
        `--advertise-address=${addresses.controlPlane}`,
        ...servingFlags,
        `--client-ca-file=${authority.certificate}`,
        `--requestheader-client-ca-file=${authority.certificate}`,
        '--requestheader-allowed-names=front-proxy-client',
        '--requestheader-username-headers=X-Remote-User',
        '--requestheader-group-headers=X-Remote-Group',
        '--requestheader-extra-headers-prefix=X-Remote-Extra-',
        `--proxy-client-cert-file=${frontProxy.certificate}`,
        `--proxy-client-key-file=${frontProxy.key}`,
        `--token-auth-file=${tokenFile}`,
        // As kubeadm has it: nobody here knows nodes by their names.
        '--kubelet-preferred-address-types=InternalIP',
        '--authorization-mode=Node,RBAC',
        '--allow-privileged=true',
        `--service-cluster-ip-range=${addresses.services}`,
        '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
        `--service-account-key-file=${serviceAccounts.publicKey}`,
        `--service-account-signing-key-file=${serviceAccounts.key}`,
        `--audit-policy-file=${file('audit-policy.json', JSON.stringify(auditPolicy))}`,
        `--audit-log-path=${auditLog}`,
      ],
      ready: () => new Api(access('admin')).text('GET', '/readyz', { seconds: 3 }),
      readySeconds: 180,
    }),
    'kube-controller-manager': () => ({
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
        ...servingFlags,
      ],
      ready: secure(10257),
    }),
    'kube-scheduler': () => ({
      name: 'kube-scheduler',
      command: [
        binary('kube-scheduler'),
        `--kubeconfig=${kubeconfig('kube-scheduler')}`,
        '--leader-elect=false',
        ...servingFlags,
      ],
      ready: secure(10259),
    }),
    'kube-proxy': () => ({
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
      ready: plain('http://127.0.0.1:10256/healthz'),
    }),
    kwok: () => ({
      name: 'kwok',
      command: [
        binary('kwok'),
        `--kubeconfig=${kubeconfig('kwok')}`,
        `--config=${file('kwok.yaml', kwokConfiguration({ real, ownEnd, forwarded }))}`,
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
        `--server-address=0.0.0.0:${kubeletPort}`,
        `--node-port=${kubeletPort}`,
        ...servingFlags,
      ],
      ready: plain(`http://127.0.0.1:${kubeletPort}/healthz`),
    }),
  };
}

/** Who did what and how it was answered, without contents: that is how refused calls are found. */
const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};
