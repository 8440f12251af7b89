import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, snapshot, type TestRepository } from '../../helpers/repository.ts';

const stacks = `terraform:: {
    cluster: { output: { a: { value: cluster.name } } },
    storage: { output: { b: { value: 1 } } },
  },
  infrastructure:: { target: 'kind' },
  kind:: { kind: 'Cluster', apiVersion: 'kind.x-k8s.io/v1alpha4', name: cluster.name },
`;

/** A repository whose environments have stacks; `edited` changes their Jsonnet. */
function repositoryWithStacks(edited = stacks): TestRepository {
  const repository = fixtureRepository();
  const main = repository.read('lib/cluster/main.libsonnet');
  repository.write('lib/cluster/main.libsonnet', main.replace('  apps::', `${edited}\n  apps::`));
  return repository;
}

const others = ({ root }: TestRepository): Record<string, string> =>
  Object.fromEntries(
    Object.entries(snapshot(join(root, 'rendered')))
      .filter(([path]) => /^lab\/(terraform|kind)\//.test(path))
      .map(([path, text]) => [path.slice('lab/'.length), text]),
  );

test('the stacks and the configuration of kind lie beside the apps, and are no manifests', async () => {
  const repository = repositoryWithStacks();
  const { code, stdout } = await rekindle(repository.root, ['render']);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^lab +3 +6 /m);
  const files = others(repository);
  assert.deepEqual(Object.keys(files), [
    'kind/cluster.yaml',
    'terraform/cluster/main.tf.json',
    'terraform/storage/main.tf.json',
  ]);
  assert.deepEqual(JSON.parse(files['terraform/cluster/main.tf.json']!), { output: { a: { value: 'lab' } } });
  assert.match(files['kind/cluster.yaml']!, /^apiVersion: kind.x-k8s.io\/v1alpha4\nkind: Cluster\nname: lab\n$/);
  const stream = await rekindle(repository.root, ['render', '--stdout', '--env', 'lab']);
  assert.doesNotMatch(stream.stdout, /v1alpha4|main.tf/);
});

test('what Terraform leaves beside a stack stays, and a lock file that Git keeps is put back', async () => {
  const repository = repositoryWithStacks();
  await rekindle(repository.root, ['render']);
  const lock = 'rendered/lab/terraform/cluster/.terraform.lock.hcl';
  repository.write(lock, 'made by Terraform');
  repository.write('rendered/lab/terraform/cluster/.terraform/providers/x', 'plugin');
  await rekindle(repository.root, ['render']);
  assert.equal(repository.read(lock), 'made by Terraform');
  repository.write('environments/lab/terraform/cluster.lock.hcl', 'kept in Git');
  await rekindle(repository.root, ['render']);
  assert.equal(repository.read(lock), 'kept in Git');
  // Changed by `init -upgrade`, and rendered again from the cache.
  repository.write(lock, 'made by Terraform');
  await rekindle(repository.root, ['render']);
  assert.equal(repository.read(lock), 'kept in Git');
  rmSync(join(repository.root, 'environments/lab/terraform'), { recursive: true });
  await rekindle(repository.root, ['render']);
  assert.equal(others(repository)['terraform/cluster/.terraform.lock.hcl'], undefined);
  assert.equal(others(repository)['terraform/cluster/.terraform/providers/x'], 'plugin');
});

test('another target takes the configuration of kind away; --app leaves everything as it is', async () => {
  const repository = repositoryWithStacks();
  await rekindle(repository.root, ['render']);
  const main = repository.read('lib/cluster/main.libsonnet');
  repository.write('lib/cluster/main.libsonnet', main.replace(`target: 'kind'`, `target: 'existing'`));
  await rekindle(repository.root, ['render', '--app', 'blog']);
  assert.ok(others(repository)['kind/cluster.yaml']);
  await rekindle(repository.root, ['render']);
  assert.deepEqual(Object.keys(others(repository)), [
    'terraform/cluster/main.tf.json',
    'terraform/storage/main.tf.json',
  ]);
});

test('a stack that fails is reported, keeps its old files, and the apps are rendered', async () => {
  const repository = repositoryWithStacks();
  await rekindle(repository.root, ['render']);
  const before = others(repository);
  const main = repository.read('lib/cluster/main.libsonnet');
  repository.write(
    'lib/cluster/main.libsonnet',
    main.replace('value: cluster.name', `value: error 'nodes: list them'`),
  );
  repository.write('lib/notice.txt', 'changed\n');
  const { code, stdout } = await rekindle(repository.root, ['render']);
  assert.equal(code, 1);
  assert.match(stdout, /nodes: list them/);
  assert.deepEqual(others(repository), before);
  const notice = readFileSync(join(repository.root, 'rendered/lab/blog/configmap-blog.yaml'), 'utf8');
  assert.match(notice, /changed/);
});

test('a mistake in a stack is a finding of validate, with its pointer', async () => {
  const repository = repositoryWithStacks(stacks.replace('value: 1', 'valeu: 1'));
  const { code, stdout } = await rekindle(repository.root, ['validate', '--env', 'lab', '--report', 'json']);
  assert.equal(code, 1);
  const findings = JSON.parse(stdout) as Record<string, string>[];
  assert.deepEqual(
    findings.map(({ rule, severity, pointer, message, file }) => [rule, severity, pointer, message, file]),
    [
      [
        'terraform-schema',
        'error',
        '/output/b',
        'terraform/storage/main.tf.json: output.b: lacks "value"',
        'environments/lab/cluster.libsonnet',
      ],
      [
        'terraform-schema',
        'error',
        '/output/b/valeu',
        'terraform/storage/main.tf.json: output.b: unknown argument "valeu"',
        'environments/lab/cluster.libsonnet',
      ],
    ],
  );
});

test('diff shows what a change does to a stack', async () => {
  const repository = repositoryWithStacks();
  const home = repository.read('environments/home/cluster.libsonnet');
  repository.write('environments/other/cluster.libsonnet', home.replace(`name: 'home'`, `name: 'other'`));
  repository.write('environments/other/main.jsonnet', repository.read('environments/home/main.jsonnet'));
  const { stdout } = await rekindle(repository.root, ['diff', '--envs', 'home', 'other']);
  assert.match(stdout, /Stack cluster/);
  assert.match(stdout, /output\.a\.value/);
});
