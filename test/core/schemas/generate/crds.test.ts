import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateCrds } from '../../../../scripts/core/schemas/generate/crds.ts';
import { downloadModule } from '../../../../scripts/core/schemas/generate/go-module.ts';

const root = join(import.meta.dirname, '../../../..');

test('a component without definitions is a usage error with the nearest name', async () => {
  await assert.rejects(generateCrds(root, ['cert-manger']), {
    name: 'UsageError',
    message: 'cert-manger has no CustomResourceDefinitions in lib/crd-sources.json; did you mean "cert-manager"?',
  });
});

test('a source whose version is not pinned is a usage error', async () => {
  const other = mkdtempSync(join(tmpdir(), 'rekindle-'));
  mkdirSync(join(other, 'lib'));
  cpSync(join(root, 'lib/versions.json'), join(other, 'lib/versions.json'));
  const source = { module: 'example.org/shop', version: 'countour', path: 'crds' };
  writeFileSync(join(other, 'lib/crd-sources.json'), JSON.stringify({ shop: source }));
  await assert.rejects(generateCrds(other), {
    name: 'UsageError',
    message:
      'lib/crd-sources.json names the version countour for shop, which lib/versions.json lacks; did you mean "contour"?',
  });
});

test('a repository without sources is a usage error', async () => {
  await assert.rejects(generateCrds(mkdtempSync(join(tmpdir(), 'rekindle-'))), {
    name: 'UsageError',
    message: /lib\/crd-sources\.json: can't be read/,
  });
});

test('without Go one sentence says so', async () => {
  await assert.rejects(downloadModule('example.org/shop', 'v1.0.0', { go: '/no/such/go' }), {
    name: 'UsageError',
    message: /^Go is not installed: [^.]*1\.21[^.]*$/,
  });
});
