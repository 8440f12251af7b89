import { stringify } from 'yaml';
import type { ClusterEntry, Token } from './token.ts';

/** The first line of what `rekindle kubeconfig` writes: by it a file is known that may be replaced. */
export const firstLine = '# Written by rekindle kubeconfig.';

/** A kubeconfig with one context, `<env>-<role>`, as a file. */
export function kubeconfigText(env: string, role: string, cluster: ClusterEntry, { token, expires }: Token): string {
  const name = `${env}-${role}`;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: env, cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: env, user: name } }],
    'current-context': name,
  };
  return `${firstLine} Its token lasts until ${expires}.\n${stringify(config, { lineWidth: 0 })}`;
}
