// The objects that Applications manage, as the cluster has them.
import type { Api, ObjectRef } from '../rig/api.ts';
import { apiVersion, namespace } from './applications.ts';

export interface ManagedObject {
  /** `<kind> <namespace>/<name>`, for messages. */
  name: string;
  ref: ObjectRef;
  uid: string;
}

interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  hook?: boolean;
}

/** What is there of what each Application manages, by the Application's name. Hooks come and go; they are left out. */
export async function managedObjects(api: Api): Promise<Map<string, ManagedObject[]>> {
  const found = new Map<string, ManagedObject[]>();
  for (const application of await api.list(apiVersion, 'Application', { namespace })) {
    const objects: ManagedObject[] = [];
    for (const resource of (application.status?.resources ?? []) as ResourceStatus[]) {
      if (resource.hook === true) continue;
      const ref = refOf(resource);
      const live = await api.find(ref);
      if (live === undefined) continue;
      objects.push({ name: nameOf(ref), ref, uid: live.metadata.uid });
    }
    found.set(application.metadata.name, objects);
  }
  return found;
}

/** What an object is called in messages. */
export function nameOf({ kind, metadata: { name, namespace: space } }: ObjectRef): string {
  return `${kind} ${space ?? ''}/${name}`;
}

function refOf({ group, version, kind, namespace: space, name }: ResourceStatus): ObjectRef {
  return {
    apiVersion: group === undefined ? version : `${group}/${version}`,
    kind,
    metadata: { name, ...(space !== undefined && { namespace: space }) },
  };
}

/** Those that are no longer there, or are there anew. */
export async function missingOf(api: Api, objects: readonly ManagedObject[]): Promise<string[]> {
  const missing: string[] = [];
  for (const { name, ref, uid } of objects) {
    if ((await api.find(ref))?.metadata.uid !== uid) missing.push(name);
  }
  return missing;
}
