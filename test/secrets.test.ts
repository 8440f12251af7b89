// `secrets` as a user calls it, with the real sops and age. Whatever happens, no value is ever printed: every text that the
// command line writes here is searched for them.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { parse } from 'yaml';
import { fixtureRepository, rekindle, temporaryFolder, type Run, type TestRepository } from './helpers/repository.ts';
import { skipWithoutSops, someone } from './core/secrets/sops-tools.ts';

const skip = skipWithoutSops;
const file = 'environments/home/secrets.sops.yaml';

/** Values that nothing else contains. */
const canaries = { token: 'canary-7f3a-token', lines: 'canary-11aa\ncanary-22bb\n', later: 'canary-33cc-later' };

const printed: string[] = [];
after(() => {
  if (skip) return;
  const forms = Object.values(canaries).flatMap((value) => [
    ...value.split('\n').filter((line) => line !== ''),
    Buffer.from(value).toString('base64').slice(0, -4),
  ]);
  for (const form of forms) for (const text of printed) assert.ok(!text.includes(form), `a value is in:\n${text}`);
  assert.ok(printed.length > 10, `${printed.length} texts`);
});

const secrets = (repository: TestRepository, env: Record<string, string>, ...args: string[]): Promise<Run> =>
  rekindle(repository.root, ['secrets', ...args], { env }).then((run) => {
    printed.push(run.stdout, run.stderr);
    return run;
  });

const declaration = `[
  { component: 'blog', namespace: 'blog', name: 'blog', keys: { password: 'Password.', token: 'Token of the API.', lines: 'A key.' }, generate: { password: { kind: 'password', length: 24 } } },
  { component: 'mail', namespace: 'mail', name: 'blog', keys: { token: 'Token of the API.' } },
]`;

function repositoryWith(declared = declaration): TestRepository {
  const cluster = `(import 'cluster/main.libsonnet') { name: 'home', components+: { blog: { to: 'a' }, mail: { to: 'b' } }, secrets:: ${declared} }\n`;
  return fixtureRepository({ 'environments/home/cluster.libsonnet': cluster });
}

/** A folder with one program, a shell script. */
function program(name: string, script: string): string {
  const folder = temporaryFolder();
  writeExecutable(join(folder, name), script);
  return folder;
}

function writeExecutable(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

test('init makes key, rule and file, and says what is missing; with values it is complete', { skip }, async () => {
  const repository = repositoryWith();
  const env = someone();
  const first = await secrets(repository, env, 'init', '--env', 'home');
  assert.equal(first.code, 1, first.stderr);
  assert.match(first.stdout, /^age key: made in .*keys\.txt, age1/);
  assert.match(first.stdout, /Keep a copy of that file outside this machine/);
  assert.match(first.stdout, /blog +lines +missing\nblog +password +made\nblog +token +missing\n/);
  assert.match(first.stderr, /blog: "token" is empty \(blog, mail: Token of the API\.\)/);
  const password = (): string => parse(repository.read(file)).blog.password;
  const sealed = password();

  repository.write('values.json', JSON.stringify({ blog: { token: canaries.token, lines: canaries.lines } }));
  const second = await secrets(repository, env, 'init', '--env', 'home', '--values', 'values.json', '--verbose');
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stdout, /blog +password +kept\n/);
  assert.match(second.stdout, /is complete; commit it\n$/);
  assert.match(second.stderr, /^\$ age-keygen -y /m);
  assert.equal(password(), sealed);
  for (const value of Object.values(canaries)) assert.ok(!repository.read(file).includes(value));

  // A third time there is nothing to do, and nothing is done.
  const before = repository.read(file);
  assert.equal((await secrets(repository, env, 'init', '--env', 'home')).code, 0);
  assert.equal(repository.read(file), before);

  // Somebody without key and without sops may check.
  const check = await secrets(repository, { PATH: '/nowhere', HOME: '/nowhere' }, 'check', '--env', 'home');
  assert.deepEqual([check.code, check.stdout, check.stderr], [0, `${file}: 3 values for 2 Secrets, all there\n`, '']);

  // Nor does the file keep Argo CD or the rules from the environment.
  const validated = await rekindle(repository.root, ['validate', '--env', 'home', '--allow-missing-schema', 'x']);
  assert.doesNotMatch(validated.stdout, /secrets/);
});

test('a new key is not made where an old one is needed', { skip }, async () => {
  const repository = repositoryWith();
  await secrets(repository, someone(), 'init', '--env', 'home');
  const other = await secrets(repository, someone(), 'init', '--env', 'home');
  assert.equal(other.code, 2);
  assert.match(other.stderr, /sealed for age1\w+, and .*keys\.txt does not have that key; bring it back/);
});

