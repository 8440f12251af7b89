// Runs the script that configures a Redis and its Sentinel, with stand-ins for redis-cli and the name service.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

const script = readFileSync(path.resolve(import.meta.dirname, '../../lib/argo-cd/files/redis-configure.sh'), 'utf8');

const hosts = [0, 1, 2].map((i) => `r-${i}.r.argocd.svc`);

/** Configures pod `self`; answers: what the Sentinel of each host says. */
const configure = (
  self: number,
  answers: Record<string, string> = {},
): { status: number | null; redis: string; sentinel: string; stdout: string } => {
  const folder = mkdtempSync(path.join(tmpdir(), 'redis-configure-'));
  try {
    for (const name of ['bin', 'config', 'data']) mkdirSync(path.join(folder, name));
    writeFileSync(path.join(folder, 'config/redis.conf'), 'port 6379\n');
    writeFileSync(path.join(folder, 'config/sentinel.conf'), 'port 26379\n');
    const program = (name: string, body: string) =>
      writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    const cases = Object.entries(answers).map(([host, answer]) => `${host}) printf '%s\\n6379\\n' '${answer}' ;;`);
    program('redis-cli', `case "$2" in ${cases.join(' ')} *) echo 'Could not connect' >&2; exit 1 ;; esac`);
    program('getent', 'echo 10.0.0.1');
    program('sleep', ':');
    const { status, stdout, stderr } = spawnSync('sh', ['-s'], {
      input: script.replaceAll(/\/(data|config)\//g, `${folder}/$1/`),
      encoding: 'utf8',
      env: {
        PATH: `${folder}/bin:${process.env['PATH']}`,
        SELF: hosts[self],
        PEERS: hosts.join(' '),
        QUORUM: '2',
        REDISCLI_AUTH: 'the-password',
      },
    });
    assert.equal(stderr, '');
    const read = (name: string): string => readFileSync(path.join(folder, 'data', name), 'utf8');
    return { status, stdout, redis: read('redis.conf'), sentinel: read('sentinel.conf') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

test('at the first start the first pod is master', () => {
  assert.doesNotMatch(configure(0).redis, /replicaof/);
  for (const self of [1, 2]) {
    const { redis, sentinel } = configure(self);
    assert.match(redis, new RegExp(`^replicaof ${hosts[0]} 6379$`, 'm'));
    assert.match(sentinel, new RegExp(`^sentinel monitor argocd ${hosts[0]} 6379 2$`, 'm'));
  }
});

test('a pod that comes back follows the master that the others have elected', () => {
  const { redis, sentinel } = configure(0, { [hosts[2]!]: hosts[2]! });
  assert.match(redis, new RegExp(`^replicaof ${hosts[2]} 6379$`, 'm'));
  assert.match(sentinel, new RegExp(`^sentinel monitor argocd ${hosts[2]} 6379 2$`, 'm'));
});

test('the master that comes back before anybody noticed stays master', () => {
  assert.doesNotMatch(configure(1, { [hosts[0]!]: hosts[1]!, [hosts[2]!]: hosts[1]! }).redis, /replicaof/);
});

test('an error message is nobody’s name', () => {
  const { stdout } = configure(1, {
    [hosts[0]!]: 'NOAUTH Authentication required.',
    [hosts[2]!]: 'LOADING Redis is loading',
  });
  assert.match(stdout, new RegExp(`^master: ${hosts[0]}$`, 'm'));
});

test('both programs ask for the password, and give it', () => {
  const { redis, sentinel } = configure(1);
  for (const line of ['requirepass the-password', 'masterauth the-password'])
    assert.ok(redis.split('\n').includes(line), line);
  for (const line of ['requirepass the-password', 'sentinel auth-pass argocd the-password'])
    assert.ok(sentinel.split('\n').includes(line), line);
  assert.match(redis, /^port 6379$/m);
  assert.match(sentinel, /^port 26379$/m);
});

test('a Sentinel keeps its id for as long as its name lives, and no two share one', () => {
  const idOf = (self: number): string | undefined =>
    /^sentinel myid ([0-9a-f]{40})$/m.exec(configure(self).sentinel)?.[1];
  assert.ok(idOf(0));
  assert.equal(idOf(0), idOf(0));
  assert.equal(new Set([0, 1, 2].map(idOf)).size, 3);
});
