import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ageKeyFile } from '../../../scripts/core/secrets/age-key.ts';

test('the key lies where sops looks for it, on each system', () => {
  const cases: [Record<string, string>, NodeJS.Platform, string][] = [
    [{ HOME: '/home/a' }, 'linux', '/home/a/.config/sops/age/keys.txt'],
    [{ HOME: '/home/a', XDG_CONFIG_HOME: '/x' }, 'linux', '/x/sops/age/keys.txt'],
    [{ HOME: '/Users/a' }, 'darwin', '/Users/a/Library/Application Support/sops/age/keys.txt'],
    [{ HOME: '/Users/a', XDG_CONFIG_HOME: '/x' }, 'darwin', '/x/sops/age/keys.txt'],
    [{ HOME: '/home/a', SOPS_AGE_KEY_FILE: '/y/key' }, 'linux', '/y/key'],
  ];
  for (const [env, platform, file] of cases) assert.equal(ageKeyFile(env, platform), file);
});
