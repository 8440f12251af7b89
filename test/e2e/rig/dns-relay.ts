import { createSocket } from 'node:dgram';

/** Asks another name server (UDP, port 53) and returns its reply as it is; undefined when there is none within two seconds. */
export function relay(query: Buffer, server: string): Promise<Buffer | undefined> {
  const socket = createSocket('udp4');
  return new Promise<Buffer | undefined>((resolve) => {
    const timer = setTimeout(resolve, 2000, undefined);
    const done = (reply?: Buffer): void => {
      clearTimeout(timer);
      resolve(reply);
    };
    socket.once('message', (reply) => done(reply));
    socket.once('error', () => done());
    socket.send(query, 53, server);
  }).finally(() => socket.close());
}
