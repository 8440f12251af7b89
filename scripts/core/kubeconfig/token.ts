// Where the cluster is, and a token for it: kubectl asks, since it knows every way in which people sign in to clusters.
import { UsageError } from '../errors.ts';
import { KubectlError, type Kubectl } from '../live/kubectl.ts';
import type { Account } from './accounts.ts';

/** Where the API server is and how it is recognized: `cluster` of a kubeconfig. */
export type ClusterEntry = { server: string } & Record<string, unknown>;

export interface Token {
  token: string;
  /** RFC 3339. */
  expires: string;
}

/** The cluster of the context. Of its user kubectl tells nothing here. */
export async function clusterEntry(kubectl: Kubectl): Promise<ClusterEntry> {
  const view = ['config', 'view', '--minify', '--flatten', '--raw', '--output', 'jsonpath={.clusters[0].cluster}'];
  const output = await kubectl.run(view).catch((error: unknown) => {
    const isUnset = error instanceof KubectlError && /current-context (must exist|is not set)/.test(error.message);
    throw isUnset ? new UsageError(noContext) : error;
  });
  const entry = JSON.parse(output === '' ? '{}' : output) as Partial<ClusterEntry>;
  if (entry.server === undefined) throw new UsageError(noContext);
  return entry as ClusterEntry;
}

/** A token of an account, by the API TokenRequest. The API server may give one for less time than was asked for. */
export async function createToken(
  kubectl: Kubectl,
  { role, namespace, name }: Account,
  seconds: number,
): Promise<Token> {
  const create = ['create', 'token', name, '--namespace', namespace, '--duration', `${seconds}s`, '--output', 'json'];
  const output = await kubectl.run(create).catch((error: unknown) => {
    if (!(error instanceof KubectlError)) throw error;
    throw new UsageError(whyNoToken(error.message, role, `${namespace}/${name}`));
  });
  const { status } = JSON.parse(output) as { status: { token: string; expirationTimestamp: string } };
  return { token: status.token, expires: status.expirationTimestamp };
}

const noContext = 'kubectl has no current context: choose one with --context, or set KUBECONFIG';

function whyNoToken(said: string, role: string, account: string): string {
  const reasons: [RegExp, string][] = [
    [
      /is forbidden/,
      `you may not create a token of ${account}: that takes the right to create serviceaccounts/token there`,
    ],
    [
      /serviceaccounts? ".*" not found|namespaces ".*" not found/,
      `the cluster has no ServiceAccount ${account}: is the app lens synced, and is this the cluster of the environment?`,
    ],
    [
      /Unauthorized|must be logged in|asked for the client to provide credentials|token has expired|certificate has expired/,
      'the cluster does not know you: your own credentials have ended or are of another cluster; sign in again',
    ],
    [
      /connection refused|no such host|i\/o timeout|Unable to connect|was refused|deadline exceeded|no route to host/,
      'the API server does not answer',
    ],
  ];
  const reason = reasons.find(([pattern]) => pattern.test(said))?.[1] ?? `no token for the role "${role}"`;
  return `${reason} (${said})`;
}
