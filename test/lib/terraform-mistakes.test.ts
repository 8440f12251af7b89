import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, evaluateError } from './evaluate.ts';
import { cluster, nodes, stacks } from './terraform-cluster.ts';

const digitalocean = (node: string) => `{ infrastructure+: { target: 'digitalocean' }, nodes: [${node}] }`;

const mistakes: [extra: string, message: string][] = [
  [
    `{ infrastructure+: { target: 'kint' } }`,
    'test.infrastructure.target: expected one of existing, kind, minikube, digitalocean, found "kint"; did you mean "kind"?',
  ],
  [
    `{ infrastructure+: { target: 'kind' }, kubernetes: '1.36' }`,
    'test: kubernetes: the provider of kind makes clusters of Kubernetes 1.34 and 1.35, not 1.36; choose one of them, or use the slice kind with kind 0.32 or newer',
  ],
  [
    `{ infrastructure+: { target: 'digitalocean' } }`,
    `test: nodes: DigitalOcean needs to know them: { count: 1, cpu: '4', memory: '8Gi', size: 's-4vcpu-8gb' }`,
  ],
  [
    digitalocean(`{ count: 1, cpu: '4', memory: '8Gi' }`),
    `test: nodes[0].size: DigitalOcean needs the name of a size, such as 's-4vcpu-8gb'`,
  ],
  [
    digitalocean(`{ count: 1, cpu: '2', memory: '8Gi', size: 's-4vcpu-8gb' }`),
    'test: nodes[0].size: s-4vcpu-8gb has 4 CPUs and 8 GiB, and the node says cpu: 2, memory: 8Gi; make them agree',
  ],
  [
    digitalocean(
      `{ count: 1, cpu: '1', memory: '1Gi', size: 'c-1', name: 'a' }, { count: 1, cpu: '1', memory: '1Gi', size: 'c-1', name: 'a' }`,
    ),
    'test: nodes: two have the same name; pools are known by it',
  ],
  [`{ infrastructure+: { target: 'minikube' } }`, 'test: nodes: minikube needs to know them; list one kind of node'],
  [
    `{ infrastructure+: { target: 'minikube' }, nodes: [{ count: 1, cpu: '1', memory: '1Gi' }, { count: 1, cpu: '2', memory: '2Gi' }] }`,
    'test: nodes: minikube makes nodes of one kind, and there are 2; list one',
  ],
  [
    `{ infrastructure+: { state+: { backend: 's3' } } }`,
    'test: infrastructure.state.bucket: set it, the bucket of the state; docs/terraform.md says how to make it',
  ],
  [
    `{ infrastructure+: { state+: { backend: 's3', bucket: 'b', endpoint: null } } }`,
    'test: infrastructure.state.endpoint: set it, the host of the S3 service',
  ],
];

for (const [extra, message] of mistakes) {
  test(`${extra} is refused`, async () => {
    assert.equal(await evaluateError(stacks(extra)), message);
  });
}

test('what Terraform could not make keeps no app from its cluster', async () => {
  const app = `(${cluster(`{ infrastructure+: { target: 'digitalocean' } }`)}).manifests('loki')`;
  assert.ok((await evaluate(app)).length > 0);
});

test('a component may not take the folder of the stacks', async () => {
  const own = `terraform: echo { name: 'terraform' },`;
  assert.equal(
    await evaluateError(stacks(`{ ${nodes} }`, own)),
    'test: components.terraform: rendered/test/terraform is where other files lie; give the component another name',
  );
});
