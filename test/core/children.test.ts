import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { endOnSignal, listenAgain, living, stopListening } from '../../scripts/core/children.ts';

const signal = 'SIGUSR2';
/** Node 24's own test runner listens as well. */
const others = process.listenerCount(signal);
const listeners = () => process.listenerCount(signal) - others;

test('listeners are off while a program computes, once and not more often, and on again after it', () => {
  endOnSignal(signal, () => {});
  assert.equal(listeners(), 1);
  stopListening();
  stopListening();
  assert.equal(listeners(), 0);
  listenAgain();
  listenAgain();
  assert.equal(listeners(), 1);
});

test('with a child they stay on: somebody must end it', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  try {
    living.add(child);
    stopListening();
    assert.equal(listeners(), 1);
  } finally {
    living.delete(child);
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});
