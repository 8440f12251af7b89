// The verb why as a user runs it, and what it says of our own environments.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixtureRepository, rekindle } from './helpers/repository.ts';
import { whyAnswer, whyCases, whyFolder } from './why-cases.ts';

for (const [name, [env, selector]] of Object.entries(whyCases)) {
  test(`${env}: ${selector}`, async () => {
    const golden = readFileSync(join(whyFolder, `${name}.txt`), 'utf8');
    assert.equal(await whyAnswer(env, selector), golden, 'look at the change, then run npm run goldens');
  });
}

/** A cluster with settings and one component whose Deployment reads them. */
const library = `local deployment(this) = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: this.name, namespace: 'web' },
  spec: { replicas: this.replicas.server, paused: false },
};

{
  local cluster = self,
  '#name':: {},
  name: error 'set name',
  '#profile':: {},
  profile: 'small',
  components:: {
    web: {
      local this = self,
      workloads:: {},
      name: 'web',
      '#replicas':: {},
      replicas: { server: if cluster.profile == 'small' then 1 else 2 },
      resources:: { server: deployment(this), token: {
        apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace: 'web' }, stringData: { token: '' },
      } },
    },
  },
  apps:: std.objectFields(cluster.components),
  settings:: {},
  capacity:: null,
  manifests(app, revision=null):: std.objectValues(cluster.components[app].resources),
}
`;

const environment = (body: string) => `local cluster = import 'cluster/main.libsonnet';

cluster {
  name: 'lab',
${body}
}
`;

function repository(body: string) {
  return fixtureRepository({
    'lib/cluster/main.libsonnet': library,
    'environments/lab/cluster.libsonnet': environment(body),
    'environments/home/cluster.libsonnet': environment(''),
  });
}

test('a setting that the environment gives, and the default that it replaces', async () => {
  const { root } = repository(`  profile: 'highly-available',
  components+: {
    web+: { replicas+: { server: 3 } },
  },`);
  const { code, stdout, stderr } = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec/replicas']);
  assert.deepEqual([code, stderr], [0, '']);
  assert.equal(
    stdout,
    `Deployment/web.web#/spec/replicas = 3 (lab, app web)

set at lib/cluster/main.libsonnet:5:11
  3 |   kind: 'Deployment',
  4 |   metadata: { name: this.name, namespace: 'web' },
> 5 |   spec: { replicas: this.replicas.server, paused: false },
    |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  6 | };
  7 |

value from
  environments/lab/cluster.libsonnet:7:34  3

settings read
  components.web.replicas.server = 3
    environments/lab/cluster.libsonnet:7:26  environment lab
    lib/cluster/main.libsonnet:20:19  replaced: 2
`,
  );
});

test('a default that reads another setting', async () => {
  const { root } = repository(`  profile: 'highly-available',`);
  const { stdout } = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec/replicas', '--format', 'json']);
  const { value, chain, settings } = JSON.parse(stdout);
  assert.equal(value, 2);
  assert.equal(chain.at(-1).text, '2');
  assert.deepEqual(
    settings.map(({ name, value: of, setBy, overrides }: Record<string, any>) => [
      name,
      of,
      setBy.map(({ file, line }: any) => `${file}:${line}`),
      overrides.map(({ file, line, value: old }: any) => `${file}:${line} ${old}`),
    ]),
    [
      ['components.web.replicas.server', 2, ['lib/cluster/main.libsonnet:20'], []],
      [
        'profile',
        'highly-available',
        ['environments/lab/cluster.libsonnet:5'],
        ['lib/cluster/main.libsonnet:13 small'],
      ],
    ],
  );
});

