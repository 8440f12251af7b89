import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestsOf } from '../../../scripts/core/live/requests.ts';
import { live } from './fake-kubectl.ts';

const container = (cpu: string, memory: string, restartPolicy?: string) => ({
  resources: { requests: { cpu, memory } },
  ...(restartPolicy !== undefined && { restartPolicy }),
});

const requested = (spec: object) => requestsOf(live('Pod', 'pod', { spec }));

test('containers add up; of init containers the neediest counts, and only where it needs more', () => {
  const containers = [container('250m', '64Mi'), container('500m', '64Mi')];
  assert.deepEqual(requested({ containers }), { cpu: 0.75, memory: 128 * 1024 ** 2 });
  const initContainers = [container('10m', '256Mi'), container('20m', '1Mi')];
  assert.deepEqual(requested({ containers, initContainers }), { cpu: 0.75, memory: 256 * 1024 ** 2 });
});

test('a sidecar stays: it counts beside the containers, and beside init containers after it', () => {
  const sidecar = container('100m', '20Mi', 'Always');
  const containers = [container('100m', '64Mi')];
  assert.deepEqual(requested({ containers, initContainers: [sidecar] }), { cpu: 0.2, memory: 84 * 1024 ** 2 });
  const after = { containers, initContainers: [sidecar, container('1', '1Mi')] };
  assert.deepEqual(requested(after), { cpu: 1.1, memory: 84 * 1024 ** 2 });
  const before = { containers, initContainers: [container('1', '1Mi'), sidecar] };
  assert.deepEqual(requested(before), { cpu: 1, memory: 84 * 1024 ** 2 });
});

test('what requests nothing counts nothing', () => {
  assert.deepEqual(requested({ containers: [{}] }), { cpu: 0, memory: 0 });
});
