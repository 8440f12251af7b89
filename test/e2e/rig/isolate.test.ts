// No process outlives the one that started it, however that one ends.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const namespaces = spawnSync('setpriv', [
  '--pdeathsig',
  'KILL',
  'unshare',
  '--net',
  '--pid',
  '--mount',
  '--fork',
  'true',
]);
const skip = namespaces.status !== 0 && 'namespaces need Linux, root, setpriv and unshare';

/** Process ids of those that have a text among their arguments. */
function withArgument(text: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      return readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes(text) ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

for (const signal of ['SIGKILL', 'SIGTERM', 'SIGINT'] as const) {
  test(`everything ends with a parent that ends by ${signal}`, { skip, timeout: 30_000 }, async () => {
    const mark = `rekindle-isolate-${process.pid}-${signal}`;
    const script = `
      import { spawnIsolated } from ${JSON.stringify(join(import.meta.dirname, 'isolate.ts'))};
      spawnIsolated(['sh', '-c', 'setsid sleep 300 & sleep 300', ${JSON.stringify(mark)}], { env: process.env, stdio: 'ignore' });`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: 'ignore',
    });
    const inside = (): number => withArgument(mark).length;
    while (inside() < 2) await sleep(50);
    parent.kill(signal);
    while (inside() > 0) await sleep(50);
    assert.equal(inside(), 0);
  });
}
