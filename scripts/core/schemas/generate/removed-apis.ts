/** A kind of the API that some minor no longer serves. */
export interface RemovedApi {
  /** First minor without it: `1.22`. */
  removed: string;
  /** What takes its place, as `<apiVersion>/<kind>`. */
  replacement?: string;
}

/**
 * Reads the life cycles of an API version from its `zz_generated.prerelease-lifecycle.go`.
 *
 * @param group as in `apiVersion`: `policy`, `flowcontrol.apiserver.k8s.io`, `` for the core group
 * @returns removed kinds by `<apiVersion>/<kind>`, lists left out
 */
export function readRemovedApis(group: string, version: string, source: string): Record<string, RemovedApi> {
  const found: Record<string, RemovedApi> = {};
  for (const [, kind, major, minor] of source.matchAll(
    /\(in \*(\w+)\) APILifecycleRemoved\(\) \(major, minor int\) \{\s+return (\d+), (\d+)/g,
  )) {
    if (!kind?.endsWith('List')) {
      found[name(group, version, kind as string)] = { removed: `${major}.${minor}` };
    }
  }
  for (const [, kind, toGroup, toVersion, toKind] of source.matchAll(
    /\(in \*(\w+)\) APILifecycleReplacement\(\) schema\.GroupVersionKind \{\s+return schema\.GroupVersionKind\{Group: "(.*)", Version: "(.*)", Kind: "(.*)"\}/g,
  )) {
    const entry = found[name(group, version, kind as string)];
    if (entry) entry.replacement = name(toGroup as string, toVersion as string, toKind as string);
  }
  return found;
}

function name(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('/');
}
