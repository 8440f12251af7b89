// The cluster, by way of kubectl: whoever runs a cluster has it, and it signs in to any of them as its kubeconfig says.
import type { Manifest } from '../types.ts';
import { UsageError } from '../errors.ts';
import type { LiveObject } from './live-object.ts';

/** Which cluster. What is left out is as kubectl has it: `KUBECONFIG` or `~/.kube/config`, and its current context. */
export interface ClusterAccess {
  kubeconfig?: string;
  context?: string;
}

export interface Kubectl {
  /** Which cluster it asks, for messages. */
  readonly access: ClusterAccess;
  /** Runs kubectl and returns what it printed. Throws what it said when it fails. */
  run(args: readonly string[], input?: string): Promise<string>;
  /** Objects of a type, such as `pods` or `applications.argoproj.io`; none where the cluster doesn't know the type. */
  list(type: string, place?: { namespace: string } | 'all'): Promise<LiveObject[]>;
  /** One object; undefined when it isn't there, or its type isn't. */
  find(type: string, name: string, namespace?: string): Promise<LiveObject | undefined>;
  /** Applies manifests server-side, in their order. */
  apply(manifests: readonly Manifest[], fieldManager: string): Promise<void>;
}

/** What kubectl said when it failed. */
export class KubectlError extends Error {
  override name = 'KubectlError';
}

/** Runs a program with this input. `code` is null when it could not be started. */
export type RunProgram = (
  program: string,
  args: readonly string[],
  input: string,
) => Promise<{ code: number | null; stdout: string; stderr: string }>;

/** Runs a program of this machine. Nothing of its input or output is shown. */
export const runProgram: RunProgram = async (program, args, input) => {
  const { $ } = await import('zx');
  const output = await $({ input, quiet: true, nothrow: true, verbose: false })`${program} ${[...args]}`;
  // A shell answers 127 for a program that it doesn't find.
  return { code: output.exitCode === 127 ? null : output.exitCode, stdout: output.stdout, stderr: output.stderr };
};

const isMissing = (said: string): boolean =>
  /\(NotFound\)|the server doesn't have a resource type|no matches for kind/.test(said);

/** A kubectl for one cluster. `program` is for tests. */
export function openKubectl(access: ClusterAccess = {}, program: RunProgram = runProgram): Kubectl {
  const flags = [
    ...(access.kubeconfig === undefined ? [] : ['--kubeconfig', access.kubeconfig]),
    ...(access.context === undefined ? [] : ['--context', access.context]),
  ];
  const run = async (args: readonly string[], input = ''): Promise<string> => {
    const { code, stdout, stderr } = await program('kubectl', [...flags, ...args], input);
    if (code === null) throw new UsageError('kubectl is not on PATH; install it (kubernetes.io/docs/tasks/tools)');
    if (code !== 0) throw new KubectlError(stderr.trim() || `kubectl ${args[0]} ended with ${code}`);
    return stdout;
  };
  const get = async (args: readonly string[]): Promise<{ items?: LiveObject[] } | undefined> => {
    try {
      const answer = await run(['get', ...args, '--ignore-not-found', '--output', 'json']);
      return answer.trim() === '' ? undefined : (JSON.parse(answer) as { items?: LiveObject[] });
    } catch (error) {
      if (error instanceof KubectlError && isMissing(error.message)) return undefined;
      throw error;
    }
  };
  return {
    access,
    run,
    async list(type, place) {
      const where =
        place === undefined ? [] : place === 'all' ? ['--all-namespaces'] : ['--namespace', place.namespace];
      return (await get([type, ...where]))?.items ?? [];
    },
    async find(type, name, namespace) {
      const where = namespace === undefined ? [] : ['--namespace', namespace];
      return (await get([type, name, ...where])) as LiveObject | undefined;
    },
    async apply(manifests, fieldManager) {
      if (manifests.length === 0) return;
      const list = { apiVersion: 'v1', kind: 'List', items: manifests };
      const how = ['--server-side', '--force-conflicts', `--field-manager=${fieldManager}`];
      await run(['apply', ...how, '--filename', '-'], JSON.stringify(list));
    },
  };
}
