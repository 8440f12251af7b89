// What `rebirth` refuses before it asks any cluster. What it does is shown by the proofs of that name: npm run e2e.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { rekindleScript } from './helpers/repository.ts';

const root = join(import.meta.dirname, '..');

const mistakes: Record<string, [flags: string[], message: RegExp]> = {
  'a way to kill in an orderly rebirth': [['--kill', 'true', '--kubeconfig', 'none'], /--kill: say --abrupt as well/],
  'a way to kill what Terraform destroys': [['--abrupt', '--kill', 'true'], /--kill: Terraform made this cluster/],
  'an abrupt end without a way to kill': [['--abrupt', '--kubeconfig', 'none'], /say with --kill which command/],
  'going on with nothing': [
    ['--resume', '--kubeconfig', 'none'],
    /--resume: no rebirth of "kind" was interrupted here/,
  ],
  'a window of no time': [['--window', '0'], /must be a number above 0/],
};

for (const [mistake, [flags, message]] of Object.entries(mistakes)) {
  test(`${mistake} is refused`, () => {
    const args = [rekindleScript, 'rebirth', '--env', 'kind', ...flags];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    assert.equal(status, 2, stderr);
    assert.match(stderr, message);
  });
}
