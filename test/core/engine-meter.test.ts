import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meter } from '../../scripts/core/engine-meter.ts';
import { LimitError } from '../../scripts/jsonnet/engine/errors.ts';

const limits = { seconds: 30, mebibytes: 2048 };

function compute(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

test('a program is long from its first look after 5 ms on, and each program begins anew', () => {
  let long = 0;
  const taken = meter(limits, () => long++);
  for (const expected of [1, 2]) {
    const start = performance.now();
    taken.start();
    taken.check();
    // A busy machine may have stopped the test meanwhile.
    if (performance.now() - start < 5) assert.equal(long, expected - 1);
    for (let look = 0; look < 3; look++) {
      compute(7);
      taken.check();
      assert.equal(long, expected);
    }
    taken.stop();
  }
});

test('programs are counted, those that are over before the first look too', () => {
  const taken = meter(limits);
  taken.start();
  compute(2);
  const short = taken.stop();
  assert.ok(short > 0 && short <= 0.005, `${short} s`);

  taken.start();
  for (let look = 0; look < 5; look++) {
    compute(7);
    taken.check();
  }
  assert.ok(taken.stop() >= 0.005);
});

test('the seconds are those of all programs together', () => {
  const taken = meter({ ...limits, seconds: 0.02 });
  const run = (): void => {
    taken.start();
    compute(7);
    taken.check();
    taken.stop();
  };
  assert.throws(() => {
    for (let program = 0; program < 20; program++) run();
  }, LimitError);
});

test('memory is what comes on top, asked for or taken', () => {
  const taken = meter({ ...limits, mebibytes: 96 });
  taken.start();
  taken.room(2 ** 20);
  assert.throws(() => taken.room(2 ** 30), /needed more than 96 MiB/);
  const blocks: Buffer[] = [];
  assert.throws(() => {
    for (let look = 0; look < 40; look++) {
      blocks.push(Buffer.alloc(2 ** 23, 1));
      compute(6);
      taken.check();
    }
  }, /needed more than 96 MiB/);
});
