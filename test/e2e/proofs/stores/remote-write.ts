// Prometheus' remote write, version 1: a protobuf message, compressed by snappy. As much of both as a test needs to send.

export interface Series {
  labels: Record<string, string>;
  /** Time in milliseconds and value, in the order of time. */
  samples: [number, number][];
}

/** The request that sends them. */
export function remoteWrite(series: readonly Series[]): RequestInit {
  const headers = {
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
  };
  return { method: 'POST', headers, body: new Uint8Array(writeRequest(series)) };
}

/** The body of a request. */
export function writeRequest(series: readonly Series[]): Buffer {
  return literalSnappy(Buffer.concat(series.map((one) => field(1, timeSeries(one)))));
}

/** prompb.TimeSeries: labels (1) in the order of their names, samples (2). */
function timeSeries({ labels, samples }: Series): Buffer {
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    ...pairs.map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    ),
    ...samples.map(([time, value]) => field(2, sample(time, value))),
  ]);
}

/** prompb.Sample: value (1, double), timestamp (2, int64). */
function sample(time: number, value: number): Buffer {
  const double = Buffer.alloc(9);
  double[0] = (1 << 3) | 1;
  double.writeDoubleLE(value, 1);
  return Buffer.concat([double, Buffer.from([2 << 3]), varint(time)]);
}

/** A field with a length before its content. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = BigInt(value); ; rest >>= 7n) {
    if (rest < 128n) return Buffer.from([...bytes, Number(rest)]);
    bytes.push(Number(rest & 127n) | 128);
  }
}

/** Snappy's block format allows for nothing to be compressed: its length, then literals of at most 64 KiB. */
function literalSnappy(content: Buffer): Buffer {
  const parts = [varint(content.length)];
  for (let at = 0; at < content.length; at += 65536) {
    const chunk = content.subarray(at, at + 65536);
    const length = Buffer.alloc(3);
    // Tag 61: two bytes with the length less one.
    length[0] = 61 << 2;
    length.writeUInt16LE(chunk.length - 1, 1);
    parts.push(length, chunk);
  }
  return Buffer.concat(parts);
}
