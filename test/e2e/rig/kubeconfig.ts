import { writeFileSync } from 'node:fs';
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
