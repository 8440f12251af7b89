// Asks linkerd-identity for a certificate as a proxy does: gRPC with two messages of three fields, written out here.
// https://github.com/linkerd/linkerd2-proxy-api, proto/identity.proto.
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:http2';

/** One field of a message: bytes, with their length before them. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
}

/** The fields of a message that hold bytes. */
function* fieldsOf(message: Buffer): Generator<{ number: number; bytes: Buffer }> {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = next();
    if ((key & 7) !== 2) throw new Error(`field ${key >>> 3} holds no bytes`);
    const length = next();
    yield { number: key >>> 3, bytes: message.subarray(at, at + length) };
    at += length;
  }
}

/** A certificate with those between it and the anchor. */
export interface Certified {
  leaf: X509Certificate;
  intermediates: X509Certificate[];
}

/** Certify of io.linkerd.proxy.identity.Identity. `request`: PKCS #10, DER. */
export function certify(address: string, identity: string, token: string, request: Buffer): Promise<Certified> {
  const body = Buffer.concat([field(1, Buffer.from(identity)), field(2, Buffer.from(token)), field(3, request)]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(body.length, 1);
  return new Promise((resolve, reject) => {
    const session = connect(`http://${address}:8080`);
    session.on('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': '/io.linkerd.proxy.identity.Identity/Certify',
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const answer: Buffer[] = [];
    let status = 'no status';
    const said = (headers: Record<string, unknown>): void => {
      if (headers['grpc-status'] !== undefined) status = `${headers['grpc-status']} ${headers['grpc-message'] ?? ''}`;
    };
    stream.on('response', said);
    stream.on('trailers', said);
    stream.on('data', (chunk: Buffer) => answer.push(chunk));
    stream.on('error', reject);
    stream.on('end', () => {
      session.close();
      if (!status.startsWith('0 ')) return reject(new Error(`linkerd-identity answers ${status}`));
      const fields = [...fieldsOf(Buffer.concat(answer).subarray(5))];
      const [leaf, ...intermediates] = [1, 2].flatMap((number) =>
        fields.filter((one) => one.number === number).map(({ bytes }) => new X509Certificate(bytes)),
      );
      return resolve({ leaf: leaf!, intermediates });
    });
    stream.setTimeout(10_000, () => reject(new Error('linkerd-identity does not answer within 10 s')));
    stream.end(Buffer.concat([frame, body]));
  });
}

/** Whether a certificate leads to one of these anchors. */
export function leadsTo({ leaf, intermediates }: Certified, anchors: readonly X509Certificate[]): boolean {
  let link = leaf;
  for (const signer of intermediates) {
    if (!link.verify(signer.publicKey)) return false;
    link = signer;
  }
  return anchors.some((anchor) => link.verify(anchor.publicKey) && link.issuer === anchor.subject);
}