test('edit opens the file in the editor, and tells what is missing after it', { skip }, async () => {
  const repository = repositoryWith();
  const env = someone();
  await secrets(repository, env, 'init', '--env', 'home');
  const editor = join(temporaryFolder(), 'editor');
  writeExecutable(
    editor,
    `sed 's/token: ""/token: ${canaries.later}/; s/lines: ""/lines: 7/' "$1" > "$1.new" && mv "$1.new" "$1"`,
  );
  const edited = await secrets(repository, { ...env, EDITOR: editor }, 'edit', '--env', 'home');
  assert.equal(edited.code, 1, edited.stderr);
  assert.match(edited.stdout, /changed\n/);
  assert.match(edited.stderr, /blog: "lines" is no text but int: write it in quotes/);
  const again = await secrets(repository, { ...env, EDITOR: 'true' }, 'edit', '--env', 'home');
  assert.match(again.stdout, /unchanged\n/);
});

test('apply: kubectl gets the values on its standard input, and repeats them in vain', { skip }, async () => {
  const repository = repositoryWith();
  const log = join(temporaryFolder(), 'log');
  const folder = program(
    'kubectl',
    `echo "$*" >> ${log}.args
case "$*" in
  "get namespaces"*) echo '{"items":[{"metadata":{"name":"blog"}}]}' ;;
  get*) cat > /dev/null ;;
  *) cat > ${log}.input; cat ${log}.input >&2; grep -q '"Secret"' ${log}.input && exit 1; exit 0 ;;
esac`,
  );
  const env = someone([folder]);
  repository.write('values.json', JSON.stringify({ blog: { token: canaries.token, lines: canaries.lines } }));
  await secrets(repository, env, 'init', '--env', 'home', '--values', 'values.json');
  const failed = await secrets(
    repository,
    { ...env, DEBUG: '1' },
    'apply',
    '--env',
    'home',
    '--context',
    'lab',
    '--verbose',
  );
  assert.equal(failed.code, 2);
  assert.match(failed.stderr, /kubectl apply failed with exit code 1: .*<redacted>/);
  const [input, args] = [readFileSync(`${log}.input`, 'utf8'), readFileSync(`${log}.args`, 'utf8')];
  assert.ok(input.includes(Buffer.from(canaries.token).toString('base64')));
  assert.match(args, /^apply --server-side --force-conflicts --field-manager=rekindle-secrets .*--context lab$/m);
  assert.ok(!args.includes('canary'));
});

test('a program that is absent is named, and what is to be installed', { skip }, async () => {
  const repository = repositoryWith();
  const env = someone();
  const none = await secrets(repository, { ...env, PATH: '/nowhere' }, 'init', '--env', 'home');
  assert.deepEqual([none.code, none.stderr.split('\n').length], [2, 2]);
  assert.match(none.stderr, /^rekindle: age-keygen is not installed: .*; install age/);
  await secrets(repository, env, 'init', '--env', 'home');
  const noSops = await secrets(repository, { ...env, PATH: '/nowhere' }, 'edit', '--env', 'home');
  assert.match(noSops.stderr, /^rekindle: sops is not installed: .*; install version/);
});

test('mistakes in what is given name the nearest and no value', { skip }, async () => {
  const repository = repositoryWith();
  const env = someone();
  const cases: [string, RegExp][] = [
    [JSON.stringify({ blgo: { token: canaries.token } }), /nothing reads a Secret "blgo"; did you mean "blog"\?/],
    [JSON.stringify({ blog: { tokn: canaries.token } }), /blog: nothing reads "tokn"; did you mean "token"\?/],
    ['blog: { token: 7 }', /blog: "token" is no text; write it in quotes/],
    [`blog: "${canaries.token}`, /values\.yaml: no YAML or JSON \(/],
  ];
  for (const [text, reason] of cases) {
    repository.write('values.yaml', text);
    const run = await secrets(repository, env, 'init', '--env', 'home', '--values', 'values.yaml');
    assert.equal(run.code, 2);
    assert.match(run.stderr, reason);
  }
  const none = await secrets(repository, env, 'apply', '--env', 'home');
  assert.match(none.stderr, /there is no environments\/home\/secrets\.sops\.yaml; npm run secrets -- init --env home/);
});

test('validate refuses secrets that are not sealed, also when that is all that changed', { skip }, async () => {
  const repository = repositoryWith();
  const validate = (): Promise<Run> => rekindle(repository.root, ['validate', '--env', 'home']);
  await secrets(repository, someone(), 'init', '--env', 'home');
  assert.doesNotMatch((await validate()).stdout, /secrets-unsealed/);
  const sealed = repository.read(file);
  repository.write(file, sealed.replace(/password: .*/, `password: ${canaries.token}`));
  const found = await validate();
  printed.push(found.stdout, found.stderr);
  assert.equal(found.code, 1);
  assert.match(found.stdout, /secrets-unsealed/);
  assert.match(found.stdout, /everybody reads: blog\.password/);
  repository.write(file, sealed);
  assert.doesNotMatch((await validate()).stdout, /secrets-unsealed/);
  repository.write('environments/home/secrets.yaml', `blog:\n  token: ${canaries.token}\n`);
  assert.match((await validate()).stdout, /secrets\.yaml/);
});
