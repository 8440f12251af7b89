// The process of `kubectl port-forward`, played by scripts.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { forwarding } from '../../../scripts/core/live/port-forward.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const target = { namespace: 'loki', to: 'service/loki', port: 3100 };

function script(body: string): string {
  const path = join(temporaryFolder(), 'kubectl');
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('it is open once kubectl names the port, and gone when it is ended', async () => {
  const folder = temporaryFolder();
  const program = script(
    `echo "$@" > '${folder}/args'; echo $$ > '${folder}/pid'; echo 'Forwarding from 127.0.0.1:40123 -> 3100'; exec sleep 60`,
  );
  const { url, end } = await forwarding({ kubeconfig: '/k', context: 'c' }, program)(target);
  assert.equal(url, 'http://127.0.0.1:40123');
  assert.equal(
    readFileSync(join(folder, 'args'), 'utf8').trim(),
    'port-forward --address 127.0.0.1 --namespace loki service/loki :3100 --kubeconfig /k --context c',
  );
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
  end();
  for (let tries = 0; isAlive(pid); tries += 1) {
    assert.ok(tries < 100, 'it still runs');
    await sleep(50);
  }
});

test('what kubectl says when it can not is the error', async () => {
  const program = script(`echo 'error: services "loki" not found' >&2; exit 1`);
  await assert.rejects(
    forwarding({}, program)(target),
    /port-forward to service\/loki of namespace loki ended: error: services "loki" not found/,
  );
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
