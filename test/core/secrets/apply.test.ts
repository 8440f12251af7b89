import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openKubectl } from '../../../scripts/core/live/kubectl.ts';
import { applySecrets, type ApplyOptions } from '../../../scripts/core/secrets/apply.ts';
import { groupByName } from '../../../scripts/core/secrets/declared.ts';
import { output, type ProgramCall, type ProgramResult, type RunProgram } from '../../../scripts/core/program.ts';

const declared = groupByName([
  { component: 'loki', namespace: 'loki', name: 'storage', keys: { id: 'ID.' }, values: { region: 'x' } },
  { component: 'mimir', namespace: 'mimir', name: 'storage', keys: { id: 'ID.', secret: 'Secret.' } },
  {
    component: 'argo-cd',
    namespace: 'argocd',
    name: 'repository',
    keys: { password: 'P.' },
    labels: { 'app.kubernetes.io/part-of': 'argocd' },
  },
]);

const namespace = (name: string, env = 'home') => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'app.kubernetes.io/part-of': env, 'app.kubernetes.io/managed-by': 'argocd' } },
});

/** A cluster as kubectl shows it: objects by namespace and name, with a version that grows with each change. */
function fakeCluster(namespaces: ReturnType<typeof namespace>[], failing?: string) {
  const calls: ProgramCall[] = [];
  const objects = new Map<string, { text: string; version: number }>();
  const answer = (call: ProgramCall): Partial<ProgramResult> => {
    const { args, input = '' } = call;
    if (args[0] === failing) return { code: 1, stderr: `error: can't read ${input}` };
    if (args[1] === 'namespaces') return { stdout: JSON.stringify({ items: namespaces }) };
    const items = JSON.parse(input).items as any[];
    const at = ({ metadata }: any): string => `${metadata.namespace} ${metadata.name}`;
    if (args[0] === 'get') {
      const found = items.filter((item) => objects.has(at(item)));
      return { stdout: found.map((item) => `${at(item)} ${objects.get(at(item))!.version}\n`).join('') };
    }
    for (const item of items) {
      if (item.kind === 'Namespace') namespaces.push(item);
      const [before, text] = [objects.get(at(item)), JSON.stringify(item)];
      if (before?.text !== text) objects.set(at(item), { text, version: (before?.version ?? 0) + 1 });
    }
    return {};
  };
  const run: RunProgram = async (call) => {
    calls.push(call);
    return { code: 0, stdout: '', stderr: '', ...answer(call) };
  };
  return { run, calls, objects };
}

const values = { storage: { id: 'the-id', secret: 'the-secret' }, repository: { password: 'the-password' } };
const options = (run: RunProgram, more: Partial<ApplyOptions> = {}): ApplyOptions => ({
  kubectl: openKubectl({}, run),
  env: 'home',
  declared,
  values,
  namespaces: ['argocd', 'loki', 'mimir', 'unrelated'].map((name) => namespace(name)),
  ...more,
});
const changes = async (of: ApplyOptions): Promise<string[]> =>
  (await applySecrets(of)).map(
    ({ kind, namespace: where, name, change }) => `${kind} ${where ?? '-'} ${name} ${change}`,
  );

test('each namespace gets the keys that are read there; a second time nothing changes', async () => {
  const { run, objects } = fakeCluster([namespace('loki'), namespace('mimir')]);
  assert.deepEqual(await changes(options(run)), [
    'Namespace - argocd created',
    'Secret argocd repository created',
    'Secret loki storage created',
    'Secret mimir storage created',
  ]);
  const data = (at: string): unknown => JSON.parse(objects.get(at)!.text).data;
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  assert.deepEqual(data('loki storage'), { id: base64('the-id'), region: base64('x') });
  assert.deepEqual(data('mimir storage'), { id: base64('the-id'), secret: base64('the-secret') });
  // The label by which Argo CD finds it, not ours.
  assert.equal(
    JSON.parse(objects.get('argocd repository')!.text).metadata.labels['app.kubernetes.io/part-of'],
    'argocd',
  );
  assert.deepEqual(await changes(options(run)), [
    'Secret argocd repository unchanged',
    'Secret loki storage unchanged',
    'Secret mimir storage unchanged',
  ]);
  const changed = { ...values, storage: { ...values.storage, secret: 'another' } };
  assert.deepEqual((await changes(options(run, { values: changed }))).slice(1), [
    'Secret loki storage unchanged',
    'Secret mimir storage changed',
  ]);
});

test('a Secret that lacks a value is left as it is, and the others are applied', async () => {
  const { run, objects } = fakeCluster(['argocd', 'loki', 'mimir'].map((name) => namespace(name)));
  assert.deepEqual(await changes(options(run, { values: { storage: { id: 'the-id', secret: '' } } })), [
    'Secret argocd repository incomplete',
    'Secret loki storage created',
    'Secret mimir storage incomplete',
  ]);
  assert.deepEqual([...objects.keys()], ['loki storage']);
});

test('the cluster of another environment is refused before anything is applied', async () => {
  const { run, calls } = fakeCluster([namespace('loki', 'production')]);
  await assert.rejects(applySecrets(options(run)), /loki of this cluster belongs to the environment "production"/);
  assert.equal(calls.filter(({ args }) => args[0] === 'apply').length, 0);
});

test('values are no arguments, and no error repeats them', async () => {
  const secrets = Object.values(values).flatMap((keys) => Object.values(keys));
  const forms = secrets.flatMap((value) => [value, Buffer.from(value).toString('base64')]);
  const { run, calls } = fakeCluster(
    ['argocd', 'loki', 'mimir'].map((name) => namespace(name)),
    'apply',
  );
  const error = await applySecrets(options(run)).then(
    () => assert.fail('it should have failed'),
    (reason: Error) => reason,
  );
  assert.match(error.message, /^kubectl apply failed with exit code 1: error: can't read .*<redacted>/);
  for (const form of forms) assert.ok(!`${error.message}${error.stack}`.includes(form), error.message);
  for (const { args } of calls) assert.ok(!forms.some((form) => args.join(' ').includes(form)));
});

test('a program that is not there is named in one sentence', async () => {
  const { runProgram } = await import('../../../scripts/core/program.ts');
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  try {
    for (const program of ['sops', 'age-keygen', 'kubectl'] as const) {
      await assert.rejects(
        output(runProgram, { program, args: [] }),
        new RegExp(`^UsageError: ${program} is not installed: .*install`),
      );
    }
  } finally {
    process.env.PATH = PATH;
  }
});
