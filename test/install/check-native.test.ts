import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../helpers/repository.ts';

const project = join(import.meta.dirname, '..', '..');

/** Runs the check as npm does after an installation, in a folder whose engine is the given module, or that has none. */
function check(engine?: string) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'scripts', 'install'), { recursive: true });
  const script = join(folder, 'scripts', 'install', 'check-native.mjs');
  cpSync(join(project, 'scripts', 'install', 'check-native.mjs'), script);
  if (engine !== undefined) {
    const module = join(folder, 'node_modules', '@hanazuki', 'node-jsonnet');
    mkdirSync(module, { recursive: true });
    writeFileSync(join(module, 'index.js'), engine);
  }
  return spawnSync(process.execPath, [script], { encoding: 'utf8' });
}

test('without the native engine the installation succeeds, and one sentence says what is off', () => {
  for (const engine of [undefined, `throw new Error('Could not locate the bindings file.')`]) {
    const { status, stdout, stderr } = check(engine);
    assert.equal(status, 0);
    assert.equal(stdout, '');
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
    for (const word of [
      '--engine node-jsonnet',
      'C++ compiler',
      'CMake',
      'Debian',
      'apt install',
      'macOS',
      'brew install',
      'npm ci',
    ]) {
      assert.ok(stderr.includes(word), `${word}: ${stderr}`);
    }
  }
});

test('with it the check is silent', () => {
  const { status, stdout, stderr } = check('module.exports = {};');
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
});
