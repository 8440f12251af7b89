import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { generateCrds } from '../../../../scripts/core/schemas/generate/crds.ts';
import { withGitTag } from '../../../../scripts/core/schemas/generate/git-repository.ts';
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

/** A Git repository with one definition below `charts/crds`, tagged `set-1.0.0`. */
function repositoryWithTag(): string {
  const repository = mkdtempSync(join(tmpdir(), 'rekindle-'));
  mkdirSync(join(repository, 'charts/crds'), { recursive: true });
  mkdirSync(join(repository, 'docs'));
  writeFileSync(join(repository, 'docs/example.yaml'), 'kind: ConfigMap\n');
  writeFileSync(
    join(repository, 'charts/crds/shops.yaml'),
    `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.org }
spec:
  group: example.org
  names: { kind: Shop, plural: shops }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, description: A shop. } } }]
`,
  );
  const git = (...args: string[]) => {
    const { status, stderr } = spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  };
  git('init', '--quiet');
  git('config', 'user.email', 'test@example.org');
  git('config', 'user.name', 'test');
  git('add', '.');
  git('commit', '--quiet', '--message', 'A shop');
  git('tag', 'set-1.0.0');
  return repository;
}

test('definitions come from a tag of a Git repository, too, without their descriptions', async () => {
  const other = mkdtempSync(join(tmpdir(), 'rekindle-'));
  mkdirSync(join(other, 'lib'));
  const repository = pathToFileURL(repositoryWithTag()).href;
  const write = (version: string, path: string) => {
    writeFileSync(join(other, 'lib/versions.json'), JSON.stringify({ shop: { image: 'example.org/shop', tag: version } }));
    const source = { repository, tagPrefix: 'set-', version: 'shop', path };
    writeFileSync(join(other, 'lib/crd-sources.json'), JSON.stringify({ shop: source }));
  };
  write('1.0.0', 'charts/crds');
  const { files, folders } = await generateCrds(other);
  assert.deepEqual(folders, ['lib/shop/crds']);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['lib/shop/crds/shops.example.org.json'],
  );
  assert.doesNotMatch(files[0]!.text, /A shop/);

  write('2.0.0', 'charts/crds');
  await assert.rejects(generateCrds(other), {
    name: 'UsageError',
    message: new RegExp(`^The tag set-2\\.0\\.0 of ${repository} can't be had: `),
  });
  write('1.0.0', 'docs');
  await assert.rejects(generateCrds(other), {
    name: 'UsageError',
    message: `${repository} at set-1.0.0 has no CustomResourceDefinition under docs: correct the path in lib/crd-sources.json`,
  });
});

test('without Git one sentence says so', async () => {
  await assert.rejects(
    withGitTag('https://example.org/shop', 'v1.0.0', ['crds'], () => Promise.resolve(), { git: '/no/such/git' }),
    { name: 'UsageError', message: 'Git is not installed: install it and try again' },
  );
});
