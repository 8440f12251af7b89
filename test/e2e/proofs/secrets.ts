// Secrets from the sealed file into a real API server, by the real sops, age and kubectl.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { applySecrets, type Applied } from '../../../scripts/core/secrets/apply.ts';
import { declaredSecrets } from '../../../scripts/core/secrets/declared.ts';
import { readSecretsFile } from '../../../scripts/core/secrets/file.ts';
import { initSecrets } from '../../../scripts/core/secrets/init.ts';
import { openKubectl } from '../../../scripts/core/live/kubectl.ts';
import { runProgram } from '../../../scripts/core/program.ts';
import { open, sealInto } from '../../../scripts/core/secrets/sops.ts';
import { discoverEnvironments, selectEnvironments } from '../../../scripts/core/discover.ts';
import { openRepository } from '../../../scripts/core/root.ts';
import { findTool } from '../../helpers/tools.ts';
import { readContext } from '../context.ts';
import { report } from '../report.ts';
import { findKubectl } from '../rig/find-kubectl.ts';
import { renderEnvironment, repositoryRoot } from '../rig/rendered.ts';
import { writeKubeconfig } from '../rig/kubeconfig.ts';
import { startServer } from '../rig/server.ts';

const context = readContext();
const programs = [findKubectl(), findTool('sops'), findTool('age-keygen')];
const skip = programs.includes(undefined) && 'kubectl, sops and age-keygen must be installed';

// A repository of its own: init writes beside main.jsonnet.
const repositoryFolder = join(context.folder, 'repository');
mkdirSync(repositoryFolder, { recursive: true });
for (const name of ['environments', 'lib', 'vendor']) {
  cpSync(join(repositoryRoot, name), join(repositoryFolder, name), { recursive: true });
}
process.env.PATH = [...programs.map((path) => dirname(path ?? '/')), process.env.PATH].join(':');
process.env.KUBECACHEDIR = join(context.folder, 'kube-cache');
process.env.SOPS_AGE_KEY_FILE = join(context.folder, 'age-key.txt');

const repository = openRepository(repositoryFolder);
const environment = selectEnvironments(discoverEnvironments(repository), [context.environment])[0]!;
const found = await declaredSecrets(environment);
assert.ok('secrets' in found);
const declared = found.secrets;
const places = declared.flatMap(({ name, places: where }) => where.map(({ namespace }) => `${namespace}/${name}`));
const cluster = (await renderEnvironment(context.environment)).find(({ app }) => app === 'cluster')!;
const namespaces = cluster.manifests.filter(({ kind }) => kind === 'Namespace');

const api = await startServer();
const kubeconfig = writeKubeconfig(join(context.folder, 'kubeconfig'), api.access);

const apply = async (env = context.environment): Promise<Applied[]> =>
  applySecrets({
    kubectl: openKubectl({ kubeconfig }),
    env,
    declared,
    values: await open(runProgram, readSecretsFile(environment)),
    namespaces,
  });
const changesOf = (applied: Applied[]): Record<string, string[]> => {
  const changes: Record<string, string[]> = {};
  for (const { kind, namespace, name, change } of applied) {
    if (kind === 'Secret') (changes[change] ??= []).push(`${namespace}/${name}`);
  }
  return changes;
};
const odd = ' first\n"second" ünïcödé ✓ \\ null\n';

test('init, then apply: every Secret is made in every namespace, and the namespaces before', { skip }, async () => {
  await initSecrets(environment, {
    run: runProgram,
    environments: repository.environments,
    declared,
    given: () => undefined,
    ask: async ({ key }) => `${key}: ${odd}`,
  });
  const applied = await report.timed('first apply of Secrets', () => apply());
  assert.deepEqual(changesOf(applied), { created: places });
  report.count('Secrets created', places.length, places.length);
  const needed = new Set(places.map((place) => place.split('/')[0]!));
  assert.deepEqual(
    applied.flatMap(({ kind, name }) => (kind === 'Namespace' ? [name] : [])).sort(),
    namespaces
      .map(({ metadata }) => metadata.name)
      .filter((name) => needed.has(name))
      .sort(),
  );
});

test(
  'the values in the cluster are those of the file, to the byte, and belong to one field manager',
  { skip },
  async () => {
    const values = await open(runProgram, readSecretsFile(environment));
    for (const { name, places: where } of declared) {
      for (const { namespace, keys } of where) {
        const secret: any = await api.get({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace } });
        for (const key of keys) assert.equal(Buffer.from(secret.data[key], 'base64').toString(), values[name]![key]);
        assert.deepEqual(
          secret.metadata.managedFields.map(({ manager }: any) => manager),
          ['rekindle-secrets'],
        );
      }
    }
  },
);

test('again: nothing changes; one value changed: its Secrets alone; a change by hand: undone', { skip }, async () => {
  assert.deepEqual(changesOf(await apply()), { unchanged: places });
  const { name, keys } = declared[0]!;
  const [key] = Object.keys(keys);
  await sealInto(runProgram, readSecretsFile(environment), { [name]: { [key!]: 'another value' } });
  const own = places.filter((place) => place.endsWith(`/${name}`));
  assert.deepEqual(changesOf(await apply()).changed, own);
  const [namespace] = own[0]!.split('/');
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: namespace! } };
  await api.apply({ ...secret, data: { [key!]: Buffer.from('by hand').toString('base64') } } as never, {
    fieldManager: 'somebody',
    force: true,
  });
  assert.deepEqual(changesOf(await apply()).changed, [own[0]]);
});

test('another environment is refused, and nothing is applied', { skip }, async () => {
  await assert.rejects(apply('elsewhere'), /belongs to the environment ".*", not to "elsewhere"; nothing was applied/);
});
