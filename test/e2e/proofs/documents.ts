// docs/getting-started.md and docs/disaster-recovery.md, word by word: from a clone of the repository to a cluster in order, by
// hand and by `bootstrap`; the cluster is lost, and comes back from Git and the copy of a key, on another clone.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { needsCluster, notRun, values } from '../../docs/accounts.ts';
import { cleanMachine, type Followed } from '../../docs/clean-machine.ts';
import { readDocument } from '../../docs/markdown.ts';
import { commandsOf, isTyped, type Command } from '../../docs/shell.ts';
import { prepareRig } from '../argo-cd/installation.ts';
import { makeRedisPassword } from '../argo-cd/programs.ts';
import { report } from '../report.ts';
import { waitUntil } from '../rig/api.ts';

const { rig, repository, pods } = await prepareRig();
const keyCopy = join(rig.folder, 'age-key.txt');

// What a reader decides in `cluster.libsonnet`: the rig is the target `existing`, and its addresses are those of the rig.
const facts = `cat > environments/mine/cluster.libsonnet <<'END'
(import '../../test/e2e/environments/kind/cluster.libsonnet') + {
  name: 'mine',
  gitops+: { path: 'environments/mine' },
  infrastructure+: { target: 'existing' },
}
END`;
const itsKubeconfig = 'mkdir -p state/mine && cp "$KUBECONFIG" state/mine/kubeconfig';
const start = 'docs/getting-started.md';
const recovery = 'docs/disaster-recovery.md';

const machine = cleanMachine({
  listed: notRun.filter(({ because }) => because !== needsCluster),
  origin: join(dirname(repository.clone), 'infrastructure.git'),
  programs: [dirname(rig.binary('kubectl'))],
  // Every rig has the same address, and kubectl remembers by address what a server serves.
  env: { KUBECONFIG: rig.kubeconfig, KUBECACHEDIR: join(rig.folder, 'kube-cache'), KEY_COPY: keyCopy },
  deeds: [
    { document: start, before: 'npm run render -- --env mine', script: facts },
    { document: start, before: 'npm run bootstrap', script: itsKubeconfig },
    { document: recovery, before: 'export SOPS_AGE_KEY_FILE', script: 'cp "$KEY_COPY" "$HOME/age-key.txt"' },
    { document: recovery, before: 'npm run bootstrap', script: itsKubeconfig },
  ],
});

/** The commands of a page, or of some of its sections. */
async function commandsIn(document: string, ...sections: string[]): Promise<Command[]> {
  const { blocks } = await readDocument(document);
  return blocks
    .filter((block) => isTyped(block) && (sections.length === 0 || sections.includes(block.section)))
    .flatMap((block) => commandsOf(block, (placeholder) => values[placeholder]));
}

let over = false;
/** As its pod would: kwok plays the container that makes it. */
async function makePassword(): Promise<void> {
  const tryIt = async (): Promise<boolean> => over || makeRedisPassword(rig, 'argocd-redis').then(() => true);
  await waitUntil(tryIt, { seconds: 900, what: 'the password of Redis' });
}

const isBootstrap = ({ text }: Command): boolean => text.startsWith('npm run bootstrap');
const failures = (followed: readonly Followed[]): string =>
  followed
    .filter(({ code }) => code !== 0)
    .map(({ command, code, output }) => `${command.document}:${command.line}: ${command.text}: ${code}\n${output}`)
    .join('\n');

test('the pages lead to a cluster in order: by hand, and bootstrap goes on from there', async (t) => {
  const page = await commandsIn(start);
  const byHand = page.findIndex(({ text }) => text.startsWith('apply='));
  assert.ok(byHand > 0 && page.some(isBootstrap));
  // The page names two ways. By hand first, on an empty cluster; the other one finds what is there.
  const bootstrap = page.filter(isBootstrap);
  const others = page.filter((command) => !isBootstrap(command));
  // "A second time if it finds a kind too new."
  const first = others.findIndex(({ text }) => text.startsWith('$apply'));
  const commands = [...others.slice(0, first + 1), ...others.slice(first), ...bootstrap];
  const password = makePassword();
  const followed = await report.timed('getting started', () => machine.follow(commands));
  for (const { command, output } of followed) if (isBootstrap(command)) t.diagnostic(output);
  const isExpected = ({ command: { text }, code }: Followed, index: number): boolean =>
    (text.startsWith('npm run diff') && code === 1) || (index === first && code === 1);
  assert.equal(failures(followed.filter((one, index) => !isExpected(one, index))), '');
  assert.match(followed.at(-1)!.output, /apps are Synced and Healthy at [0-9a-f]{7}/);
  await password;
  assert.deepEqual(pods.failures, []);
  copyFileSync(join(machine.home, '.config/sops/age/keys.txt'), keyCopy);
  report.count('commands typed', followed.length, commands.length);
});

test('what was lost comes back on another clone, from Git and the copy of the key', async (t) => {
  const page = await commandsIn(recovery, 'Disaster recovery');
  assert.ok(page.some(isBootstrap));
  const [bootstrap] = page.filter(isBootstrap);
  const lose: Command = { ...bootstrap!, text: 'npm run destroy -- --env mine --yes --grace 120' };
  const where = page.findIndex(isBootstrap);
  const commands = [...page.slice(0, where), { ...lose, text: itsKubeconfig }, lose, ...page.slice(where)];
  const [followed] = await Promise.all([
    report.timed('loss and recovery', () => machine.follow(commands)),
    makePasswordAgain(),
  ]);
  for (const { output } of followed.slice(-2)) t.diagnostic(output);
  assert.equal(failures(followed), '');
  assert.match(followed.at(-1)!.output, /apps are Synced and Healthy at [0-9a-f]{7}/);
});

/** Once the old one is gone with its namespace. */
async function makePasswordAgain(): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } };
  const isGone = async (): Promise<boolean> => over || (await rig.api.find(namespace)) === undefined;
  await waitUntil(isGone, { seconds: 600, what: 'the namespace of Argo CD is gone' });
  await makePassword();
}

after(() => {
  over = true;
  return pods.stop();
});
