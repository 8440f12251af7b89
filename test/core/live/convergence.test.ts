import assert from 'node:assert/strict';
import { test } from 'node:test';
import { converge, type ConvergenceOptions } from '../../../scripts/core/live/convergence.ts';
import { KubectlError } from '../../../scripts/core/live/kubectl.ts';
import { fakeKubectl, live, type FakeKubectl } from './fake-kubectl.ts';

const commit = 'a'.repeat(40);

function application(name: string, wave: number, status: object = {}) {
  const done = { sync: { status: 'Synced', revision: commit }, health: { status: 'Healthy' } };
  return live('Application', name, {
    metadata: { namespace: 'argocd', annotations: { 'argocd.argoproj.io/sync-wave': String(wave) } },
    spec: { source: { targetRevision: name === 'applications' ? 'main' : commit }, destination: { namespace: name } },
    status: { ...done, ...status },
  });
}

const type = 'applications.argoproj.io';
const progressing = { health: { status: 'Progressing' } };

function options(changes: Partial<ConvergenceOptions> = {}): ConvergenceOptions {
  const wanted = ['applications', 'mimir', 'loki'];
  return { namespace: 'argocd', wanted, seconds: 5, patience: 5, interval: 0.01, onLook: () => undefined, ...changes };
}

test('it asks Argo CD to look, and ends once every app is settled at the commit of the root', async () => {
  const kubectl = fakeKubectl({
    [type]: [application('applications', 0, progressing), application('mimir', 1, progressing), application('loki', 2)],
  });
  const blocking: (string | undefined)[] = [];
  const result = await converge(
    kubectl,
    options({
      onLook: (look) => {
        blocking.push(look.blocking);
        kubectl.objects[type] = ['applications', 'mimir', 'loki'].map((name, wave) => application(name, wave));
      },
    }),
  );
  assert.equal(result.settled, true);
  assert.deepEqual(blocking, ['mimir', undefined]);
  assert.match(kubectl.calls[0]!, /^annotate applications\.argoproj\.io applications .*refresh=normal$/);
});

test('an app that is not there yet is waited for', async () => {
  const kubectl = fakeKubectl({ [type]: [application('applications', 0), application('mimir', 1)] });
  const result = await converge(kubectl, options({ seconds: 0.05 }));
  assert.equal(result.settled, false);
  assert.match(result.settled ? '' : result.why, /not done after 0.05 s/);
});

test('the same lasting trouble ends it before its time, with the object and its reason', async () => {
  const waiting = { name: 'mimir', state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } };
  const kubectl = fakeKubectl({
    [type]: [application('applications', 0), application('mimir', 1, progressing), application('loki', 2)],
    pods: [live('Pod', 'mimir-0', { metadata: { namespace: 'mimir' }, status: { containerStatuses: [waiting] } })],
  });
  const result = await converge(kubectl, options({ patience: 0.05, seconds: 60 }));
  assert.equal(result.settled, false);
  assert.equal(result.look.blocking, 'mimir');
  assert.deepEqual(
    result.look.troubles.map(({ where, what }) => `${where}: ${what}`),
    ['Pod mimir/mimir-0: container mimir: ImagePullBackOff: no such image'],
  );
});

test('an API server that is gone for a moment is asked again; a refusal is an error', async () => {
  const failing = (message: string, times: number): FakeKubectl => {
    const kubectl = fakeKubectl({
      [type]: ['applications', 'mimir', 'loki'].map((name, wave) => application(name, wave)),
    });
    const { list } = kubectl;
    kubectl.list = (...args) => (times-- > 0 ? Promise.reject(new KubectlError(message)) : list(...args));
    return kubectl;
  };
  assert.equal((await converge(failing('connect: connection refused', 3), options())).settled, true);
  await assert.rejects(converge(failing('Error from server (Forbidden)', 1), options()), /Forbidden/);
});
