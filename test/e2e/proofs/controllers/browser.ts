// Requests as a browser sends them, to an address that a name server would give for the host.
import { request as httpRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpsRequest } from 'node:https';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';

export interface Answer {
  status: number;
  location: string | undefined;
  body: string;
  /** What the server showed; undefined over plain HTTP. */
  certificate: PeerCertificate | undefined;
}

export interface Target {
  address: string;
  port: number;
  host: string;
  /** PEM of the authority to trust; without one the request goes over plain HTTP. */
  ca?: string;
  path?: string;
}

/** Sends one GET request. Its certificate is verified, against the host. */
export function get({ address, port, host, ca, path = '/' }: Target): Promise<Answer> {
  const options = {
    host: address,
    port,
    path,
    headers: { host },
    agent: false as const,
    signal: AbortSignal.timeout(10_000),
  };
  return new Promise((resolve, reject) => {
    const sent = ca === undefined ? httpRequest(options) : httpsRequest({ ...options, ca, servername: host });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('error', reject);
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location,
          body: Buffer.concat(chunks).toString(),
          certificate: ca === undefined ? undefined : (answer.socket as TLSSocket).getPeerCertificate(),
        }),
      );
    });
    sent.end();
  });
}

/** Sends a request as gRPC does: by HTTP/2, with its content type. Returns the body. */
export function postGrpc({ address, port, host, ca, path = '/' }: Target): Promise<string> {
  return new Promise((resolve, reject) => {
    const session = connectHttp2(`https://${host}`, {
      createConnection: () => connectTls({ host: address, port, ca, servername: host, ALPNProtocols: ['h2'] }),
    });
    session.setTimeout(10_000, () => session.destroy(new Error('no answer within 10 s')));
    session.on('error', reject);
    const stream = session.request({ ':method': 'POST', ':path': path, 'content-type': 'application/grpc' });
    const chunks: Buffer[] = [];
    stream.on('error', reject);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      session.close();
      resolve(Buffer.concat(chunks).toString());
    });
    stream.end();
  });
}
