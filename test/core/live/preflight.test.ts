import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../../scripts/core/errors.ts';
import { preflight } from '../../../scripts/core/live/preflight.ts';
import type { RunProgram } from '../../../scripts/core/program.ts';
import { fixtureRepository } from '../../helpers/repository.ts';

const main = `function(app, revision=null) (import 'cluster.libsonnet').manifests(app, revision)`;

/** An environment that needs one Secret with two values, one of which is there. */
function environment(sealed?: string) {
  const secrets = `[{ component: 'mimir', namespace: 'mimir', name: 'storage', keys: { id: 'The ID.', key: 'The key.' } }]`;
  const { root } = fixtureRepository({
    'environments/home/main.jsonnet': main,
    'environments/home/cluster.libsonnet': `{ manifests(app, revision):: [], apps:: [], secrets:: ${secrets} }`,
    ...(sealed !== undefined && { 'environments/home/secrets.sops.yaml': sealed }),
  });
  return { name: 'home', root, directory: `${root}/environments/home`, libs: [] };
}

const running =
  (answers: Partial<Record<string, string>>): RunProgram =>
  async ({ program }) => {
    const stdout = answers[program];
    if (stdout === undefined) throw new UsageError(`${program} is not installed`);
    return { code: 0, stdout, stderr: '' };
  };

test('everything that is missing is said at once: programs, and each value of a Secret with the command that mends it', async () => {
  const found = await preflight(environment(), { run: running({ git: '' }) });
  assert.deepEqual(
    found.map(({ severity, message }) => `${severity}: ${message}`),
    [
      'error: kubectl is not installed',
      'error: storage: "id" is missing (mimir: The ID.)',
      'error: storage: "key" is missing (mimir: The key.)',
    ],
  );
  assert.match(found[1]!.hint!, /^npm run secrets -- init --env home/);
});

test('sops is asked for where there is something to open; changes that Git has not are a warning', async () => {
  const value = 'ENC[AES256_GCM,data:YQ==,iv:YQ==,tag:YQ==,type:str]';
  const sealed = `storage:\n  id: ${value}\n  key: ${value}\nsops:\n  mac: ${value}\n  version: 3.13.3\n`;
  const found = await preflight(environment(sealed), { run: running({ kubectl: '', git: ' M lib/a\n?? lib/b\n' }) });
  assert.deepEqual(
    found.map(({ severity, message }) => `${severity}: ${message}`),
    ['error: sops is not installed', 'warning: 2 files are changed and not committed: Argo CD installs what is in Git'],
  );
});

test('a program that is too old is named with the version that will do, and Terraform only where it makes something', async () => {
  const answers = { git: '', kubectl: 'Client Version: v1.29.3\n', terraform: 'Terraform v1.9.8\non linux_amd64\n' };
  const found = await preflight(environment(), { run: running(answers), maker: 'terraform' });
  const programs = found.map(({ message }) => message).filter((message) => message.includes('too old'));
  assert.match(programs[0]!, /^kubectl 1\.29\.3 is too old: 1\.30\.0 or newer is needed/);
  assert.match(programs[1]!, /^terraform 1\.9\.8 is too old: 1\.10\.0 or newer is needed/);
  assert.equal(programs.length, 2);

  const newer = { git: '', kubectl: 'Client Version: v1.100.0\n', terraform: 'Terraform v1.10.0\n' };
  const fine = await preflight(environment(), { run: running(newer), maker: 'terraform' });
  assert.deepEqual(
    fine.map(({ message }) => /^"?(\w+)/.exec(message)![1]),
    ['storage', 'storage'],
  );
});
