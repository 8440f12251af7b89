import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeRequest } from './remote-write.ts';

test('a request is a protobuf message in a block of snappy literals', () => {
  const body = writeRequest([{ labels: { job: 'a', __name__: 'up' }, samples: [[300, 1]] }]);
  const message = Buffer.concat([
    // Field 1, a series of 40 bytes.
    Buffer.from([0x0a, 40]),
    // Its labels, __name__ first.
    Buffer.from([0x0a, 14, 0x0a, 8, ...Buffer.from('__name__'), 0x12, 2, ...Buffer.from('up')]),
    Buffer.from([0x0a, 8, 0x0a, 3, ...Buffer.from('job'), 0x12, 1, ...Buffer.from('a')]),
    // Its sample: a double, and 300 as a varint.
    Buffer.from([0x12, 12, 0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0x10, 0xac, 0x02]),
  ]);
  const expected = Buffer.concat([Buffer.from([message.length, 61 << 2, message.length - 1, 0]), message]);
  assert.deepEqual(body, expected);
});

test('what is longer than a literal may be is cut into several', () => {
  const body = writeRequest([{ labels: { __name__: 'x'.repeat(70_000) }, samples: [] }]);
  const [first, second] = [body.subarray(3), body.subarray(3 + 3 + 65_536)];
  assert.deepEqual([first[0], first.readUInt16LE(1)], [61 << 2, 65_535]);
  assert.deepEqual([second[0], second.readUInt16LE(1)], [61 << 2, second.length - 3 - 1]);
});
