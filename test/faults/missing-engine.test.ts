import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindleScript, temporaryFolder } from '../helpers/repository.ts';

/** An installation of its own whose engine is the given module, or that has none. */
function installation(engine?: string): string {
  const dist = dirname(rekindleScript);
  const folder = temporaryFolder();
  for (const name of ['rekindle.js', 'start.js', 'main.js', 'engine-child.js', 'package.json']) {
    cpSync(join(dist, name), join(folder, 'dist', name));
  }
  symlinkSync(join(dist, '..', 'schemas'), join(folder, 'schemas'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "rekindle", "version": "0.0.0" }');
  if (engine !== undefined) {
    const module = join(folder, 'node_modules', '@hanazuki', 'node-jsonnet');
    mkdirSync(join(module, 'lib'), { recursive: true });
    writeFileSync(join(module, 'package.json'), '{ "version": "0.0.0", "main": "lib/index.js" }');
    writeFileSync(join(module, 'lib', 'index.js'), engine);
  }
  return join(folder, 'dist', 'rekindle.js');
}

test('node-jsonnet, when it is asked for and missing or not built, is named with the way out', () => {
  const { root } = fixtureRepository();
  for (const engine of [undefined, `throw new Error('Could not locate the bindings file. Tried: …')`]) {
    const { status, stderr } = spawnSync(
      process.execPath,
      [installation(engine), 'render', '--engine', 'node-jsonnet'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    assert.equal(status, 2);
    assert.equal(
      stderr,
      'rekindle: the Jsonnet engine @hanazuki/node-jsonnet is not installed; `npm ci` says what it needs, and --engine typescript needs nothing\n',
    );
  }
});
