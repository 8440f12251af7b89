import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answer } from './dns.ts';

/** A query for one name: identity 0x1234, recursion desired. */
function query(name: string, type = 1): Buffer {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  return Buffer.from([0x12, 0x34, 0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0, ...labels, 0, 0, type, 0, 1]);
}

test('a name has its addresses, in the reply to the question that was asked', async () => {
  const asked = query('API.svc');
  const reply = (await answer(asked, (name) =>
    Promise.resolve(name === 'api.svc' ? ['10.0.0.1', '10.0.0.2'] : undefined),
  ))!;
  assert.equal(reply.readUInt16BE(0), 0x1234);
  assert.equal(reply.readUInt16BE(2), 0x8580, 'a response without an error');
  assert.equal(reply.readUInt16BE(6), 2, 'answers');
  assert.deepEqual(reply.subarray(12, asked.length), asked.subarray(12), 'the question');
  assert.deepEqual([...reply.subarray(-4)], [10, 0, 0, 2]);
});

test('an unknown name does not exist; a known one has no address of another type; a failure says so', async () => {
  const code = async (reply: Promise<Buffer | undefined>): Promise<number> => (await reply)!.readUInt16BE(2) & 15;
  assert.equal(await code(answer(query('nobody'), () => Promise.resolve(undefined))), 3);
  const aaaa = (await answer(query('api', 28), () => Promise.resolve(['10.0.0.1'])))!;
  assert.equal(aaaa.readUInt16BE(2) & 15, 0);
  assert.equal(aaaa.readUInt16BE(6), 0);
  assert.equal(await code(answer(query('api'), () => Promise.reject(new Error('no server')))), 2);
});

test('what is no query gets no reply', async () => {
  const resolve = (): Promise<string[]> => Promise.resolve([]);
  assert.equal(await answer(Buffer.from('x'), resolve), undefined);
  assert.equal(await answer(query('api').subarray(0, 14), resolve), undefined);
});
