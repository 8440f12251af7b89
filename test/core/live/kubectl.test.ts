import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKubectl, KubectlError } from '../../../scripts/core/live/kubectl.ts';
import type { ProgramCall, ProgramResult, RunProgram } from '../../../scripts/core/program.ts';

/** Answers each call by what it was asked, and keeps the calls. */
function scripted(answer: (args: readonly string[]) => Partial<ProgramResult>) {
  const calls: ProgramCall[] = [];
  const program: RunProgram = async (call) => {
    calls.push(call);
    return { code: 0, stdout: '', stderr: '', ...answer(call.args) };
  };
  return { calls, program };
}

test('every call names the cluster that it is for', async () => {
  const { calls, program } = scripted(() => ({ stdout: 'v1' }));
  await openKubectl({ kubeconfig: '/k', context: 'home' }, program).run(['version']);
  await openKubectl({}, program).run(['version']);
  assert.deepEqual(
    calls.map(({ args }) => args.join(' ')),
    ['version --kubeconfig /k --context home', 'version'],
  );
});

test('what is not there, or of an unknown type, is none; every other failure is an error with what kubectl said', async () => {
  const unknown = `error: the server doesn't have a resource type "certificates"`;
  const { program } = scripted((args) => {
    if (args.includes('certificates')) return { code: 1, stderr: unknown };
    if (args.includes('secrets')) return { code: 1, stderr: 'Error from server (Forbidden): secrets is forbidden' };
    return args.includes('nothing') ? {} : { stdout: '{"items":[{"kind":"Pod"}]}' };
  });
  const kubectl = openKubectl({}, program);
  assert.deepEqual(await kubectl.list('certificates', 'all'), []);
  assert.equal(await kubectl.find('configmaps', 'nothing', 'kube-system'), undefined);
  assert.equal((await kubectl.list('pods', { namespace: 'x' })).length, 1);
  await assert.rejects(
    kubectl.list('secrets'),
    (error) => error instanceof KubectlError && /Forbidden/.test(error.message),
  );
});

test('manifests go in by standard input, in their order and under the given name; none, no call', async () => {
  const { calls, program } = scripted(() => ({}));
  const kubectl = openKubectl({}, program);
  const manifest = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  await kubectl.apply([], 'somebody');
  await kubectl.apply([manifest('b'), manifest('a')], 'somebody');
  assert.equal(calls.length, 1);
  assert.deepEqual(calls[0]!.args, [
    'apply',
    '--server-side',
    '--force-conflicts',
    '--field-manager=somebody',
    '--filename',
    '-',
  ]);
  assert.deepEqual(
    JSON.parse(calls[0]!.input!).items.map((one: { metadata: { name: string } }) => one.metadata.name),
    ['b', 'a'],
  );
});
