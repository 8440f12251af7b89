// The verb diff as a user runs it, in a Git repository.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, temporaryFolder } from './helpers/repository.ts';
import type { TestRepository } from './helpers/repository.ts';

/** The fixture with one commit. */
function committed(files: Record<string, string> = {}): TestRepository & { git(...args: string[]): string } {
  const repository = fixtureRepository({ '.gitignore': '.cache/\nrendered/\n', ...files });
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...args],
      {
        cwd: repository.root,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  return { ...repository, git };
}

const home = 'environments/home/cluster.libsonnet';

test('an uncommitted change is compared with the last commit, field by field', async () => {
  const { root, read, write } = committed();
  write(home, read(home).replace("'reader'", "'neighbour'"));
  const { code, stdout, stderr } = await rekindle(root, ['diff']);
  assert.equal(stderr, '');
  assert.equal(code, 1);
  assert.match(stdout, /^home\n {2}blog\n {4}~ ConfigMap blog\/blog\n/);
  assert.match(stdout, /~ data\.greeting\n {10}- Good morning, reader\n {10}\+ Good morning, neighbour\n/);
  assert.match(stdout, /home: 1 changed, \d+ unchanged\n\nlab: no differences in \d+ manifests\n$/);
});

test('without a change there is no difference: exit 0', async () => {
  const { root, git, write } = committed();
  write('README.md', 'two');
  git('add', '.');
  git('commit', '--quiet', '--message=two');
  const { code, stdout } = await rekindle(root, ['diff']);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^home: no differences in \d+ manifests\n\nlab: no differences/);
});

test('on a branch the base is where it left the default branch', async () => {
  const { root, git, read, write } = committed();
  git('switch', '--quiet', '--create', 'feature');
  for (const name of ['one', 'two']) {
    write(home, read(home).replace('mail: {', `${name}: { to: '${name}' },\n    mail: {`));
    git('commit', '--quiet', '--all', `--message=${name}`);
  }
  const whole = JSON.parse((await rekindle(root, ['diff', '--json', '--env', 'home'])).stdout);
  assert.equal(whole.base, git('rev-parse', 'main').trim());
  const names = (diff: {
    environments: { changes: { change: string; manifest: { kind: string; name: string } }[] }[];
  }) =>
    diff.environments[0]!.changes.filter(
      ({ change, manifest }) => change === 'added' && manifest.kind === 'Namespace',
    ).map(({ manifest }) => manifest.name);
  assert.deepEqual(names(whole), ['one', 'two']);
  const last = JSON.parse((await rekindle(root, ['diff', '--json', '--env', 'home', '--base', 'HEAD~1'])).stdout);
  assert.deepEqual(names(last), ['two']);
});

test('an environment that is new, or gone, is all added, or all removed', async () => {
  const { root } = committed();
  renameSync(join(root, 'environments/lab'), join(root, 'environments/shed'));
  const { stdout } = await rekindle(root, ['diff', '--json']);
  const { environments } = JSON.parse(stdout) as {
    environments: { env: string; added: number; removed: number; unchanged: number }[];
  };
  assert.deepEqual(
    environments.map(({ env, added, removed }) => [env, added > 0, removed > 0]),
    [
      ['home', false, false],
      ['lab', false, true],
      ['shed', true, false],
    ],
  );
});

test('two environments are compared with each other', async () => {
  const { root } = committed();
  const { code, stdout } = await rekindle(root, ['diff', '--envs', 'home', 'lab']);
  assert.equal(code, 1);
  assert.match(stdout, /^home → lab\n/);
  assert.match(stdout, /- ConfigMap mail\/mail\n/);
});

test('values of Secrets are never shown', async () => {
  const secret = (value: string) => `{ apps:: ['web'], settings:: {}, capacity:: null, manifests(app, revision=null):: [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'web' }, stringData: { token: '${value}' } }] }`;
  const file = 'environments/lab/cluster.libsonnet';
  const { root, write } = committed({ [file]: secret('before-7361') });
  write(file, secret('after-7361'));
  for (const flags of [[], ['--json']]) {
    const { code, stdout, stderr } = await rekindle(root, ['diff', '--env', 'lab', ...flags]);
    assert.equal(code, 1);
    assert.doesNotMatch(stdout + stderr, /7361/);
    assert.match(stdout, /token/);
  }
});

test('a side that cannot be rendered is an error, not a difference', async () => {
  const { root, write } = committed();
  write(home, "error 'not today'");
  const { code, stdout, stderr } = await rekindle(root, ['diff']);
  assert.equal(code, 2);
  assert.match(stderr, /not today/);
  assert.doesNotMatch(stdout, /home/);
});

test('the repository and the temporary folder are left as they were', async () => {
  const { root, git, read, write } = committed();
  write(home, read(home).replace("'reader'", "'neighbour'"));
  const before = [git('status', '--porcelain'), git('worktree', 'list'), git('ls-files', '--stage')];
  const temporary = temporaryFolder();
  assert.equal((await rekindle(root, ['diff'], { env: { TMPDIR: temporary } })).code, 1);
  assert.deepEqual([git('status', '--porcelain'), git('worktree', 'list'), git('ls-files', '--stage')], before);
  assert.deepEqual(readdirSync(temporary), []);
});

test('flags that make no sense, and folders without history, are refused with the way out', async () => {
  const { root } = committed();
  const run = async (cwd: string, ...args: string[]) => {
    const { code, stderr } = await rekindle(cwd, ['diff', ...args]);
    assert.equal(code, 2);
    return stderr;
  };
  assert.match(await run(root, '--base', 'nowhere'), /"nowhere" is no commit of this repository/);
  assert.match(await run(root, '--envs', 'home'), /--envs takes two environments/);
  assert.match(await run(root, '--envs', 'home', 'hoem'), /did you mean "home"\?/);
  assert.match(await run(root, '--envs', 'home', 'lab', '--base', 'HEAD'), /goes with neither --base nor --env/);
  assert.match(await run(root, '--env', 'hoem', '--base', 'HEAD'), /unknown environment "hoem"/);
  assert.match(await run(root), /has no parent/);
  const plain = fixtureRepository();
  rmSync(join(plain.root, '.git'), { recursive: true, force: true });
  assert.match(await run(plain.root), /nothing to compare with/);
});
