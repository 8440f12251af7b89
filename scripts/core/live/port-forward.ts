// A way to a port of a pod that nothing leads to from outside: `kubectl port-forward`. It goes by the API server and the
// node, so that no NetworkPolicy and no proxy of a mesh stands between.
import { spawn } from 'node:child_process';
import { living } from '../children.ts';
import { UsageError } from '../errors.ts';
import { accessFlags, type ClusterAccess } from './kubectl.ts';

export interface Forward {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  end(): void;
}

export interface ForwardTarget {
  namespace: string;
  /** `service/<name>` or `pod/<name>`. */
  to: string;
  port: number;
}

/** Opens one, at a free port of the loopback. Throws what kubectl says when it can't. */
export type OpenForward = (target: ForwardTarget) => Promise<Forward>;

export function forwarding(access: ClusterAccess, program = 'kubectl'): OpenForward {
  const flags = accessFlags(access);
  return ({ namespace, to, port }) =>
    new Promise((resolve, reject) => {
      const args = ['port-forward', '--address', '127.0.0.1', '--namespace', namespace, to, `:${port}`, ...flags];
      const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      living.add(child);
      let said = '';
      const end = (): void => void child.kill();
      child.on('error', reject);
      child.on('close', () => {
        living.delete(child);
        const why = said.trim().replace(/\s*\n\s*/g, ' ');
        reject(new UsageError(`kubectl port-forward to ${to} of namespace ${namespace} ended: ${why}`));
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const open = /^Forwarding from 127\.0\.0\.1:(\d+)/m.exec(said)?.[1];
        if (open !== undefined) resolve({ url: `http://127.0.0.1:${open}`, end });
      });
    });
}

/** Opens one, uses it and ends it. */
export async function throughForward<T>(
  open: OpenForward,
  target: ForwardTarget,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const forward = await open(target);
  try {
    return await use(forward.url);
  } finally {
    forward.end();
  }
}

/** How long one answer may take: a store may read hours of everything for it. */
const answerSeconds = 300;

/** Asks over HTTP and gives the text of the answer; undefined for a code of `none`. Throws any other from 400 on. */
export async function request(
  url: string,
  init: RequestInit = {},
  none: readonly number[] = [],
): Promise<string | undefined> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(answerSeconds * 1000) });
  const text = await answer.text();
  if (answer.ok) return text;
  if (none.includes(answer.status)) return undefined;
  const { pathname } = new URL(url);
  throw new UsageError(`${pathname} answered ${answer.status}: ${text.trim().slice(0, 300)}`);
}
