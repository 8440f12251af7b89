import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { runSteps } from '../../../scripts/core/live/run-steps.ts';
import type { Signal, Upload } from '../../../scripts/core/live/signals.ts';
import { uploadSteps } from '../../../scripts/core/live/upload.ts';
import { fakeKubectl, live } from './fake-kubectl.ts';

const signal = (component: string, upload: Upload | null): Signal => ({
  component,
  name: 'metrics',
  kind: 'metrics',
  namespace: 'somewhere',
  service: component,
  port: 80,
  path: '',
  headers: {},
  lost: 0,
  found: 0,
  upload,
  signIn: null,
});

let status = 204;
const asked: string[] = [];
const server = createServer((request, answer) => {
  asked.push(`${request.method} ${request.url}`);
  answer.writeHead(status).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
after(() => server.close());

const pod = (name: string, workload: string, phase = 'Running') =>
  live('Pod', name, { metadata: { labels: { 'app.kubernetes.io/name': workload } }, status: { phase } });
const kubectl = fakeKubectl({
  pods: [
    pod('ingester-b-0', 'ingester-b'),
    pod('ingester-a-0', 'ingester-a'),
    pod('ingester-a-1', 'ingester-a', 'Pending'),
    pod('querier-0', 'querier'),
  ],
});

const forwarded: string[] = [];
const options = {
  kubectl,
  async forward({ to, port }: { to: string; port: number }) {
    forwarded.push(`${to} ${port}`);
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      end: () => void forwarded.push('ended'),
    };
  },
};
const call = { path: '/flush', port: 8080, workloads: ['ingester-a', 'ingester-b'] };
const silent = (): void => undefined;

test('every pod that runs and holds something is told, and nobody else', async () => {
  await runSteps(uploadSteps('mimir', [signal('mimir', call), signal('loki', call)], options), silent);
  assert.deepEqual(forwarded.splice(0), ['pod/ingester-a-0 8080', 'ended', 'pod/ingester-b-0 8080', 'ended']);
  assert.deepEqual(asked.splice(0), ['POST /flush', 'POST /flush']);
});

test('what uploads by itself takes no step, what needs time gets it', async () => {
  const waited: number[] = [];
  const wait = async (milliseconds: number) => waited.push(milliseconds);
  assert.deepEqual(uploadSteps('mimir', [signal('mimir', null)], options), []);
  await runSteps(uploadSteps('tempo', [signal('tempo', { wait: 120 })], { ...options, wait }), silent);
  assert.deepEqual(waited, [120_000]);
});

test('a pod that refuses is named, with the way out', async () => {
  status = 500;
  await assert.rejects(
    runSteps(uploadSteps('mimir', [signal('mimir', call)], options), silent),
    /ingester-a-0: \/flush answered 500.*--without-upload/,
  );
  assert.deepEqual(forwarded.splice(0), ['pod/ingester-a-0 8080', 'ended']);
});
