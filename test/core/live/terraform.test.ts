import assert from 'node:assert/strict';
import { test } from 'node:test';
import { destroyStep, findTerraform, makeSteps, stacksOf } from '../../../scripts/core/live/terraform.ts';
import { runSteps } from '../../../scripts/core/live/run-steps.ts';
import type { ProgramCall, RunProgram } from '../../../scripts/core/program.ts';
import { UsageError } from '../../../scripts/core/errors.ts';

/** A Terraform whose plans change these. */
function fakeTerraform(changes: { address: string; actions: string[] }[] = []) {
  const calls: string[] = [];
  const run: RunProgram = async ({ program, args }: ProgramCall) => {
    calls.push([program, ...args].join(' '));
    const plan = { resource_changes: changes.map(({ address, actions }) => ({ address, change: { actions } })) };
    return { code: 0, stdout: args.includes('show') ? JSON.stringify(plan) : '', stderr: '' };
  };
  return { calls, options: { program: 'tofu', folder: '/out', run } as const };
}

const silent = (): void => undefined;

test('a stack is planned, looked at and applied from that plan, without a question', async () => {
  const { calls, options } = fakeTerraform([{ address: 'kind_cluster.cluster', actions: ['create'] }]);
  await runSteps(makeSteps(['cluster'], options), silent);
  assert.deepEqual(calls, [
    'tofu -chdir=/out/cluster init -input=false -no-color',
    'tofu -chdir=/out/cluster plan -input=false -no-color -out=rekindle.tfplan',
    'tofu -chdir=/out/cluster show -json rekindle.tfplan',
    'tofu -chdir=/out/cluster apply -input=false -no-color rekindle.tfplan',
  ]);
});

test('a plan that would destroy something, be it to make it anew, is not applied', async () => {
  const { calls, options } = fakeTerraform([
    { address: 'a.kept', actions: ['no-op'] },
    { address: 'digitalocean_kubernetes_cluster.cluster', actions: ['delete', 'create'] },
  ]);
  await assert.rejects(
    runSteps(makeSteps(['cluster'], options), silent),
    /^UsageError: tofu: cluster: the plan would destroy digitalocean_kubernetes_cluster\.cluster, and nothing was changed; .*tofu -chdir=\/out\/cluster apply$/,
  );
  assert.ok(!calls.some((call) => call.includes(' apply ')));
});

test('destroying says so in its plan', async () => {
  const { calls, options } = fakeTerraform();
  await runSteps([destroyStep('cluster', options)], silent);
  assert.match(calls[1]!, / plan .*-destroy -out=rekindle\.tfplan$/);
  assert.match(calls[2]!, / apply .*rekindle\.tfplan$/);
});

test('stacks that make nothing are left alone; what outlives the cluster comes first', () => {
  const making = { resource: { some_type: {} } };
  assert.deepEqual(stacksOf({ terraform: { storage: making, cluster: making }, kind: null }), ['storage', 'cluster']);
  assert.deepEqual(stacksOf({ terraform: { storage: {}, cluster: making }, kind: null }), ['cluster']);
  assert.deepEqual(stacksOf(null), []);
});

test('Terraform is taken where it is there, else OpenTofu, else it says what to install', async () => {
  const having =
    (...there: string[]): RunProgram =>
    async ({ program }) => {
      if (!there.includes(program)) throw new UsageError(`${program} is not installed`);
      return { code: 0, stdout: '', stderr: '' };
    };
  assert.equal(await findTerraform(having('terraform', 'tofu')), 'terraform');
  assert.equal(await findTerraform(having('tofu')), 'tofu');
  await assert.rejects(findTerraform(having()), /neither terraform nor tofu is installed/);
});
