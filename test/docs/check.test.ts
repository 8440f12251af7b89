// A mistake in a command is found, of every kind that a document can make.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkWords, isCommand } from './check.ts';
import { isInstalled } from './manuals.ts';

const check = async (text: string, isPart = false): Promise<string | undefined> =>
  (await checkWords(text.split(' '), 'docs/page.md', { isPart })).problem;

test('a script, a verb, a flag, a choice or an argument that is not there', async () => {
  assert.match((await check('npm run rendr'))!, /no script "rendr"/);
  assert.match((await check('npm run render -- --enw home'))!, /unknown option '--enw'/);
  assert.match((await check('npm run render --env home'))!, /put -- before/);
  assert.match((await check('npm run upgrade -- loki 3.8.0'))!, /too many arguments/);
  assert.match((await check('npm run settings -- --engine none --env home'))!, /none/);
  assert.match((await check('npm run secrets -- inti --env home'))!, /inti/);
  assert.match((await check('npm run e2e -- --only nothing-like-it'))!, /no proof matches/);
  assert.match((await check('npm run bench -- --onyl engines'))!, /knows no --onyl/);
  assert.match((await check('npx rekindl render'))!, /program "rekindl"/);
  assert.match((await check('rekindle rendr'))!, /no verb "rendr"/);
});

test('what a verb demands may be left out in a sentence, and not in a block', async () => {
  assert.match((await check('npm run bootstrap -- --wait 5'))!, /--env/);
  assert.equal(await check('npm run bootstrap -- --wait 5', true), undefined);
  assert.equal(await check('npm run settings', true), undefined);
  assert.equal(await check('npm run bootstrap -- --env home --wait 5'), undefined);
});

test('a kind, a name or a namespace that no environment has', async () => {
  assert.match((await check('kubectl -n argo get pods'))!, /namespace "argo"/);
  assert.match((await check('kubectl -n grafana logs deploy/grafan'))!, /Deployment grafan in grafana/);
  assert.match((await check('kubectl get certificats'))!, /"certificats" is no kind/);
});

const skip = !isInstalled('kubectl') && 'kubectl is not installed';
test("a subcommand or a flag that somebody else's program has not", { skip }, async () => {
  assert.match((await check('kubectl aply -f x'))!, /no subcommand "aply"/);
  assert.match((await check('kubectl apply --server-sid -f x'))!, /kubectl apply has no flag --server-sid/);
  assert.equal(await check('kubectl apply --server-side -f x'), undefined);
  assert.equal(await check('kubectl -n grafana rollout restart deployment grafana'), undefined);
  assert.match((await check('git comit'))!, /no subcommand "comit"/);
});

test('a program that nobody has told how to check is refused', async () => {
  await assert.rejects(checkWords(['frobnicate'], 'docs/page.md', { isPart: false }), /docs\/page\.md: .*"frobnicate"/);
});

test('a command in a sentence is told from a message', () => {
  assert.ok(isCommand('npm run render') && isCommand('op read … | npm run secrets -- init'));
  assert.ok(!isCommand('permission denied') && !isCommand('kubectl'));
});
