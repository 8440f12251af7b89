// Keys, certificates, tokens and kubeconfigs that the control plane starts with.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ApiAccess } from './api.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { addresses } from './network.ts';
import { makeAuthority, makeCertificate, makeSigningKey, type KeyPair } from './pki.ts';

/** Who the API server knows by a token, and the groups that they are in. */
const users = {
  admin: { name: 'admin', groups: 'system:masters' },
  'kube-controller-manager': { name: 'system:kube-controller-manager', groups: '' },
  'kube-scheduler': { name: 'system:kube-scheduler', groups: '' },
  'kube-proxy': { name: 'system:kube-proxy', groups: '' },
  kwok: { name: 'kwok', groups: 'system:masters' },
} as const;

export type User = keyof typeof users;

export interface Materials {
  /** Readable by its owner only. */
  folder: string;
  authority: KeyPair;
  serving: KeyPair;
  frontProxy: KeyPair;
  serviceAccounts: { key: string; publicKey: string };
  tokenFile: string;
  access(user: User): ApiAccess;
  /** Path of a user's kubeconfig. */
  kubeconfig(user: User): string;
  /** Writes a file of the folder and returns its path. */
  file(name: string, text: string): string;
}

/** Makes them anew, in a folder below the given one. */
export async function makeMaterials(parent: string): Promise<Materials> {
  const folder = join(parent, 'control-plane');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const authority = await makeAuthority(folder, 'kubernetes');
  const [serving, frontProxy, serviceAccounts] = await Promise.all([
    makeCertificate(folder, authority, { name: 'apiserver', subject: '/CN=kube-apiserver', names: servingNames }),
    makeCertificate(folder, authority, { name: 'front-proxy', subject: '/CN=front-proxy-client' }),
    makeSigningKey(folder),
  ]);
  const tokens = new Map(Object.keys(users).map((user) => [user, randomBytes(24).toString('base64url')]));
  const lines = Object.entries(users).map(
    ([user, { name, groups }]) => `${tokens.get(user)},${name},${name},"${groups}"\n`,
  );
  const ca = readFileSync(authority.certificate, 'utf8');
  const server = `https://${addresses.controlPlane}:6443`;
  const access = (user: User): ApiAccess => ({ server, ca, token: tokens.get(user)! });
  return {
    folder,
    authority,
    serving,
    frontProxy,
    serviceAccounts,
    tokenFile: file('tokens.csv', lines.join('')),
    access,
    kubeconfig: (user) => writeKubeconfig(join(folder, `${user}.kubeconfig`), access(user)),
    file,
  };
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
