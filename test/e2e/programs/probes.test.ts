import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { examplePod } from './example-pod.ts';
import type { Container, Handler } from './pod.ts';
import { callHandler, portNumber } from './probes.ts';

const server = createServer((request, response) => {
  if (request.url !== '/slow') response.writeHead(request.url === '/ok' ? 204 : 500).end();
}).listen(0, '127.0.0.1');
await new Promise((resolve) => {
  server.once('listening', resolve);
});
after(() => {
  server.closeAllConnections();
  server.close();
});

const { port } = server.address() as AddressInfo;
const pod = { ...examplePod(), status: { podIP: '127.0.0.1' } };
const container: Container = { name: 'main', image: 'any', ports: [{ name: 'http', containerPort: port }] };
const call = (handler: Handler & { timeoutSeconds?: number }, exec = async () => '') =>
  callHandler(pod, container, handler, exec);

test('an HTTP probe passes from 200 to 399 and fails with what was answered', async () => {
  await call({ httpGet: { port: 'http', path: '/ok' } });
  await assert.rejects(call({ httpGet: { port, path: '/broken' } }), /\/broken answered 500/);
});

test('a probe has its timeout', async () => {
  await assert.rejects(call({ httpGet: { port, path: '/slow' }, timeoutSeconds: 0.2 }), /\/slow/);
});

test('a TCP probe passes where somebody listens', async () => {
  await call({ tcpSocket: { port: 'http' } });
  await assert.rejects(call({ tcpSocket: { port: 1 } }), /TCP 127\.0\.0\.1:1/);
});

test('a command passes when it succeeds', async () => {
  await call({ exec: { command: ['true'] } });
  await assert.rejects(
    call({ exec: { command: ['false'] } }, async () => {
      throw new Error('failed');
    }),
    /failed/,
  );
});

test('a port that the template does not name is an error', () => {
  assert.throws(() => portNumber(pod, container, 'metrics'), /has no port named metrics/);
});
