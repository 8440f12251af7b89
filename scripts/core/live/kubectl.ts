// The cluster, by way of kubectl: whoever runs a cluster has it, and it signs in to any of them as its kubeconfig says.
import { UsageError } from '../errors.ts';
import { failure, runProgram, type RunProgram } from '../program.ts';
import type { Manifest } from '../types.ts';
import type { LiveObject } from './live-object.ts';

/** Which cluster. What is left out is as kubectl has it: `KUBECONFIG` or `~/.kube/config`, and its current context. */
export interface ClusterAccess {
  kubeconfig?: string;
  context?: string;
}

export interface Kubectl {
  /** Which cluster it asks, for messages. */
  readonly access: ClusterAccess;
  /**
   * Runs kubectl and returns what it printed. Throws what it said when it fails, without anything of `confidential` in it.
   */
  run(args: readonly string[], input?: string, confidential?: readonly string[]): Promise<string>;
  /** Objects of a type, such as `pods` or `applications.argoproj.io`; none where the cluster doesn't know the type. */
  list(type: string, place?: { namespace: string } | 'all'): Promise<LiveObject[]>;
  /** One object; undefined when it isn't there, or its type isn't. */
  find(type: string, name: string, namespace?: string): Promise<LiveObject | undefined>;
  /** Applies manifests server-side, in their order. */
  apply(manifests: readonly Manifest[], fieldManager: string, confidential?: readonly string[]): Promise<void>;
}

/** What kubectl said when it failed. */
export class KubectlError extends UsageError {
  override name = 'KubectlError';
}

const isMissing = (said: string): boolean =>
  /\(NotFound\)|the server doesn't have a resource type|no matches for kind/.test(said);

/** What tells kubectl which cluster is meant. */
export function accessFlags({ kubeconfig, context }: ClusterAccess): string[] {
  return [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    ...(context === undefined ? [] : ['--context', context]),
  ];
}

/** A kubectl for one cluster. */
export function openKubectl(access: ClusterAccess = {}, program: RunProgram = runProgram): Kubectl {
  const flags = accessFlags(access);
  const run: Kubectl['run'] = async (args, input = '', confidential = []) => {
    const call = { program: 'kubectl', args: [...args, ...flags], input } as const;
    const result = await program(call);
    if (result.code !== 0) throw new KubectlError(failure(call, result, confidential).message);
    return result.stdout;
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
    async apply(manifests, fieldManager, confidential) {
      if (manifests.length === 0) return;
      const how = ['--server-side', '--force-conflicts', `--field-manager=${fieldManager}`];
      await run(['apply', ...how, '--filename', '-'], listOf(manifests), confidential);
    },
  };
}

/** Manifests as one document, for `--filename -`. */
export function listOf(manifests: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
}
