// The stacks as Terraform itself reads them, or OpenTofu, where it is installed (REKINDLE_TERRAFORM names another program). Stacks with a provider need the provider:
// REKINDLE_TERRAFORM_PLUGINS names a folder that `terraform providers mirror` filled. Without it those are only compared with
// the recorded schemas (test/lib/terraform.test.ts).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluate } from './lib/evaluate.ts';
import { stacks, targets } from './lib/terraform-cluster.ts';
import { repositoryOf } from './helpers/repository.ts';
import { findTool } from './helpers/tools.ts';

const terraform = process.env['REKINDLE_TERRAFORM'] ?? findTool('terraform') ?? findTool('tofu');
const skip = terraform === undefined && 'neither terraform nor tofu is installed';

const plugins = process.env['REKINDLE_TERRAFORM_PLUGINS'];
const skipProviders = skip || (plugins === undefined && 'REKINDLE_TERRAFORM_PLUGINS names no folder of providers');

const kubeconfig = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'a',
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443' } }],
  contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
  users: [{ name: 'u', user: { token: 'secret-token' } }],
});

/** A repository with one stack, and Terraform in it. */
function inStack(stack: unknown, files: Record<string, string> = {}) {
  const folder = 'rendered/test/terraform/stack';
  const repository = repositoryOf({ ...files, [`${folder}/main.tf.json`]: JSON.stringify(stack), terraformrc: '' });
  const run = (...args: string[]) => {
    // Nothing of this machine's own settings, and no look for newer versions.
    const env = { ...process.env, TF_CLI_CONFIG_FILE: join(repository.root, 'terraformrc'), CHECKPOINT_DISABLE: '1' };
    const { status, stdout, stderr } = spawnSync(terraform!, [`-chdir=${folder}`, ...args], {
      cwd: repository.root,
      encoding: 'utf8',
      env,
    });
    return { status, text: stdout + stderr };
  };
  const must = (...args: string[]): string => {
    const { status, text } = run(...args);
    assert.equal(status, 0, text);
    return text;
  };
  return { ...repository, run, must };
}

test('the target existing: Terraform reads the kubeconfig and keeps no secret of it', { skip }, async () => {
  const { cluster } = await evaluate(stacks(`{ infrastructure+: { kubeconfig: 'kube/config' } }`));
  const { root, must, read } = inStack(cluster, { 'kube/config': kubeconfig });
  must('init', '-input=false');
  must('validate');
  must('apply', '-auto-approve', '-input=false');
  const outputs = JSON.parse(must('output', '-json'));
  const values = Object.fromEntries(Object.entries<any>(outputs).map(([name, { value }]) => [name, value]));
  assert.deepEqual(values, {
    context: 'a',
    endpoint: 'https://127.0.0.1:6443',
    kubeconfig_path: join(root, 'kube/config'),
    name: 'test',
    target: 'existing',
  });
  assert.doesNotMatch(read('state/test/cluster.tfstate'), /secret-token/);
});

test('the target existing: a context that is not there is refused with those that are', { skip }, async () => {
  const { cluster } = await evaluate(stacks(`{ infrastructure+: { kubeconfig: 'kube/config', context: 'b' } }`));
  const { run, must } = inStack(cluster, { 'kube/config': kubeconfig });
  must('init', '-input=false');
  const { status, text } = run('plan', '-input=false', '-no-color');
  assert.equal(status, 1);
  assert.match(text.replace(/\s+/g, ' '), /has no context "b": set infrastructure.context to one of a\./);
});

test('storage: nothing is made where others make the buckets, and the outputs say which', { skip }, async () => {
  const { storage } = await evaluate(stacks());
  const { must } = inStack(storage);
  must('init', '-input=false');
  must('validate');
  must('apply', '-auto-approve', '-input=false');
  const { buckets, made } = JSON.parse(must('output', '-json'));
  assert.deepEqual(buckets.value, { loki: { chunks: 'test-loki-chunks', ruler: 'test-loki-ruler' } });
  assert.deepEqual(made.value, { buckets: [], dns_zones: [] });
});

test('the backend in a bucket is one that Terraform knows', { skip }, async () => {
  const { cluster } = await evaluate(
    stacks(`{ infrastructure+: { state+: { backend: 's3', bucket: 'b', lock: true } } }`),
  );
  const { must } = inStack(cluster, {});
  must('init', '-input=false', '-backend=false');
  must('validate');
});

for (const [target, extra] of Object.entries(targets)) {
  test(`the target ${target}: Terraform and the providers find nothing wrong`, { skip: skipProviders }, async () => {
    for (const stack of Object.values(await evaluate(stacks(extra)))) {
      const { must } = inStack(stack);
      must('init', '-input=false', '-backend=false', `-plugin-dir=${plugins}`);
      must('validate');
    }
  });
}
