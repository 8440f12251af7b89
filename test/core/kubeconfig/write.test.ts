import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { UsageError } from '../../../scripts/core/errors.ts';
import { kubeconfigText } from '../../../scripts/core/kubeconfig/kubeconfig.ts';
import { writeKubeconfig } from '../../../scripts/core/kubeconfig/write.ts';
import { temporaryFolder } from '../../helpers/repository.ts';

const text = kubeconfigText(
  'home',
  'viewer',
  { server: 'https://10.0.0.1:6443', 'certificate-authority-data': 'Q0E=', 'tls-server-name': 'kubernetes' },
  { token: 'a.b.c', expires: '2026-11-27T00:00:00Z' },
);

test('one context, named after environment and role, and when it ends', () => {
  assert.match(text, /^# .* until 2026-11-27T00:00:00Z\.\n/);
  assert.deepEqual(parse(text), {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'home',
        cluster: {
          server: 'https://10.0.0.1:6443',
          'certificate-authority-data': 'Q0E=',
          'tls-server-name': 'kubernetes',
        },
      },
    ],
    users: [{ name: 'home-viewer', user: { token: 'a.b.c' } }],
    contexts: [{ name: 'home-viewer', context: { cluster: 'home', user: 'home-viewer' } }],
    'current-context': 'home-viewer',
  });
});

test('nobody else can read the file; ours is replaced, and no other', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'home');
  writeKubeconfig(path, 'not ours');
  assert.throws(() => writeKubeconfig(path, text), UsageError);
  assert.equal(readFileSync(path, 'utf8'), 'not ours');

  const own = join(folder, 'own');
  writeKubeconfig(own, text);
  chmodSync(own, 0o644);
  writeKubeconfig(own, text.replace('a.b.c', 'd.e.f'));
  assert.match(readFileSync(own, 'utf8'), /d\.e\.f/);
  assert.equal(statSync(own).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder).sort(), ['home', 'own']);
});

test('a link is replaced, not followed, and a folder that is not there is said', () => {
  const folder = temporaryFolder();
  const target = join(folder, 'target');
  writeFileSync(target, text);
  symlinkSync(target, join(folder, 'link'));
  writeKubeconfig(join(folder, 'link'), text.replace('a.b.c', 'd.e.f'));
  assert.equal(readFileSync(target, 'utf8'), text);
  assert.throws(() => writeKubeconfig(join(folder, 'none', 'x'), text), /can't be written \(ENOENT\)/);
  assert.ok(!existsSync(join(folder, 'none')));
});
