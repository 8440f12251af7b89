import type { Pod } from './pod.ts';

/** A pod for tests, with changes to its spec. */
export function examplePod(spec: Partial<Pod['spec']> = {}): Pod {
  return {
    metadata: { name: 'web-1', namespace: 'web', uid: '1', labels: { app: 'web' } },
    spec: { containers: [], serviceAccountName: 'web', nodeName: 'node-1', ...spec },
    status: { podIP: '10.0.0.1' },
  };
}
