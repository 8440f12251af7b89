// The component git-server, run as its pod template says: what of a working copy on the machine can be read through its Service,
// by whom, and that Argo CD follows it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { applicationRef, describe, readApplications, refresh, rootName } from '../argo-cd/applications.ts';
import { firstInstallation } from '../argo-cd/installation.ts';
import { keepRunning } from '../argo-cd/keep-running.ts';
import { programs } from '../argo-cd/programs.ts';
import { gitAlone, makeRepository } from '../argo-cd/repository.ts';
import { readContext } from '../context.ts';
import { install, standsAlone } from '../programs/install.ts';
import { launch, refusedCalls, type WorkloadName } from '../programs/workload.ts';
import { report } from '../report.ts';
import { waitUntil } from '../rig/api.ts';
import { run } from '../rig/run.ts';
import { renderEnvironment, repositoryRoot } from '../rig/rendered.ts';
import { startRig } from '../rig/rig.ts';
import { onNode } from '../rig/volumes.ts';
import { noteStandIn } from '../stand-ins.ts';

const { environment } = readContext();
const server: WorkloadName = 'git-server/git-server';
const argoCD: WorkloadName[] = [
  'argocd/argocd-application-controller',
  'argocd/argocd-redis',
  'argocd/argocd-repo-server',
];

// The environment as it is: it names git-server as the repository of Argo CD.
const apps = await report.timed('rendering', () => renderEnvironment(environment));
const manifests = (name: string) => apps.find(({ app }) => app === name)!.manifests;
const root = manifests('argo-cd').find(({ kind, metadata }) => kind === 'Application' && metadata.name === rootName)!;
const { repoURL: url, targetRevision } = (root.spec as { source: { repoURL: string; targetRevision: string } }).source;

const rig = await startRig({ real: [server, ...argoCD] });
for (const name of ['kubelet', "Argo CD's images", 'password of Redis'] as const) noteStandIn(name);

// What kind does by `extraMounts`: the `.git` of a working copy, seen by the node, which can't write to it.
const { clone: workingCopy, head } = await makeRepository(repositoryRoot, join(rig.folder, 'machine'));
const volume = manifests('git-server').find(({ kind }) => kind === 'PersistentVolume')!;
const onItsNode = onNode(rig.folder, (volume.spec as { local: { path: string } }).local.path);
mkdirSync(onItsNode, { recursive: true });
await run('mount', ['--bind', join(workingCopy, '.git'), onItsNode]);
await run('mount', ['-o', 'remount,bind,ro', onItsNode]);

await install(
  rig.api,
  manifests('cluster').filter(({ kind }) => kind === 'Namespace' || kind === 'PriorityClass'),
);
await install(rig.api, manifests('git-server').filter(standsAlone));
const [pod] = await launch(rig, server);

/** Of the working copy, as its owner types it. */
const inWorkingCopy = (...args: string[]): Promise<string> => gitAlone('-C', workingCopy, ...args);
/** The commit that the server says a name stands for. */
const served = async (name = 'HEAD'): Promise<string> => (await gitAlone('ls-remote', url, name)).split('\t')[0]!;

async function commit(message: string): Promise<string> {
  await inWorkingCopy('add', '--all');
  await inWorkingCopy('commit', '--quiet', '--message', message);
  return head();
}

test('its Service answers, by the name that Argo CD is told, with the commit that is checked out', async () => {
  await waitUntil(async () => (await served()) !== '', { seconds: 30, what: `${url} answers` });
  assert.equal(await served(), await head());
});

test('what is not committed is not seen', async () => {
  writeFileSync(join(workingCopy, 'README.md'), 'changed, and not committed\n');
  writeFileSync(join(workingCopy, 'new.txt'), 'not committed\n');
  const clone = join(rig.folder, 'fetched');
  await gitAlone('clone', '--quiet', url, clone);
  assert.equal(await gitAlone('-C', clone, 'rev-parse', 'HEAD'), await head());
  assert.doesNotMatch(readFileSync(join(clone, 'README.md'), 'utf8'), /not committed/);
  assert.throws(() => readFileSync(join(clone, 'new.txt')), /ENOENT/);
  rmSync(clone, { recursive: true });
});

