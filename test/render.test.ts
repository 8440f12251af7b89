import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, snapshot, type TestRepository } from './helpers/repository.ts';

function rendered({ root }: TestRepository): Record<string, string> {
  return snapshot(join(root, 'rendered'));
}

test('every manifest has its file, and the table closes the run', async () => {
  const repository = fixtureRepository();
  const { code, stdout, stderr } = await rekindle(repository.root, ['render']);
  assert.equal(code, 0, stdout + stderr);
  assert.deepEqual(
    Object.keys(rendered(repository)).filter((path) => path.startsWith('lab/')),
    [
      'lab/applications/configmap-blog.yaml',
      'lab/applications/configmap-cluster.yaml',
      'lab/blog/configmap-blog.yaml',
      'lab/blog/serviceaccount-blog.yaml',
      'lab/cluster/namespace-argocd.yaml',
      'lab/cluster/namespace-blog.yaml',
    ],
  );
  assert.match(stdout, /^environment +apps +manifests +size +seconds +findings +CPU requested +memory requested$/m);
  assert.match(stdout, /^lab +3 +6 +\d+ B +[\d.]+ +none +0.25 of 2 cores \(13 %\) +64 MiB of 4 GiB \(2 %\)$/m);
  assert.equal(stderr, '');
});

test('the bytes are the same from another folder, with another clock, language or order, cold and warm', async () => {
  const repository = fixtureRepository();
  const render = (cwd: string, ...args: string[]) =>
    rekindle(cwd, ['render', ...args], {
      env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/nonexistent' },
    });
  await rekindle(repository.root, ['render']);
  const first = rendered(repository);
  await render(join(repository.root, 'lib', 'cluster'));
  assert.deepEqual(rendered(repository), first);
  rmSync(join(repository.root, 'rendered'), { recursive: true });
  await render(repository.root, '--no-cache', '--env', 'lab', '--env', 'home');
  assert.deepEqual(rendered(repository), first);
});

test('a change is rendered, and what is gone is removed; what is not ours stays', async () => {
  const repository = fixtureRepository();
  await rekindle(repository.root, ['render']);
  repository.write('rendered/home/mail/mine.yaml', 'mine');
  const cluster = repository.read('environments/home/cluster.libsonnet');
  repository.write(
    'environments/home/cluster.libsonnet',
    cluster.replace(/ +mail: .*\n/, '').replace('reader', 'everybody'),
  );
  rmSync(join(repository.root, 'environments', 'lab'), { recursive: true });
  assert.equal((await rekindle(repository.root, ['render'])).code, 0);
  const files = rendered(repository);
  assert.deepEqual(Object.keys(files), [
    'home/applications/configmap-blog.yaml',
    'home/applications/configmap-cluster.yaml',
    'home/blog/configmap-blog.yaml',
    'home/blog/serviceaccount-blog.yaml',
    'home/cluster/namespace-argocd.yaml',
    'home/cluster/namespace-blog.yaml',
    'home/mail/mine.yaml',
  ]);
  assert.match(files['home/blog/configmap-blog.yaml'] ?? '', /Good morning, everybody/);
  assert.deepEqual(readdirSync(join(repository.root, 'rendered')).sort(), ['.rekindle', 'home']);
});

test('an app that fails keeps its old files, and the others are rendered', async () => {
  const repository = fixtureRepository();
  await rekindle(repository.root, ['render']);
  const before = rendered(repository);
  const cluster = repository.read('environments/home/cluster.libsonnet');
  repository.write(
    'environments/home/cluster.libsonnet',
    cluster.replace("'writer'", "error 'mail: set to'").replace('reader', 'everybody'),
  );
  const { code, stdout } = await rekindle(repository.root, ['render']);
  assert.equal(code, 1);
  assert.match(stdout, /mail: set to/);
  assert.match(stdout, /environments\/home\/cluster.libsonnet:7:/);
  assert.match(stdout, /^home +3 .* 1 error +- +-$/m);
  const after = rendered(repository);
  assert.equal(after['home/mail/configmap-mail.yaml'], before['home/mail/configmap-mail.yaml']);
  assert.match(after['home/blog/configmap-blog.yaml'] ?? '', /everybody/);
});

test('--app and --env leave everything else as it is', async () => {
  const repository = fixtureRepository();
  await rekindle(repository.root, ['render']);
  const before = rendered(repository);
  repository.write('lib/notice.txt', 'changed\n');
  const { code, stdout } = await rekindle(repository.root, ['render', '--env', 'home', '--app', 'mail']);
  assert.equal(code, 0, stdout);
  const changed = Object.entries(rendered(repository)).filter(([path, text]) => before[path] !== text);
  assert.deepEqual(
    changed.map(([path]) => path),
    ['home/mail/configmap-mail.yaml'],
  );
});

test('--format json replaces the YAML files, --output writes elsewhere', async () => {
  const repository = fixtureRepository();
  await rekindle(repository.root, ['render']);
  await rekindle(repository.root, ['render', '--format', 'json']);
  const files = rendered(repository);
  assert.ok(Object.keys(files).every((path) => path.endsWith('.json')));
  assert.equal(JSON.parse(files['lab/blog/configmap-blog.json'] ?? '').kind, 'ConfigMap');
  await rekindle(repository.root, ['render', '--output', 'elsewhere']);
  assert.ok(snapshot(join(repository.root, 'elsewhere'))['lab/blog/configmap-blog.yaml']);
});

test('--stdout prints what kubectl reads and writes nothing', async () => {
  const repository = fixtureRepository();
  const yaml = await rekindle(repository.root, ['render', '--stdout', '--env', 'lab', '--app', 'cluster']);
  assert.equal(
    yaml.stdout,
    ['argocd', 'blog']
      .map((name) => `---\n# lab/cluster\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`)
      .join(''),
  );
  assert.match(yaml.stderr, /^lab +1 +2 /m);
  const json = await rekindle(repository.root, ['render', '--stdout', '--format', 'json', '--env', 'lab']);
  const list = JSON.parse(json.stdout);
  assert.equal(list.kind, 'List');
  assert.equal(list.items.length, 6);
  assert.ok(!readdirSync(repository.root).includes('rendered'));
});

test('imports that leave the repository are refused, and the other environment is rendered', async () => {
  const repository = fixtureRepository();
  const cluster = repository.read('environments/home/cluster.libsonnet');
  repository.write('environments/home/cluster.libsonnet', cluster.replace("'writer'", "importstr '/etc/passwd'"));
  const { code, stdout } = await rekindle(repository.root, ['render']);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /import of "\/etc\/passwd" leaves the repository: it is an absolute path \[import-outside-repository\]/,
  );
  assert.match(stdout, /environments\/home\/cluster.libsonnet:7:17/);
  assert.deepEqual(readdirSync(join(repository.root, 'rendered')).sort(), ['.rekindle', 'lab']);
});
