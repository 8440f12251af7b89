// A stub behind a Service: it says who asked for what, by HTTP/1.1 and by HTTP/2 without TLS, on the port it is given.
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttp2, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer } from 'node:net';

function answer(request: IncomingMessage | Http2ServerRequest, response: ServerResponse | Http2ServerResponse): void {
  const { headers, httpVersion, method, url } = request;
  const host = headers[':authority'] ?? headers.host;
  response.setHeader('content-type', 'application/json');
  (response as ServerResponse).end(
    JSON.stringify({ host, httpVersion, method, url, headers: Object.fromEntries(Object.entries(headers)) }),
  );
}

const http = createHttp(answer);
const http2 = createHttp2(answer);

createServer((socket) => {
  socket.once('data', (first) => {
    const isHttp2 = first.subarray(0, 3).toString() === 'PRI';
    socket.pause();
    socket.unshift(first);
    (isHttp2 ? http2 : http).emit('connection', socket);
    // An HTTP/2 session takes what was read already by itself.
    if (!isHttp2) socket.resume();
  });
}).listen(Number(process.argv[2]));
