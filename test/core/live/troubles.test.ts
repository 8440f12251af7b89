import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateOf } from '../../../scripts/core/live/applications.ts';
import { troublesOf, troublesOfApp } from '../../../scripts/core/live/troubles.ts';
import { live } from './fake-kubectl.ts';

const pod = (status: object) => live('Pod', 'pod', { status });
const waiting = (reason: string, message: string) => ({
  containerStatuses: [{ name: 'main', state: { waiting: { reason, message } } }],
});

test('what a container waits for in vain is said with its reason; what it waits for a moment is not', () => {
  assert.deepEqual(troublesOf([pod(waiting('CreateContainerConfigError', 'secret "x" not found'))]), [
    {
      where: 'Pod somewhere/pod',
      what: 'container main: CreateContainerConfigError: secret "x" not found',
      lasting: true,
    },
  ]);
  assert.deepEqual(troublesOf([pod(waiting('ContainerCreating', '')), pod({ phase: 'Running' })]), []);
});

test('a pod that no node takes, a Job that failed, an invalid HTTPProxy', () => {
  const conditions = [{ type: 'PodScheduled', status: 'False', message: '0/1 nodes: Insufficient cpu' }];
  const job = live('Job', 'job', { status: { conditions: [{ type: 'Failed', status: 'True', message: 'deadline' }] } });
  const proxy = live('HTTPProxy', 'proxy', { status: { currentStatus: 'invalid', description: 'no Secret' } });
  assert.deepEqual(
    troublesOf([pod({ conditions }), job, proxy]).map(({ what }) => what),
    ['no node takes it: 0/1 nodes: Insufficient cpu', 'deadline', 'invalid: no Secret'],
  );
});

test('what may pass comes after what lasts', () => {
  const claim = live('PersistentVolumeClaim', 'claim', { status: { phase: 'Pending' } });
  const found = troublesOf([claim, pod(waiting('ImagePullBackOff', 'not found'))]);
  assert.deepEqual(
    found.map(({ lasting }) => lasting),
    [true, false],
  );
});

test("an Application's own words: it can't be rendered, or its sync failed", () => {
  const state = stateOf(
    live('Application', 'mimir', {
      spec: { source: { targetRevision: 'main' }, destination: { namespace: 'mimir' } },
      status: {
        conditions: [
          { type: 'ComparisonError', message: 'RUNTIME ERROR' },
          { type: 'SharedResourceWarning', message: 'x' },
        ],
        operationState: { phase: 'Failed', message: 'one or more objects failed to apply' },
      },
    }),
  );
  assert.deepEqual(
    troublesOfApp(state).map(({ what }) => what),
    ['ComparisonError: RUNTIME ERROR', 'its sync failed: one or more objects failed to apply'],
  );
});