test('a commit is enough, and another branch that is checked out is followed', async () => {
  const counts = await commit('It counts now');
  assert.equal(await served(), counts);
  await inWorkingCopy('checkout', '--quiet', '-b', 'another');
  writeFileSync(join(workingCopy, 'new.txt'), 'on the branch\n');
  const onBranch = await commit('On the branch');
  assert.equal(await served(), onBranch);
  assert.notEqual(await served('refs/heads/main'), onBranch);
  await inWorkingCopy('checkout', '--quiet', 'main');
  assert.equal(await served(), await head());
});

test('a working copy of git worktree leaves what is served as it is', async () => {
  const before = await served();
  await inWorkingCopy('worktree', 'add', '--quiet', '-b', 'beside', join(rig.folder, 'machine', 'beside'));
  assert.equal(await served(), before);
});

test('nobody can write: not by pushing, and not the server itself', async () => {
  await assert.rejects(inWorkingCopy('push', url, 'HEAD:refs/heads/intruder'), /access denied|not exported/);
  const [container] = pod!.containers;
  assert.equal((await container!.exec(['id', '-u'])).trim(), '999');
  await assert.rejects(container!.exec(['touch', '/repositories/repository.git/x']), /Read-only file system/);
  assert.doesNotMatch(await inWorkingCopy('for-each-ref'), /intruder/);
});

test('files that only their owner may read are closed to it, and opened by what the README says', async () => {
  const readme = readFileSync(join(repositoryRoot, 'lib/git-server/README.md'), 'utf8');
  const cures = ['git config core.sharedRepository world', 'chmod -R a+rX .git'];
  for (const cure of cures) assert.ok(readme.includes(`\`${cure}\``), cure);
  await run('chmod', ['-R', 'go-rwx', join(workingCopy, '.git')]);
  await assert.rejects(served());
  for (const cure of cures) await run('sh', ['-c', `umask 077; ${cure}`], { cwd: workingCopy });
  assert.equal(await served(), await head());
  writeFileSync(join(workingCopy, 'new.txt'), 'under umask 077\n');
  await run('sh', ['-c', 'umask 077; git add --all; git -c user.name=e2e -c user.email=e2e@localhost commit -qm x'], {
    cwd: workingCopy,
  });
  const clone = join(rig.folder, 'fetched');
  await gitAlone('clone', '--quiet', url, clone);
  assert.equal(readFileSync(join(clone, 'new.txt'), 'utf8'), 'under umask 077\n');
});

test("Argo CD's repo-server reads the environment from it, and a commit later the new one", async (t) => {
  assert.equal(targetRevision, 'HEAD');
  const runner = Object.fromEntries(argoCD.map((name) => [name, programs[name]!]));
  const pods = keepRunning(rig, runner);
  after(() => pods.stop());
  await report.timed('first installation of Argo CD', () => firstInstallation(rig, apps));
  const follows = async (wanted: string): Promise<void> => {
    const look = async (): Promise<boolean> => {
      const status = (await rig.api.find(applicationRef(rootName)))?.status as
        { sync?: { revision?: string; status?: string }; conditions?: { type: string }[] } | undefined;
      const isWrong = (status?.conditions ?? []).some(({ type }) => type === 'ComparisonError');
      return !isWrong && status?.sync?.revision === wanted && status.sync.status !== 'Unknown';
    };
    await waitUntil(look, {
      seconds: 240,
      what: `the root Application is compared with ${wanted.slice(0, 7)}`,
      state: () => pods.failures.join('\n'),
    });
  };
  await report.timed('first look of Argo CD', async () => follows(await head()));
  writeFileSync(join(workingCopy, 'new.txt'), 'once more\n');
  const next = await commit('For Argo CD');
  await refresh(rig.api, rootName);
  await report.timed('from a commit to Argo CD', () => follows(next));
  t.diagnostic(describe(await readApplications(rig.api)));
  assert.deepEqual(pods.failures, []);
});

test('it was refused nothing, and answers its probes still', async () => {
  assert.deepEqual(refusedCalls(rig, [pod!]), []);
  await pod!.probe();
});
