// A cluster for tests: objects by type, and every call that changed something.
import type { Kubectl } from '../../../scripts/core/live/kubectl.ts';
import type { LiveObject } from '../../../scripts/core/live/live-object.ts';

export interface FakeKubectl extends Kubectl {
  objects: Record<string, LiveObject[]>;
  calls: string[];
}

/** An object with what a test says of it. */
export function live(kind: string, name: string, fields: Record<string, unknown> = {}): LiveObject {
  const { metadata, ...rest } = fields as { metadata?: object };
  const own = {
    name,
    namespace: 'somewhere',
    uid: name,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
  };
  return { apiVersion: 'v1', kind, metadata: { ...own, ...metadata }, ...rest } as LiveObject;
}

export function fakeKubectl(objects: Record<string, LiveObject[]> = {}): FakeKubectl {
  const calls: string[] = [];
  return {
    access: { context: 'test' },
    objects,
    calls,
    async run(args) {
      calls.push(args.join(' '));
      return args[0] === 'version' ? '{"serverVersion":{"gitVersion":"v1.36.3"}}' : '';
    },
    async list(type, place) {
      const all = type.split(',').flatMap((one) => objects[one] ?? []);
      return typeof place === 'object' ? all.filter(({ metadata }) => metadata.namespace === place.namespace) : all;
    },
    async find(type, name) {
      return (objects[type] ?? []).find(({ metadata }) => metadata.name === name);
    },
    async apply(manifests) {
      for (const { kind, metadata } of manifests) calls.push(`apply ${kind}/${metadata.name}`);
    },
  };
}
