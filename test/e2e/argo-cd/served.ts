// What the programs that are played for the API server have in common, inside the network of a pod.
// Environment: SERVERS, a JSON array of { port, key, certificate }, both PEM in base64.
import { createServer } from 'node:https';

/** Answers every request with this object as JSON, on every port. */
export function serve(answerTo: (url: string, body: unknown) => unknown): void {
  const servers = JSON.parse(process.env.SERVERS!) as { port: number; key: string; certificate: string }[];
  const decode = (text: string): string => Buffer.from(text, 'base64').toString();
  for (const { port, key, certificate } of servers) {
    createServer({ key: decode(key), cert: decode(certificate) }, (request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
        answer.setHeader('content-type', 'application/json');
        answer.end(JSON.stringify(answerTo(request.url ?? '', body)));
      });
    }).listen(port);
  }
}
