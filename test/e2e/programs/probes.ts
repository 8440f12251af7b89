// The probes of a template, called as the kubelet calls them: from the node, at the pod's address.
import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { podName, type Container, type Handler, type Pod } from './pod.ts';

/** Runs a command in a container and throws when it fails. */
export type Exec = (command: readonly string[], seconds: number) => Promise<unknown>;

/** Calls a handler once. Throws what it answered when that is a failure. */
export async function callHandler(
  pod: Pod,
  container: Container,
  handler: Handler & { timeoutSeconds?: number },
  exec: Exec,
): Promise<void> {
  const seconds = handler.timeoutSeconds ?? 1;
  if (handler.exec !== undefined) await exec(handler.exec.command, seconds);
  else if (handler.httpGet !== undefined) await callHttp(pod, container, handler.httpGet, seconds);
  else if (handler.tcpSocket !== undefined)
    await callTcp(pod.status.podIP, portNumber(pod, container, handler.tcpSocket.port), seconds);
  else
    throw new Error(
      `${podName(pod)}: container ${container.name} has a probe of a kind that the launcher doesn't know`,
    );
}

/** A port by its number or its name in the template. */
export function portNumber(pod: Pod, container: Container, port: number | string): number {
  if (typeof port === 'number') return port;
  const named = container.ports?.find(({ name }) => name === port);
  if (named === undefined) throw new Error(`${podName(pod)}: container ${container.name} has no port named ${port}`);
  return named.containerPort;
}

function callHttp(
  pod: Pod,
  container: Container,
  action: NonNullable<Handler['httpGet']>,
  seconds: number,
): Promise<void> {
  const { path = '/', scheme = 'HTTP', host = pod.status.podIP, httpHeaders = [] } = action;
  const port = portNumber(pod, container, action.port);
  const headers = {
    'user-agent': 'kube-probe/1.36',
    ...Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])),
  };
  const options = { host, port, path, headers, agent: false, signal: AbortSignal.timeout(seconds * 1000) };
  return new Promise((resolve, reject) => {
    const answered = (answer: IncomingMessage): void => {
      answer.resume();
      const { statusCode = 0 } = answer;
      if (statusCode >= 200 && statusCode < 400) resolve();
      else reject(new Error(`${scheme} ${host}:${port}${path} answered ${statusCode}`));
    };
    // A probe doesn't verify the certificate: the kubelet's doesn't either.
    const sent =
      scheme === 'HTTPS' ? httpsGet({ ...options, rejectUnauthorized: false }, answered) : httpGet(options, answered);
    sent.on('error', (error) =>
      reject(new Error(`${scheme} ${host}:${port}${path}: ${error.message}`, { cause: error })),
    );
  });
}

function callTcp(host: string, port: number, seconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.setTimeout(seconds * 1000, () => socket.destroy(new Error(`no answer within ${seconds} s`)));
    socket.on('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', (error) => reject(new Error(`TCP ${host}:${port}: ${error.message}`, { cause: error })));
  });
}
