// kubectl gets the token: it knows every way in which people sign in to clusters.
import { spawn } from 'node:child_process';
import { living } from '../children.ts';
import { UsageError, errorCode } from '../errors.ts';
import type { Account } from './accounts.ts';

/** Where the API server is and how it is recognized: `cluster` of a kubeconfig. */
export type ClusterEntry = { server: string } & Record<string, unknown>;

export interface Token {
  token: string;
  /** RFC 3339. */
  expires: string;
}

export interface KubectlOptions {
  /** A context of the kubeconfig in use instead of the current one. */
  context?: string | undefined;
  /** Environment of the process: PATH, KUBECONFIG. */
  env?: NodeJS.ProcessEnv;
}

/** The cluster of the context. Of its user kubectl tells nothing here. */
export async function clusterEntry(options: KubectlOptions = {}): Promise<ClusterEntry> {
  const view = ['config', 'view', '--minify', '--flatten', '--raw', '--output', 'jsonpath={.clusters[0].cluster}'];
  const output = await kubectl(view, options);
  const entry = JSON.parse(output === '' ? '{}' : output) as Partial<ClusterEntry>;
  if (entry.server === undefined) throw new UsageError(noContext);
  return entry as ClusterEntry;
}

/** A token of an account, by the API TokenRequest. The API server may give one for less time than was asked for. */
export async function createToken(
  { role, namespace, name }: Account,
  seconds: number,
  options: KubectlOptions = {},
): Promise<Token> {
  const create = ['create', 'token', name, '--namespace', namespace, '--duration', `${seconds}s`, '--output', 'json'];
  const output = await kubectl(create, options).catch((error: unknown) => {
    if (!(error instanceof KubectlError)) throw error;
    throw new UsageError(whyNoToken(error.message, role, `${namespace}/${name}`));
  });
  const { status } = JSON.parse(output) as { status: { token: string; expirationTimestamp: string } };
  return { token: status.token, expires: status.expirationTimestamp };
}

const noContext = 'kubectl has no current context: choose one with --context, or set KUBECONFIG';

/** What kubectl says of a failure, on one line. */
class KubectlError extends UsageError {}

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
  return `${reason} (kubectl: ${said})`;
}

/** Runs kubectl. What it writes may be secret, and reaches nobody but the caller; what it complains of becomes the error. */
function kubectl(args: readonly string[], { context, env = process.env }: KubectlOptions): Promise<string> {
  const all = context === undefined ? [...args] : [...args, '--context', context];
  return new Promise((resolve, reject) => {
    // Without standard input, so that a plugin that would ask something says so instead of waiting where nobody sees it.
    const child = spawn('kubectl', all, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    living.add(child);
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
    child.on('error', (error) => {
      living.delete(child);
      const missing = errorCode(error) === 'ENOENT';
      reject(missing ? new UsageError('kubectl is not on PATH: install it, it is what talks to the cluster') : error);
    });
    child.on('close', (code) => {
      living.delete(child);
      if (code === 0) resolve(output);
      else reject(new KubectlError(reworded(complaint)));
    });
  });
}

function reworded(complaint: string): string {
  const text = complaint
    .trim()
    .replace(/^error: /i, '')
    .replaceAll(/\s*\n\s*/g, ' ');
  if (/current-context must exist|current-context is not set/.test(text)) return noContext;
  return text === '' ? 'kubectl failed and said nothing' : text;
}
