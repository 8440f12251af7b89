// The command line as a user meets it: help, mistakes, exit codes.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle, temporaryFolder } from './helpers/repository.ts';

const verbs = [
  'render',
  'validate',
  'diff',
  'why',
  'upgrade',
  'format',
  'lint',
  'docs',
  'schemas',
  'crds',
  'settings',
  'graph',
  'kubeconfig',
];
const { root } = fixtureRepository();

test('help lists every verb; each has a help of its own, everywhere', async () => {
  const help = await rekindle(root, ['--help']);
  assert.equal(help.code, 0);
  const elsewhere = temporaryFolder();
  await Promise.all(
    verbs.map(async (verb) => {
      assert.match(help.stdout, new RegExp(`^  ${verb} +\\w`, 'm'));
      const own = await rekindle(elsewhere, [verb, '--help']);
      assert.equal(own.code, 0, own.stderr);
      assert.match(own.stdout, new RegExp(`^Usage: rekindle ${verb}`));
    }),
  );
  const none = await rekindle(root, []);
  assert.equal(none.code, 2);
  assert.equal(none.stdout, help.stdout);
});

test('the version is that of the package', async () => {
  const { stdout } = await rekindle(root, ['--version']);
  assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
});

test('mistakes are one or two lines with the nearest name, and exit with 2', async () => {
  const cases: [string[], RegExp][] = [
    [['rendr'], /^rekindle: unknown verb "rendr": did you mean "render"\?\n$/],
    [['--env', 'home'], /^rekindle: the verb comes first, not "--env"/],
    [['render', '--evn', 'home'], /unknown option '--evn'\n\(Did you mean --env\?\)/],
    [['render', '--env', 'hoem'], /^rekindle: unknown environment "hoem": did you mean "home"\?\n$/],
    [['render', '--app', 'blgo'], /^rekindle: unknown app "blgo": did you mean "blog"\?\n$/],
    [['render', '--timeout', 'long'], /argument 'long' is invalid. It must be a number above 0/],
    [['render', '--format', 'xml'], /argument 'xml' is invalid. Allowed choices are yaml, json/],
    [['render', '--engine', 'go'], /Allowed choices are typescript, node-jsonnet/],
    [['render', 'home'], /too many arguments/],
    [['settings'], /required option '--env <name>' not specified/],
    [['settings', '--env', 'home', '--app', 'mial'], /^rekindle: unknown component "mial": did you mean "mail"\?\n$/],
    [
      ['graph', 'lib/notic.txt'],
      /^rekindle: no environment imports "lib\/notic.txt": did you mean "lib\/notice.txt"\?\n$/,
    ],
    [['graph', '--importers'], /^rekindle: --importers needs a file/],
  ];
  await Promise.all(
    cases.map(async ([args, message]) => {
      const { code, stdout, stderr } = await rekindle(root, args);
      assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, message);
      assert.equal(stdout, '');
    }),
  );
});

test('outside of a repository the way in is named', async () => {
  const { code, stderr } = await rekindle(temporaryFolder(), ['render']);
  assert.equal(code, 2);
  assert.match(stderr, /^rekindle: no folder "environments" in .*; run this inside a repository/);
});

test('DEBUG shows where an error was raised, in the sources', async () => {
  const args = ['settings', '--env', 'x'];
  const plain = await rekindle(root, args);
  assert.equal(plain.stderr.trim().split('\n').length, 1);
  const { code, stderr } = await rekindle(root, args, { env: { DEBUG: '1' } });
  assert.equal(code, 2);
  assert.match(stderr, /\n\s+at .*scripts\/core\/discover\.ts:\d+/);
});

test('graph shows what a change of a file touches', async () => {
  const { stdout } = await rekindle(join(root, 'lib'), ['graph', 'notice.txt', '--importers', '--env', 'lab']);
  assert.equal(
    stdout,
    `lib/notice.txt
└─ lib/cluster/main.libsonnet
   └─ environments/lab/cluster.libsonnet
      └─ environments/lab/main.jsonnet
`,
  );
});

test('settings prints JSON, of everything or of one component', async () => {
  const all = await rekindle(root, ['settings', '--env', 'home']);
  assert.deepEqual(JSON.parse(all.stdout), {
    name: 'home',
    components: { blog: { to: 'reader' }, mail: { to: 'writer' } },
  });
  const one = await rekindle(root, ['settings', '--env', 'home', '--app', 'mail']);
  assert.deepEqual(JSON.parse(one.stdout), { to: 'writer' });
});
