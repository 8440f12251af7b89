import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ApiAccess } from './api.ts';

/** Writes a kubeconfig, readable by its owner only, and returns its path. `namespace` is that of its context. */
export function writeKubeconfig(
  path: string,
  { server, ca, token, certificate, key }: ApiAccess,
  namespace = 'default',
): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'e2e', cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [
      {
        name: 'e2e',
        user: {
          ...(token !== undefined && { token }),
          ...(certificate !== undefined && { 'client-certificate-data': base64(certificate) }),
          ...(key !== undefined && { 'client-key-data': base64(key) }),
        },
      },
    ],
    contexts: [{ name: 'e2e', context: { cluster: 'e2e', user: 'e2e', namespace } }],
    'current-context': 'e2e',
  };
  writeFileSync(path, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return path;
}

/** Reads a kubeconfig with one cluster and one user, such as kind writes. */
export function readKubeconfig(path: string): ApiAccess {
  const { clusters, users } = parse(readFileSync(path, 'utf8')) as {
    clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
    users: { user: { token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string } }[];
  };
  const [{ cluster }, { user }] = [clusters[0]!, users[0]!];
  const text = (base64: string): string => Buffer.from(base64, 'base64').toString();
  const { token, 'client-certificate-data': certificate, 'client-key-data': key } = user;
  return {
    server: cluster.server,
    ca: text(cluster['certificate-authority-data']),
    ...(token !== undefined && { token }),
    ...(certificate !== undefined && { certificate: text(certificate) }),
    ...(key !== undefined && { key: text(key) }),
  };
}
