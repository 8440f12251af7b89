import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../../suggest.ts';
import type { Manifest } from '../../types.ts';
import { packageRoot } from '../bundle.ts';
import type { RemovedApi } from '../generate/removed-apis.ts';
import { enumerate } from './translation.ts';

/**
 * Says why there is no schema for a manifest's kind, and what to do.
 *
 * @param kinds every kind that has a schema, as `<apiVersion>/<kind>`
 */
export function explainMissing(
  { apiVersion, kind }: Manifest,
  minor: string,
  kinds: readonly string[],
): { message: string; hint: string; pointer: string } {
  const message = `there is no ${kind} in ${apiVersion} of Kubernetes ${minor}`;
  const removed = removedApis()[`${apiVersion}/${kind}`];
  if (removed && isAtMost(removed.removed, minor)) {
    const instead = removed.replacement === undefined ? 'nothing replaces it' : `use ${describe(removed.replacement)}`;
    return {
      message: `${message}: it was removed in ${removed.removed}`,
      hint: instead,
      pointer: '/apiVersion',
    };
  }
  const elsewhere = kinds.filter((name) => kindOf(name) === kind).map(apiVersionOf);
  if (elsewhere.length > 0) {
    return {
      message,
      hint: `${kind} is a kind of ${enumerate(elsewhere, 'and')}`,
      pointer: '/apiVersion',
    };
  }
  const similar = nearest(kind, kinds.map(kindOf));
  if (similar !== undefined) {
    const versions = kinds.filter((name) => kindOf(name) === similar).map(apiVersionOf);
    return {
      message,
      hint: `did you mean "${similar}" of ${enumerate(versions, 'or')}?`,
      pointer: '/kind',
    };
  }
  return {
    message,
    hint: 'if it is a custom kind, give its CustomResourceDefinition with --crds',
    pointer: '/kind',
  };
}

let removedCache: Record<string, RemovedApi> | undefined;

function removedApis(): Record<string, RemovedApi> {
  const file = join(packageRoot(), 'schemas/kubernetes/removed.json');
  return (removedCache ??= JSON.parse(readFileSync(file, 'utf8')) as Record<string, RemovedApi>);
}

function isAtMost(version: string, minor: string): boolean {
  const [major, number] = version.split('.').map(Number) as [number, number];
  const [currentMajor, current] = minor.split('.').map(Number) as [number, number];
  return major < currentMajor || (major === currentMajor && number <= current);
}

function kindOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

function apiVersionOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/'));
}

function describe(name: string): string {
  return `${kindOf(name)} of ${apiVersionOf(name)}`;
}
