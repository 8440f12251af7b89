// The stacks as Terraform itself reads them, or OpenTofu, where it is installed: those that need no provider. Those that do are in
// test/terraform-providers.test.ts.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { inStack, skip } from './helpers/terraform.ts';
import { evaluate } from './lib/evaluate.ts';
import { stacks } from './lib/terraform-cluster.ts';

const kubeconfig = JSON.stringify({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'a',
  clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443' } }],
  contexts: [{ name: 'a', context: { cluster: 'c', user: 'u' } }],
  users: [{ name: 'u', user: { token: 'secret-token' } }],
});

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
