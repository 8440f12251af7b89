import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';

const starter = join(import.meta.dirname, '../../scripts/install/start.cjs');
const folder = mkdtempSync(join(tmpdir(), 'rekindle-start-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** An installation of one program that prints `text`, whose bundle has the given digest. */
function install(name: string, text: string, digest: string): { run(...args: string[]): string; entries(): string[] } {
  const dist = join(folder, name);
  mkdirSync(dist, { recursive: true });
  copyFileSync(starter, join(dist, 'start.js'));
  writeFileSync(join(dist, 'program.js'), `require('./start.js')('bundle.js', '${digest}');\n`);
  writeFileSync(
    join(dist, 'bundle.js'),
    `const { basename } = require('node:path');
     process.stdout.write(['${text}', basename(__filename), module.exports === exports].join(' '));`,
  );
  return {
    run(...args) {
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(dist, 'program.js'), ...args], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      assert.equal(stderr, '');
      return stdout.trim();
    },
    entries: () => readdirSync(join(dist, '.compile-cache')).map((entry) => join(dist, '.compile-cache', entry)),
  };
}

/** Node.js 22 and later keep their own cache. */
const ours = (t: TestContext): boolean => {
  const itself = 'enableCompileCache' in Module;
  if (itself) t.skip('Node.js keeps what it compiled by itself');
  return !itself;
};

test('a bundle runs the same the first time and the second', () => {
  const { run } = install('twice', 'hello', '1');
  assert.equal(run('render'), 'hello bundle.js true');
  assert.equal(run('render'), 'hello bundle.js true');
});

test('each verb keeps what it compiled, once', (t) => {
  if (!ours(t)) return;
  const { run, entries } = install('verbs', 'hello', '1');
  run('render');
  const [first] = entries();
  const written = statSync(first!).mtimeMs;
  run('render');
  assert.equal(statSync(first!).mtimeMs, written);
  run('validate');
  assert.equal(entries().length, 2);
});

test('a bundle of the same length but another digest is not taken for the old one', () => {
  assert.equal(install('renewed', 'hello', '1').run('render'), 'hello bundle.js true');
  assert.equal(install('renewed', 'world', '2').run('render'), 'world bundle.js true');
});

test('a damaged entry is compiled anew and replaced', (t) => {
  if (!ours(t)) return;
  const { run, entries } = install('damaged', 'hello', '1');
  run('render');
  const [entry] = entries();
  const { size } = statSync(entry!);
  writeFileSync(entry!, 'no code');
  assert.equal(run('render'), 'hello bundle.js true');
  assert.equal(statSync(entry!).size, size);
});

test('an installation that nobody may write to runs all the same', (t) => {
  if (process.getuid?.() === 0) return t.skip('root may write everywhere');
  const { run } = install('read-only', 'hello', '1');
  chmodSync(join(folder, 'read-only'), 0o555);
  assert.equal(run('render'), 'hello bundle.js true');
  chmodSync(join(folder, 'read-only'), 0o755);
  return undefined;
});