test('a patch of the manifest, and what it replaces, deep and as a whole', async () => {
  const { root } = repository(`  components+: { web+: { resources+:: { server+: {
    spec+: { replicas: 5 },
  } } } },`);
  const deep = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec/replicas']);
  assert.match(
    deep.stdout,
    /^Deployment\/web\.web#\/spec\/replicas = 5 .*\n\nset at environments\/lab\/cluster\.libsonnet:6:14\n/,
  );
  assert.match(
    deep.stdout,
    /\nreplacing\n {2}lib\/cluster\/main\.libsonnet:5:11 {2}replicas: this\.replicas\.server\n/,
  );
  const beside = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec/paused']);
  assert.match(beside.stdout, /\nset at lib\/cluster\/main\.libsonnet:5:43\n/);
  const added = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec']);
  assert.match(
    added.stdout,
    /\nset at environments\/lab\/cluster\.libsonnet:6:5\n[^]*\nadding to\n {2}lib\/cluster\/main\.libsonnet:5:3 /,
  );
  const whole = repository(`  components+: { web+: { resources+:: { server+: {
    spec: { replicas: 6 },
  } } } },`);
  const replaced = await rekindle(whole.root, ['why', '--env', 'lab', 'Deployment/web#/spec/replicas']);
  assert.match(replaced.stdout, /\nset at environments\/lab\/cluster\.libsonnet:6:13\n/);
  assert.match(replaced.stdout, /\nreplacing\n {2}lib\/cluster\/main\.libsonnet:5:11 /);
});

test('a manifest or an object lists its fields; a secret is not shown', async () => {
  const { root } = repository(`  components+: { web+: { resources+:: { token+: {
    stringData+: { token: 'hunter2' },
  } } } },`);
  const whole = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web.web']);
  assert.match(whole.stdout, /\nfields\n {2}\/apiVersion {2}"apps\/v1" {5}lib\/cluster\/main\.libsonnet:2:3\n/);
  for (const selector of ['Secret/token', 'Secret/token#/stringData', 'Secret/token#/stringData/token']) {
    for (const format of ['text', 'json']) {
      const { code, stdout } = await rekindle(root, ['why', '--env', 'lab', selector, '--format', format]);
      assert.equal(code, 0);
      assert.match(stdout, /environments\/lab\/cluster\.libsonnet/);
      assert.doesNotMatch(stdout, /hunter2/);
    }
  }
});

test('mistakes name the nearest and exit with 2', async () => {
  const { root } = repository('');
  const cases: [string[], RegExp][] = [
    [['web'], /"web" names no manifest: write <Kind>\/<name>/],
    [['Deployment/'], /names no manifest/],
    [['Deploymnt/web'], /no manifest of kind "Deploymnt": did you mean "Deployment"\?/],
    [['Deployment/wbe'], /no Deployment called "wbe": did you mean "web"\?/],
    [['Deployment/web.wbe'], /no Deployment called "web\.wbe": did you mean "web\.web"\?/],
    [['Deployment/web#spec'], /"#spec" is no JSON Pointer: it begins with "\/", as in #\/spec/],
    [['Deployment/web#/spec/replica'], /there is nothing at "\/spec\/replica": did you mean "\/spec\/replicas"\?/],
    [['Deployment/web#/spec/strategy'], /there is nothing at "\/spec\/strategy"; "\/spec" has paused, replicas/],
    [['Deployment/web#/kind/x'], /"\/kind" has neither fields nor elements/],
    [['Deployment/web', '--app', 'wbe'], /unknown app "wbe": did you mean "web"\?/],
    [['Deployment/web', '--format', 'xml'], /Allowed choices are text, json/],
  ];
  await Promise.all(
    cases.map(async ([args, message]) => {
      const { code, stdout, stderr } = await rekindle(root, ['why', '--env', 'lab', ...args]);
      assert.deepEqual([code, stdout], [2, ''], `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, message);
    }),
  );
});

test('an environment that cannot be evaluated says so and exits with 1', async () => {
  const { root } = repository(`  components+: { web+: { name: error 'no name today' } },`);
  const { code, stdout, stderr } = await rekindle(root, ['why', '--env', 'lab', 'Deployment/web']);
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /error no name today \[evaluation\]/);
});

test('the answer is the same whichever engine rendered', async () => {
  const { root } = repository('');
  const ask = (engine: string) => rekindle(root, ['why', '--env', 'lab', 'Deployment/web#/spec', '--engine', engine]);
  const [ours, other] = await Promise.all([ask('typescript'), ask('node-jsonnet')]);
  assert.equal(ours.code, 0);
  assert.equal(other.stdout, ours.stdout);
});
